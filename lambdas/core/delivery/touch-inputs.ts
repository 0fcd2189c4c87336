import type { RelevanceInputs } from '#core/domain/contact-policy/relevance.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { needsPurchases, type Touch, type TouchRequest } from '#core/domain/touches/touch.ts';
import type { Customers } from '#core/ports/customers.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';
import type { Purchases } from '#core/ports/purchases.ts';

export interface TouchInputsDeps {
  readonly touches: Readonly<Record<string, Touch>>;
  readonly orders: OrderLogs;
  readonly customers: Customers;
  readonly purchases: Pick<Purchases, 'of'>;
  readonly now: () => Date;
}

/**
 * Reads what a touch is judged and written by.
 *
 * @throws when journey and deployment do not fit: no such touch, no such order
 */
export const touchInputs = async (
  { touches, orders, customers, purchases, now }: TouchInputsDeps,
  { shop, orderId, touch: name, subjects }: TouchRequest,
): Promise<RelevanceInputs> => {
  const touch = touches[name];
  if (touch === undefined)
    throw new Error(`no touch ${name}: expected one of ${Object.keys(touches).join(', ')}`);
  const order = orderOf((await orders.read(shop, orderId)).events);
  if (order === undefined) throw new Error(`order ${orderId} of ${shop} has not come yet`);
  const { customerId } = order.contact;
  const isKnown = customerId !== undefined;
  return {
    touch,
    subjects,
    order,
    customer: isKnown ? await customers.read(shop, customerId) : undefined,
    purchases: isKnown && needsPurchases(touch) ? await purchases.of(shop, customerId) : [],
    now: now().toISOString(),
  };
};
