import { orderKey } from '#core/contracts/tables.ts';
import { assertBalanced } from '#core/domain/ledger/books.ts';
import type { Transaction } from '#core/domain/ledger/transaction.ts';
import type { Ledger } from '#core/ports/ledger.ts';

export interface InMemoryLedger extends Ledger {
  /** Everything that was posted, in the order of posting. */
  readonly all: () => readonly Transaction[];
}

export const inMemoryLedger = (): InMemoryLedger => {
  const posted = new Map<string, Transaction>();
  return {
    post: async (transaction) => {
      assertBalanced(transaction);
      const { shop, orderId, transactionId } = transaction;
      const key = `${orderKey(shop, orderId)}#${transactionId}`;
      if (posted.has(key)) return false;
      posted.set(key, structuredClone(transaction));
      return true;
    },

    ofOrder: async (shop, orderId) =>
      [...posted.values()]
        .filter((each) => each.shop === shop && each.orderId === orderId)
        .toSorted((a, b) => a.sequence - b.sequence || a.part - b.part),

    all: () => [...posted.values()],
  };
};
