import type { StageScheduler } from '#core/ports/stage-scheduler.ts';

export interface Waiting {
  readonly name: string;
  readonly at: string;
  readonly payload: object;
}

export interface InMemoryScheduler {
  readonly schedule: StageScheduler;
  /** The first to come first. */
  readonly waiting: () => readonly Waiting[];
  /** Takes the first to come away: a schedule calls once and is gone. */
  readonly fire: () => Waiting | undefined;
  /** Every name that was scheduled, as often as it was. */
  readonly names: readonly string[];
}

/** @param breaks whether Scheduler cannot be reached this time */
export const inMemoryScheduler = (breaks: () => boolean = () => false): InMemoryScheduler => {
  const stored = new Map<string, Waiting>();
  const names: string[] = [];
  const waiting = () => [...stored.values()].toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return {
    names,
    waiting,
    schedule: async (name, at, payload) => {
      if (breaks()) throw new Error('Scheduler cannot be reached');
      if (stored.has(name)) return 'already-scheduled';
      stored.set(name, { name, at, payload: structuredClone(payload) });
      names.push(name);
      return 'scheduled';
    },
    fire: () => {
      const [first] = waiting();
      if (first !== undefined) stored.delete(first.name);
      return first;
    },
  };
};
