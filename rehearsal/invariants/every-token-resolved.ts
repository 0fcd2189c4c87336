import { answersOf } from '#core/domain/orders/order-log.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import type { Evidence } from './evidence.ts';
import { type Invariant, isRecent, orderName, orderIn, ordersInQueues } from './invariant.ts';

/** Whoever waits can be woken, and is as soon as there is reason to. */
export const everyTokenResolved: Invariant = {
  name: 'every token resolved',
  means:
    'a task that waits for its token is on its order’s record, one for a stage, and has been told what is known of the order; a touch that is held has a schedule to come, one that was given back was decided again',
  violations: (evidence) => [
    ...nobodyWakes(evidence),
    ...notTold(evidence),
    ...heldForGood(evidence),
    ...leftReturned(evidence),
  ],
};

const nobodyWakes = ({ logs, openTokens }: Evidence): readonly string[] => {
  const registered = new Set(
    logs.flatMap(({ waits }) => waits.flatMap(({ token }) => (token === undefined ? [] : [token]))),
  );
  return [...openTokens]
    .filter(([token]) => !registered.has(token))
    .map(([, arn]) => `execution ${arn.split(':').at(-1)} waits for a token that no order has`);
};

const notTold = (evidence: Evidence): readonly string[] => {
  const { logs, openTokens } = evidence;
  const queued = ordersInQueues(evidence);
  return logs
    .filter((log) => !queued.has(orderIn(log)))
    .flatMap((log) =>
      answersOf(log)
        .filter(({ token }) => openTokens.has(token))
        .map(({ stage, news }) => `${orderName(log)}: ${stage} was not told of ${news.kind}`),
    );
};

const touchIn = (of: {
  readonly shop?: unknown;
  readonly orderId?: unknown;
  readonly touchId?: unknown;
}): string => JSON.stringify([of.shop, of.orderId, of.touchId]);

const heldForGood = (evidence: Evidence): readonly string[] => {
  const due = new Set(
    evidence.scheduled.map(({ input }) => touchIn({ ...Object(JSON.parse(input)) })),
  );
  const queued = ordersInQueues(evidence);
  const isForgotten = (record: TouchRecord): boolean => {
    const { state, decision } = record;
    if (state !== 'decided' || decision.kind !== 'hold') return false;
    const isOver = Date.parse(decision.until) <= evidence.nowMs;
    return isOver ? !isRecent(evidence, decision.until) : !due.has(touchIn(record));
  };
  return evidence.touches
    .filter((record) => isForgotten(record) && !queued.has(orderIn(record)))
    .map(
      (record) => `${orderName(record)}: ${record.touchId} is held, and nothing decides it again`,
    );
};

const leftReturned = (evidence: Evidence): readonly string[] => {
  const queued = ordersInQueues(evidence);
  return evidence.touches
    .filter(({ state, decidedAt }) => state === 'returned' && !isRecent(evidence, decidedAt))
    .filter((record) => !queued.has(orderIn(record)))
    .map(
      (record) => `${orderName(record)}: ${record.touchId} was given back and not decided again`,
    );
};
