import { seededRandom } from '#rehearsal/random.ts';
import { DAY_MS } from './duration.ts';
import { sampleOrders } from './sample-orders.ts';
import { SAMPLE_START, type SampleShop } from './sample-shops.ts';
import { type TimedEvent, told } from './timed-event.ts';

/** When most of what was ordered has arrived, and much is still planned for its customers. */
const ASKED_AFTER_DAYS = 50;

/** One of those who ordered asks to be forgotten. */
export const erasures = (shop: SampleShop, seed: string): readonly TimedEvent[] => {
  const known = sampleOrders(shop, seed).flatMap(({ contact: { customerId } }) => customerId ?? []);
  const random = seededRandom(JSON.stringify([seed, shop.id, 'erasure']));
  const customerId = known[Math.floor(random() * known.length)];
  if (customerId === undefined) return [];
  const requestId = `erasure-${shop.id}-1`;
  const occurredAtMs = Date.parse(SAMPLE_START) + ASKED_AFTER_DAYS * DAY_MS;
  const telling = { shop: shop.id, eventId: requestId, occurredAtMs };
  return [told('ErasureRequested', telling, { customerId, requestId })];
};
