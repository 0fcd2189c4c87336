import { fulfilmentOf } from './fulfilment-model.ts';
import type { PlacedOrder } from './order-life.ts';
import type { SampleShop } from './sample-shops.ts';
import { supportCases } from './support-cases.ts';
import { byTime, type TimedEvent } from './timed-event.ts';

/**
 * What becomes of an order of a sample shop: its fulfilment, and the customer's question where it is. Without the
 * placing, in order of arrival.
 */
export const afterPlacing = (
  order: PlacedOrder,
  { seed, shop }: { readonly seed: string; readonly shop: SampleShop },
): readonly TimedEvent[] => {
  const fulfilment = fulfilmentOf(order, { seed, timeZone: shop.timeZone });
  return [...fulfilment, ...supportCases(order, fulfilment, seed)].toSorted(byTime);
};
