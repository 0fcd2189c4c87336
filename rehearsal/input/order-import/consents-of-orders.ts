import { seededRandom } from '#rehearsal/random.ts';
import type { PlacedOrder } from '../order-life.ts';
import { type TimedEvent, told } from '../timed-event.ts';

/** A minute before the customer's first order: at its checkout. */
const BEFORE_MS = 60_000;

/**
 * Consents that an order history does not have: of this share of its customers, each at their first
 * order. Who agrees depends on the seed and the customer alone.
 */
export const consentsOf = (
  orders: readonly PlacedOrder[],
  share: number,
  seed: string,
): readonly TimedEvent[] =>
  firstOrders(orders).flatMap(({ shop, contact: { customerId }, occurredAt }) => {
    const agrees = seededRandom(JSON.stringify([seed, shop, 'agrees', customerId]))() < share;
    if (customerId === undefined || !agrees) return [];
    const occurredAtMs = Date.parse(occurredAt) - BEFORE_MS;
    const telling = { shop, eventId: `consent/${customerId}`, occurredAtMs };
    return [
      told('ConsentChanged', telling, {
        customerId,
        purpose: 'marketing',
        channel: 'email',
        state: 'granted',
        source: 'rehearsal',
      }),
    ];
  });

/** Of each customer the first; guests have none. */
const firstOrders = (orders: readonly PlacedOrder[]): readonly PlacedOrder[] => [
  ...new Map(
    orders
      .toSorted((a, b) => (a.occurredAt < b.occurredAt ? 1 : -1))
      .map((order) => [order.contact.customerId ?? '', order] as const),
  ).values(),
];
