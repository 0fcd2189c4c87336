import type { Transaction } from '../domain/ledger/transaction.ts';

/** The books: transactions are added, and never changed or removed. */
export interface Ledger {
  /**
   * Adds the transaction unless it is there.
   *
   * @returns whether it was new
   * @throws {UnbalancedTransaction} when its entries do not sum to zero; nothing is written
   */
  post(transaction: Transaction): Promise<boolean>;

  /** In the order in which they were booked. */
  ofOrder(shop: string, orderId: string): Promise<readonly Transaction[]>;
}
