import type { OrderLog } from '../domain/orders/order-log.ts';

/** Keeps what was said of each order. */
export interface OrderLogs {
  /** The newest write; an empty log of version 0 for an order nothing is known of. */
  read(shop: string, orderId: string): Promise<OrderLog>;

  /**
   * Stores the log as the version after `log.version`.
   *
   * @returns whether it was stored; not when somebody else wrote since `log` was read
   */
  write(log: OrderLog): Promise<boolean>;
}
