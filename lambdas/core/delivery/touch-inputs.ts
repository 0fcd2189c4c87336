import type { RelevanceInputs } from '#core/domain/contact-policy/relevance.ts';
import type { Customer } from '#core/domain/customers/customer.ts';
import { customerIdOf } from '#core/domain/customers/reach.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { Touch, TouchRequest } from '#core/domain/touches/touch.ts';
import type { Customers } from '#core/ports/customers.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';
import type { Purchases } from '#core/ports/purchases.ts';

export interface TouchInputsDeps {
  readonly touches: Readonly<Record<string, Touch>>;
  readonly orders: OrderLogs;
  readonly customers: Pick<Customers, 'read'>;
  readonly purchases: Pick<Purchases, 'of'>;
  readonly now: () => Date;
}

/** What a touch's relevance is judged by, and whose it is. */
export interface TouchInputs extends RelevanceInputs {
  /** Absent where the order names nobody: no id, no address. */
  readonly customerId?: string | undefined;
}

/**
 * Reads what a touch is judged and written by.
 *
 * @throws when journey and deployment do not fit: no such touch, no such order
 */
export const touchInputs = async (
  { touches, orders, customers, purchases, now }: TouchInputsDeps,
  { shop, orderId, touch: name, subjects }: TouchRequest,
): Promise<TouchInputs> => {
  const touch = touches[name];
  if (touch === undefined)
    throw new Error(`no touch ${name}: expected one of ${Object.keys(touches).join(', ')}`);
  const order = orderOf((await orders.read(shop, orderId)).events);
  if (order === undefined) throw new Error(`order ${orderId} of ${shop} has not come yet`);
  const named = customerIdOf(order.contact);
  const customer = named === undefined ? undefined : await customers.read(shop, named);
  const ids = named === undefined ? [] : idsOf(named, customer);
  // What keeps service and marketing back may be of another order.
  const looksAtOthers = touch.purpose !== 'transactional' && ids.length > 0;
  return {
    touch,
    subjects,
    order,
    customerId: customer?.customerId ?? named,
    customer,
    purchases: looksAtOthers ? await purchases.of(shop, ids) : [],
    now: now().toISOString(),
  };
};

/** Every id under which the customer has ordered. */
export const idsOf = (named: string, customer: Customer | undefined): readonly string[] => [
  ...new Set([
    named,
    ...(customer === undefined ? [] : [customer.customerId, ...Object.keys(customer.merged)]),
  ]),
];
