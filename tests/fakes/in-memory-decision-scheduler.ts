import type { DecisionDue, DecisionScheduler } from '#core/ports/decision-scheduler.ts';

export interface WaitingDecision {
  readonly at: string;
  readonly due: DecisionDue;
}

export interface InMemoryDecisionScheduler extends DecisionScheduler {
  /** The first to come first. */
  readonly waiting: () => readonly WaitingDecision[];
  /** Takes the first that is due by then away: a schedule calls once and is gone. */
  readonly fire: (now: string) => DecisionDue | undefined;
}

const nameOf = ({ shop, orderId, touchId, turn }: DecisionDue): string =>
  JSON.stringify([shop, orderId, touchId, turn]);

/** @param breaks whether Scheduler cannot be reached this time */
export const inMemoryDecisionScheduler = (
  breaks: () => boolean = () => false,
): InMemoryDecisionScheduler => {
  const stored = new Map<string, WaitingDecision>();
  const waiting = () => [...stored.values()].toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return {
    waiting,

    at: async (until, due) => {
      if (breaks()) throw new Error('Scheduler cannot be reached');
      const name = nameOf(due);
      if (!stored.has(name)) stored.set(name, { at: until, due: structuredClone(due) });
    },

    cancel: async (due) => {
      stored.delete(nameOf(due));
    },

    fire: (now) => {
      const [first] = waiting();
      if (first === undefined || first.at > now) return undefined;
      stored.delete(nameOf(first.due));
      return first.due;
    },
  };
};
