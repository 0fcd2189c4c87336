import { incomingEvents, sourceOf } from '#core/contracts/incoming-events.ts';
import type { PlacedOrder } from './order-life.ts';
import type { TimedEvent } from './timed-event.ts';

/** The orders of the sample shops as their own systems have them: with what was added. */
export class ShopOrders {
  readonly #orders = new Map<string, PlacedOrder>();

  find(shop: string, orderId: string): PlacedOrder | undefined {
    return this.#orders.get(keyOf(shop, orderId));
  }

  /** In place of what was known of it. */
  keep(order: PlacedOrder): void {
    this.#orders.set(keyOf(order.shop, order.orderId), order);
  }

  /** In the order in which they became known. */
  all(): readonly PlacedOrder[] {
    return [...this.#orders.values()];
  }
}

const keyOf = (shop: string, orderId: string): string => JSON.stringify([shop, orderId]);

/** @returns nothing for any other event, and for an order that the shop did not tell or that cannot be read */
export const placedOrder = ({
  source,
  detailType,
  detail,
}: Pick<TimedEvent, 'source' | 'detailType'> & {
  readonly detail: unknown;
}): PlacedOrder | undefined => {
  if (detailType !== 'OrderPlaced') return undefined;
  const order = incomingEvents.OrderPlaced.safeParse(detail).data;
  return order !== undefined && source === sourceOf(order.shop) ? order : undefined;
};
