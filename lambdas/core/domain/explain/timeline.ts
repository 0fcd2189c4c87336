import { compareText } from '../compare-text.ts';
import type { RuleResult, TouchDecision } from '../contact-policy/decision.ts';
import type { Milestone } from '../orders/milestones.ts';
import type { Instant, OrderEvent } from '../orders/order-event.ts';
import { milestonesOfLog, type OrderLog, type Wait } from '../orders/order-log.ts';
import { orderOf } from '../orders/order-of.ts';
import type { TouchRecord } from '../touches/touch-record.ts';

/** One thing that happened to an order, in words. */
export interface TimelineEntry {
  readonly at: Instant;
  readonly kind: 'event' | 'milestone' | 'wait' | 'touch';
  readonly what: string;
  /** The reasons, a line each. */
  readonly because: readonly string[];
}

/** Everything known of an order, in order of time: what was said, what follows from it, what was done. */
export const timelineOf = (
  log: OrderLog,
  touches: readonly TouchRecord[],
): readonly TimelineEntry[] =>
  [
    ...log.events.map((event) => ofEvent(log, event)),
    ...milestonesOfLog(log).filter(isTelling).map(ofMilestone),
    ...log.waits.map(ofWait),
    ...touches.flatMap(ofTouch),
  ].toSorted((a, b) => compareText(a.at, b.at) || ranks[a.kind] - ranks[b.kind]);

/** Of an order whose last parcel arrived, that says it all. */
const isTelling = ({ kind, at }: Milestone, _: number, all: readonly Milestone[]): boolean =>
  kind !== 'settled' || !all.some((other) => other.kind === 'delivered' && other.at === at);

const ranks = { event: 0, milestone: 1, touch: 2, wait: 3 } as const;

const ofEvent = (
  { events }: OrderLog,
  { occurredAt, type, eventId }: OrderEvent,
): TimelineEntry => ({
  at: occurredAt,
  kind: 'event',
  what: `${type} (${eventId})`,
  because: (orderOf(events)?.anomalies ?? [])
    .filter((anomaly) => anomaly.eventId === eventId)
    .map(({ what }) => `does not fit: ${what}`),
});

const ofMilestone = ({ at, kind, subject }: Milestone): TimelineEntry => ({
  at,
  kind: 'milestone',
  what: subject === 'order' ? kind : `${kind}: ${subject}`,
  because: [],
});

const ofWait = ({ registeredAt, stage, deadline }: Wait): TimelineEntry => ({
  at: registeredAt,
  kind: 'wait',
  what: `${stage} waits for news${deadline === undefined ? '' : `, until ${deadline} at most`}`,
  because: [],
});

const ofTouch = (record: TouchRecord): readonly TimelineEntry[] => {
  const { touchId, decision, decidedAt, outcome, attempts } = record;
  const decided: TimelineEntry = {
    at: decidedAt,
    kind: 'touch',
    what: `${touchId}: ${inWords(decision)}`,
    because: decision.rules.map(ruleInWords),
  };
  if (outcome === undefined) return [decided];
  const what = `${touchId}: ${outcomeInWords(outcome, attempts)}`;
  return [decided, { at: outcome.at, kind: 'touch', what, because: [] }];
};

const inWords = (decision: TouchDecision): string => {
  switch (decision.kind) {
    case 'send':
      return `send by ${decision.channel}`;
    case 'reroute':
      return `send by ${decision.channel} instead of ${decision.from}`;
    case 'hold':
      return `hold until ${decision.until} (${decision.reason})`;
    case 'drop':
      return `drop (${decision.reason})`;
  }
};

const ruleInWords = ({ rule, verdict, because }: RuleResult): string =>
  `${verdict === 'pass' ? '✓' : '✗'} ${rule}: ${because}`;

const outcomeInWords = (outcome: NonNullable<TouchRecord['outcome']>, attempts: number): string => {
  switch (outcome.state) {
    case 'sent':
      return outcome.inDoubt
        ? `sent as ${outcome.messageId} at attempt ${attempts}; an earlier attempt may have arrived`
        : `sent as ${outcome.messageId} (${outcome.locale})`;
    case 'refused':
      return `refused by the provider: ${outcome.because}`;
    case 'dropped':
      return `dropped at send time (${outcome.reason})`;
    case 'in-doubt':
      return 'perhaps sent: a crash hides it, and marketing does not go twice';
  }
};
