import { compareText } from '../compare-text.ts';
import { contentRefInWords } from '../content/product-texts.ts';
import type { RuleResult, TouchDecision } from '../contact-policy/decision.ts';
import type { Milestone } from '../orders/milestones.ts';
import type { Instant, OrderEvent } from '../orders/order-event.ts';
import { milestonesOfLog, type OrderLog, type Wait } from '../orders/order-log.ts';
import { orderOf } from '../orders/order-of.ts';
import { feedbackKinds, type TouchRecord, type TouchTurn } from '../touches/touch-record.ts';

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

/** Every decision on it, what became of the last one, and what was heard afterwards. */
const ofTouch = (record: TouchRecord): readonly TimelineEntry[] => {
  const { touchId, earlier, outcome, attempts, feedback = {} } = record;
  const entry = (at: Instant, what: string): TimelineEntry => ({
    at,
    kind: 'touch',
    what: `${touchId}: ${what}`,
    because: [],
  });
  const turns = [...earlier, record];
  return [
    ...turns.map((turn, index) => ({
      ...entry(turn.decidedAt, turnInWords(turn, turns[index - 1])),
      because: [...askedFor(record, index), ...rulesInWords(turn.decision.rules)],
    })),
    ...(record.state === 'returned'
      ? [entry(record.decidedAt, 'could not go when its turn came, and is decided again')]
      : []),
    ...(outcome === undefined
      ? []
      : [
          {
            ...entry(outcome.at, outcomeInWords(outcome, attempts)),
            because: contentInWords(outcome),
          },
        ]),
    ...feedbackKinds.flatMap((kind) => {
      const at = feedback[kind];
      return at === undefined ? [] : [entry(at, kind)];
    }),
  ];
};

/** What the touch was asked for by, with its first decision. */
const askedFor = ({ because }: TouchRecord, turn: number): readonly string[] =>
  because === undefined || turn > 0 ? [] : [`asked for by: ${because}`];

const turnInWords = ({ decision }: TouchTurn, before: TouchTurn | undefined): string => {
  const what = decisionInWords(decision);
  if (before === undefined) return what;
  return before.decision.kind === 'hold'
    ? `decided again: ${what}`
    : `could not go when its turn came, decided again: ${what}`;
};

/** `hold until 2026-11-23T07:00:00.000Z (quiet-hours)`. */
export const decisionInWords = (decision: TouchDecision): string => {
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

const marks: Readonly<Record<RuleResult['verdict'], string>> = {
  pass: '✓',
  refuse: '✗',
  hold: '⧗',
};

/** A line each, the channel before it where there are several: `✓ push: consent: …`. */
export const rulesInWords = (rules: readonly RuleResult[]): readonly string[] => {
  const isOfSeveral = new Set(rules.flatMap(({ channel }) => channel ?? [])).size > 1;
  return rules.map(({ rule, channel, verdict, because }) => {
    const of = isOfSeveral && channel !== undefined ? `${channel}: ` : '';
    return `${marks[verdict]} ${of}${rule}: ${because}`;
  });
};

/** The versions of product texts that the message carried. */
const contentInWords = (outcome: NonNullable<TouchRecord['outcome']>): readonly string[] =>
  outcome.state === 'sent'
    ? (outcome.content ?? []).map((ref) => `with ${contentRefInWords(ref)}`)
    : [];

/** An SMS is paid by the part. */
const partsOf = ({ segments }: { readonly segments?: number | undefined }): readonly string[] =>
  segments === undefined ? [] : [segments === 1 ? '1 part' : `${segments} parts`];

const outcomeInWords = (outcome: NonNullable<TouchRecord['outcome']>, attempts: number): string => {
  switch (outcome.state) {
    case 'sent':
      return outcome.inDoubt
        ? `sent as ${outcome.messageId} at attempt ${attempts}; an earlier attempt may have arrived`
        : `sent as ${outcome.messageId} (${[outcome.locale, ...partsOf(outcome)].join(', ')})`;
    case 'refused':
      return `refused by the provider: ${outcome.because}`;
    case 'dropped':
      return `dropped at send time (${outcome.reason})`;
    case 'in-doubt':
      return 'perhaps sent: a crash hides it, and marketing does not go twice';
  }
};
