import { touchRefIn } from '#core/contracts/touch-ref.ts';
import type { TouchRecord, TouchRef } from '#core/domain/touches/touch-record.ts';
import type { Evidence, Taken } from './evidence.ts';
import { type Invariant, mayDoubt, orderName } from './invariant.ts';

/**
 * Marketing goes at most once, whatever happens. What a customer has to know goes at least once: after a function was
 * cut off between the provider's answer and its record it goes again, and the record says so.
 */
export const nothingSentTwice: Invariant = {
  name: 'nothing sent twice',
  means:
    'no marketing touch comes to somebody more than once, any other only after a function was cut off while it sent it, and then its record has more than one attempt; no message goes out without a decision',
  violations: (evidence) => [
    ...withoutDecision(evidence),
    ...doubled(evidence),
    ...attemptedTwice(evidence),
  ],
};

const touchIn = ({ shop, orderId, touchId }: TouchRef): string =>
  JSON.stringify([shop, orderId, touchId]);

/** A message of ours names its touch; one that does not was not decided. */
const touchOf = ({ reference }: Taken): string => {
  const ref = touchRefIn(reference);
  return ref === undefined ? '' : touchIn(ref);
};

const withoutDecision = ({ touches, taken }: Evidence): readonly string[] => {
  const decided = new Set(
    touches.filter(({ decision }) => 'channel' in decision).map((record) => touchIn(record)),
  );
  return taken
    .filter((message) => !decided.has(touchOf(message)))
    .map(
      ({ messageId, reference }) =>
        `order ${reference['orderId']}: ${reference['touch']} was sent without a decision (${messageId})`,
    );
};

/** A notification goes to each of a customer's devices: those are one. */
const doubled = (evidence: Evidence): readonly string[] => {
  const records = new Map(evidence.touches.map((record) => [touchIn(record), record]));
  const copies = Map.groupBy(evidence.taken, (message) =>
    JSON.stringify([touchOf(message), message.channel === 'push' ? message.to : '']),
  );
  return [...copies.values()].flatMap((messages) => {
    const [first] = messages;
    const record = first === undefined ? undefined : records.get(touchOf(first));
    if (record === undefined || messages.length === 1) return [];
    return isExcused(record, evidence)
      ? []
      : [
          `${orderName(record)}: ${record.touchId} (${record.purpose}) was sent ${messages.length} times: ${messages.map(({ messageId }) => messageId).join(', ')}`,
        ];
  });
};

const isExcused = ({ purpose, attempts }: TouchRecord, evidence: Evidence): boolean =>
  purpose !== 'marketing' && attempts > 1 && mayDoubt(evidence);

const attemptedTwice = (evidence: Evidence): readonly string[] =>
  evidence.touches
    .filter((record) => record.attempts > 1 && !isExcused(record, evidence))
    .map((record) => `${orderName(record)}: ${record.touchId} may have been sent twice`);
