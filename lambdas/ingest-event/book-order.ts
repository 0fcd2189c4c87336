import { ledgerPosted } from '#core/contracts/ledger-posted.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import type { Transaction } from '#core/domain/ledger/transaction.ts';
import { mayChangeBooks, transactionsOf } from '#core/domain/ledger/transactions-of.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { OrderLog } from '#core/domain/orders/order-log.ts';
import type { Digest } from '#core/ports/digest.ts';
import type { Ledger } from '#core/ports/ledger.ts';

export interface BookOrderDeps {
  readonly ledger: Pick<Ledger, 'post'>;
  /** Names transactions and entries. */
  readonly digest: Digest;
}

/**
 * An order's books, as far as an event of it may be in them, or that they hold more than can be counted: 2^53 minor
 * units. Most events are of parcels, and in no books.
 */
export const booksOfOrder = (
  { digest }: Pick<BookOrderDeps, 'digest'>,
  log: Pick<OrderLog, 'events'>,
  event: OrderEvent,
): readonly Transaction[] | undefined => {
  if (!mayChangeBooks(event, log.events)) return [];
  try {
    return transactionsOf(log, digest);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

/**
 * Books what these events of an order brought; the same again when it is done again.
 *
 * @param books the order's, by its log
 * @returns what is to be told of it, once it is booked
 */
export const bookOrder = (
  deps: Pick<BookOrderDeps, 'ledger'>,
  books: readonly Transaction[],
  heard: readonly OrderEvent[],
): Promise<readonly OutgoingEvent[]> => {
  const ids = new Set(heard.map(({ eventId }) => eventId));
  return book(
    deps,
    books.filter(({ eventId }) => ids.has(eventId)),
  );
};

/** @returns what is to be told of the transactions, once they are stored */
export const book = async (
  { ledger }: Pick<BookOrderDeps, 'ledger'>,
  transactions: readonly Transaction[],
): Promise<readonly OutgoingEvent[]> => {
  for (const transaction of transactions) await ledger.post(transaction);
  return transactions.map(ledgerPosted);
};
