import type { Purchase } from '../domain/customers/purchase.ts';

/** Knows which orders belong to one customer. */
export interface Purchases {
  /**
   * Keeps the purchase unless a later version of its order was kept.
   *
   * @param version the order's, as `OrderLog.version`
   */
  keep(purchase: Purchase, version: number): Promise<void>;

  /**
   * The customer's latest 200 orders, newest first.
   *
   * @param customerIds every id under which the customer has ordered
   */
  of(shop: string, customerIds: readonly string[]): Promise<readonly Purchase[]>;
}
