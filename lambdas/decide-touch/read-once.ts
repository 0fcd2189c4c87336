import type { ContactInputsDeps } from '#core/delivery/contact-inputs.ts';
import { once } from '#core/domain/once.ts';

type Readers = Pick<ContactInputsDeps, 'orders' | 'customers' | 'purchases' | 'suppressions'>;

/**
 * The same readers, of which each reads once what a decision does not change: a customer's dozens of held touches are
 * decided by the same purchases, addresses and orders. The history of contacts is read for every one of them.
 */
export const readingOnce = <Deps extends Readers>(deps: Deps): Deps => {
  const { orders, customers, purchases, suppressions } = deps;
  return {
    ...deps,
    orders: { ...orders, read: once((shop, orderId) => orders.read(shop, orderId)) },
    customers: { read: once((shop, id) => customers.read(shop, id)) },
    purchases: { of: once((shop, ids) => purchases.of(shop, ids)) },
    suppressions: { of: once((ids) => suppressions.of(ids)) },
  };
};
