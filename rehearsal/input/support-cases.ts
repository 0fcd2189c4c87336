import { seededRandom } from '#rehearsal/random.ts';
import { answeredHours, ASKS_WHERE, asksHours, LATE_HOURS } from './confirmation-rates.ts';
import { logNormal } from './draws.ts';
import { HOUR_MS, SECOND_MS } from './duration.ts';
import { idWithin, type PlacedOrder } from './order-life.ts';
import { type TimedEvent, told } from './timed-event.ts';

/**
 * Customers who ask where their order is, and get their answer: of orders with a parcel that is late or lost, or that
 * has not left when it should have, and only while one of them is still on its way.
 *
 * @param fulfilment what happens to the order, as `fulfilmentOf` says
 */
export const supportCases = (
  order: PlacedOrder,
  fulfilment: readonly TimedEvent[],
  seed: string,
): readonly TimedEvent[] => {
  const { shop, orderId, contact } = order;
  const { customerId, email } = contact;
  const random = seededRandom(JSON.stringify([seed, shop, orderId, 'asks-where']));
  const lateMs = lateFrom(order, fulfilment);
  if (lateMs === undefined || (customerId ?? email) === undefined) return [];
  if (random() >= ASKS_WHERE) return [];
  const askedMs = Math.round(lateMs + logNormal(random, asksHours) * HOUR_MS);
  const answeredMs = Math.round(askedMs + logNormal(random, answeredHours) * HOUR_MS);
  if (askedMs >= overFrom(fulfilment)) return [];
  const caseId = idWithin(orderId, '-where');
  const says = {
    ...(customerId === undefined ? { email } : { customerId }),
    caseId,
    topic: 'where-is-my-order',
    orderId,
  };
  const telling = (key: string, occurredAtMs: number) => ({
    shop,
    eventId: idWithin(orderId, `/${key}`),
    occurredAtMs,
    lagMs: SECOND_MS,
  });
  return [
    told('SupportCaseOpened', telling('case-opened', askedMs), says),
    told('SupportCaseClosed', telling('case-closed', answeredMs), says),
  ];
};

/** When a customer may first think that it is late; a backordered line is awaited. */
const lateFrom = (
  { occurredAt, lines }: PlacedOrder,
  fulfilment: readonly TimedEvent[],
): number | undefined => {
  const troubles = fulfilment
    .filter(({ detail }) => detail['status'] === 'delayed' || detail['status'] === 'lost')
    .map(happenedMs);
  const dueMs = Date.parse(occurredAt) + LATE_HOURS * HOUR_MS;
  const departures = timesOf(fulfilment, 'ShipmentDispatched');
  const isAwaited = lines.some(({ backordered = false }) => backordered);
  const waits = !isAwaited && departures.length > 0 && Math.min(...departures) > dueMs;
  const times = [...troubles, ...(waits ? [dueMs] : [])];
  return times.length === 0 ? undefined : Math.min(...times);
};

/** When all has arrived, or nothing more will come. */
const overFrom = (fulfilment: readonly TimedEvent[]): number =>
  Math.max(
    ...timesOf(fulfilment, 'ShipmentDelivered'),
    ...fulfilment.filter(({ detail }) => detail['reason'] === 'lost').map(happenedMs),
  );

const timesOf = (events: readonly TimedEvent[], type: string): readonly number[] =>
  events.filter(({ detailType }) => detailType === type).map(happenedMs);

const happenedMs = ({ detail }: TimedEvent): number => Date.parse(String(detail['occurredAt']));
