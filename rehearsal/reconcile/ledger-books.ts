import { adjustmentOrderId } from '#core/domain/ledger/adjustment-transaction.ts';
import type { LedgerEntry, Transaction, TransactionType } from '#core/domain/ledger/transaction.ts';
import { documentOfEvent } from '#rehearsal/input/order-import/books-sale.ts';

/** What the ledger has of one document, in minor units. */
export interface LedgerDocument {
  readonly id: string;
  readonly currency: string;
  /** Placed and amended. */
  sold: bigint;
  /** Given back: below zero. */
  given: bigint;
  /** Of the books and no order, of either sign. */
  adjusted: bigint;
}

/** The ledger by document and currency. */
export interface LedgerBooks {
  /** By {@link ledgerKey}. */
  readonly documents: ReadonlyMap<string, LedgerDocument>;
  readonly currencies: readonly string[];
  readonly transactions: number;
  /** When the last of what is booked happened. */
  readonly lastAt: string;
  /** What partners owe, by currency: no order system has it. */
  readonly commissions: ReadonlyMap<string, bigint>;
}

export const ledgerKey = (id: string, currency: string): string => JSON.stringify([id, currency]);

const columnOf: Readonly<Record<TransactionType, 'sold' | 'given' | 'adjusted' | 'commission'>> = {
  sale: 'sold',
  amendment: 'sold',
  cancellation: 'given',
  return: 'given',
  refund: 'given',
  dispute: 'given',
  correction: 'given',
  commission: 'commission',
  adjustment: 'adjusted',
};

/**
 * Sums what customers owe by the document that it is of. A sale is its order's; an adjustment that with its id; a
 * refund is of the document that its event is named for, as an import names it, else of its order.
 *
 * @param isDocument whether the order system has a document of this id
 */
export const ledgerBooks = async (
  transactions: AsyncIterable<Transaction>,
  isDocument: (id: string) => boolean,
): Promise<LedgerBooks> => {
  const documents = new Map<string, LedgerDocument>();
  const commissions = new Map<string, bigint>();
  let [count, lastAt] = [0, ''];
  for await (const transaction of transactions) {
    count++;
    if (transaction.occurredAt > lastAt) lastAt = transaction.occurredAt;
    const column = columnOf[transaction.type];
    const id = documentIdOf(transaction, isDocument);
    for (const { currency, amountMinor } of transaction.entries.filter(isOwed)) {
      const amount = BigInt(amountMinor);
      if (column === 'commission')
        commissions.set(currency, (commissions.get(currency) ?? 0n) + amount);
      else documentIn(documents, id, currency)[column] += amount;
    }
  }
  const currencies = [...new Set([...documents.values()].map(({ currency }) => currency))];
  return { documents, currencies, transactions: count, lastAt, commissions };
};

const isOwed = ({ account }: LedgerEntry): boolean => account === 'receivable';

const documentIn = (
  documents: Map<string, LedgerDocument>,
  id: string,
  currency: string,
): LedgerDocument => {
  const key = ledgerKey(id, currency);
  const found = documents.get(key) ?? { id, currency, sold: 0n, given: 0n, adjusted: 0n };
  documents.set(key, found);
  return found;
};

const ADJUSTMENT = adjustmentOrderId('');

const documentIdOf = (
  { type, orderId, eventId }: Transaction,
  isDocument: (id: string) => boolean,
): string => {
  if (type === 'sale' || type === 'amendment') return orderId;
  const ownId = type === 'adjustment' ? orderId.slice(ADJUSTMENT.length) : orderId;
  return [documentOfEvent(eventId) ?? eventId, ownId].find(isDocument) ?? ownId;
};
