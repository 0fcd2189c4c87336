import { channelOf } from '#core/domain/contact-policy/decision.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import type { RecordedTouch, Words } from './run-record.ts';

/** A stored touch as a comparison sees it. */
export const recordedTouch = (record: TouchRecord, words?: Words): RecordedTouch => {
  const { shop, orderId, touchId, touch, customerId, decision, outcome, feedback = {} } = record;
  return {
    shop,
    orderId,
    touchId,
    touch,
    customerId,
    ...endingOf(record),
    channel: channelOf(decision),
    arms: armsOf(record),
    held: record.earlier.flatMap((turn) =>
      turn.decision.kind === 'hold' ? [turn.decision.reason] : [],
    ),
    rules: decision.rules,
    content: contentOf(outcome),
    isReturned: feedback.bounced !== undefined || feedback.complained !== undefined,
    words,
  };
};

type End = Pick<RecordedTouch, 'ending' | 'reason' | 'at'>;

const endingOf = ({ decision, decidedAt, outcome }: TouchRecord): End => {
  if (outcome !== undefined) return endOfOutcome(outcome);
  const at = decidedAt;
  if (decision.kind === 'drop') return { ending: 'dropped', reason: decision.reason, at };
  if (decision.kind === 'hold') return { ending: 'held', reason: decision.reason, at };
  return { ending: 'waiting', at };
};

const endOfOutcome = (outcome: NonNullable<TouchRecord['outcome']>): End => {
  const { state: ending, at } = outcome;
  if (outcome.state === 'dropped') return { ending, at, reason: outcome.reason };
  if (outcome.state === 'refused') return { ending, at, reason: outcome.because };
  return { ending, at };
};

const armsOf = ({ arms = [] }: TouchRecord): readonly string[] =>
  arms.map(({ experiment, arm }) => `${experiment}: ${arm}`).toSorted();

const contentOf = (outcome: TouchRecord['outcome']): readonly string[] =>
  outcome?.state === 'sent' ? (outcome.content ?? []).map((ref) => JSON.stringify(ref)) : [];
