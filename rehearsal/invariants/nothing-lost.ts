import { orderOf } from '#core/domain/orders/order-of.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import type { Evidence } from './evidence.ts';
import { type Invariant, orderIn, orderName, ordersInQueues } from './invariant.ts';

/** Every event and every message that was decided came to its end, or lies where somebody is told of it. */
export const nothingLost: Invariant = {
  name: 'nothing lost',
  means:
    'every event that the bus took is in its order, parked, or refused to its sender; every order is confirmed; every message that was to be sent was sent, or its record says why not',
  violations: (evidence) => [
    ...evidence.lost.map((event) => `lost: ${event}`),
    ...unconfirmed(evidence),
    ...unsent(evidence),
    ...sentToNobody(evidence),
  ],
};

const unconfirmed = (evidence: Evidence): readonly string[] => {
  const confirmed = new Set(
    evidence.touches.filter(({ touch }) => touch === 'order-confirmation').map(orderIn),
  );
  const queued = ordersInQueues(evidence);
  return evidence.logs
    .filter((log) => {
      const order = orderOf(log.events);
      return order !== undefined && !order.test && log.erasedAt === undefined;
    })
    .filter((log) => !confirmed.has(orderIn(log)) && !queued.has(orderIn(log)))
    .map((log) => `${orderName(log)}: no confirmation`);
};

/** What is in a queue is tried again; how long it may be there is another invariant. */
const unsent = (evidence: Evidence): readonly string[] => {
  const queued = ordersInQueues(evidence);
  return evidence.touches
    .filter(({ decision, outcome }) => 'channel' in decision && outcome === undefined)
    .filter((record) => !queued.has(orderIn(record)))
    .map((record) => `${orderName(record)}: ${record.touchId} was decided and not sent`);
};

/** Of what is sent by them, providers tell an id; the inbox, cards and audiences are records themselves. */
const ofProviders: ReadonlySet<string> = new Set(['email', 'sms']);

const sentToNobody = ({ touches, taken }: Evidence): readonly string[] => {
  const known = new Set(taken.map(({ messageId }) => messageId));
  const isMissing = ({ decision, outcome }: TouchRecord): boolean =>
    'channel' in decision &&
    ofProviders.has(decision.channel) &&
    outcome?.state === 'sent' &&
    !known.has(outcome.messageId);
  return touches
    .filter(isMissing)
    .map((record) => `${orderName(record)}: ${record.touchId} is recorded as sent and was not`);
};
