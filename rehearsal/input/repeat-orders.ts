import { seededRandom } from '#rehearsal/random.ts';
import { factsOf } from './customer-model.ts';
import { UNASKED_REORDERS, unaskedAfter } from './customer-rates.ts';
import { between } from './draws.ts';
import { DAY_MS } from './duration.ts';
import type { PlacedOrder } from './order-life.ts';
import { line, sampleOrder } from './sample-order.ts';
import type { SampleShop } from './sample-shops.ts';

/**
 * Orders that customers place unasked, since what they bought runs out: the same again, at a pace of
 * their own.
 */
export const repeatOrders = (
  shop: SampleShop,
  orders: readonly PlacedOrder[],
  seed: string,
): readonly PlacedOrder[] => orders.flatMap((order) => repeatOf(shop, order, seed));

const repeatOf = (shop: SampleShop, order: PlacedOrder, seed: string): readonly PlacedOrder[] => {
  const random = seededRandom(JSON.stringify([seed, shop.id, order.orderId, 'repeats']));
  const supplies = order.lines.flatMap(({ sku, quantity }) => {
    const days = factsOf(shop.id, sku)?.daysOfSupply;
    return days === undefined ? [] : [{ sku, quantity, lasts: days * quantity }];
  });
  if (supplies.length === 0 || random() >= UNASKED_REORDERS) return [];
  const soonest = Math.min(...supplies.map(({ lasts }) => lasts));
  const days = between(random, unaskedAfter.least, unaskedAfter.most) * soonest;
  if (days > unaskedAfter.mostDays) return [];
  const { contact, shipTo } = order;
  return [
    sampleOrder({
      shop,
      orderId: `${order.orderId}-again`,
      placedMs: Math.round(Date.parse(order.occurredAt) + days * DAY_MS),
      lines: supplies.map(({ sku, quantity }) => line(sku, quantity)),
      says: { contact, ...(shipTo === undefined ? {} : { shipTo }) },
    }),
  ];
};
