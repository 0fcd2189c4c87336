import { incomingEvents } from '#core/contracts/incoming-events.ts';
import { parseEvent } from '#core/contracts/parse-event.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { adjustmentTransactions } from '#core/domain/ledger/adjustment-transaction.ts';
import type { Transaction } from '#core/domain/ledger/transaction.ts';
import { transactionsOf } from '#core/domain/ledger/transactions-of.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { bookedDocuments, eventsOfBooks } from '#rehearsal/input/order-import/books-events.ts';
import type { ImportMap } from '#rehearsal/input/order-import/import-map.ts';
import { readBooks } from '#rehearsal/input/order-import/import-books.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';

export const shop = { id: 'hearth', currency: 'EUR', timeZone: 'Europe/Berlin' };

/** A file's books as events. */
export const eventsOf = async (file: string, map?: ImportMap): Promise<readonly TimedEvent[]> => {
  const { documents } = await readBooks(file, { shop, map });
  return eventsOfBooks(bookedDocuments(documents, shop.id));
};

/** What the ledger has of events once all of them were taken in, each as the bus would bring it. */
export const ledgerOf = (events: readonly TimedEvent[]): readonly Transaction[] => {
  const logs = new Map<string, OrderEvent[]>();
  const adjustments: Transaction[] = [];
  for (const { source, detailType, detail } of events) {
    const envelope = JSON.stringify({ source, 'detail-type': detailType, detail });
    const parsed = parseEvent(envelope, [shop.id]);
    if (!parsed.ok) throw new Error(parsed.problem);
    const { event } = parsed;
    if (event.type === 'AdjustmentPosted')
      adjustments.push(...adjustmentTransactions(event, undefined, sha256Digest));
    else if (isOfOrder(event)) logs.set(event.orderId, [...(logs.get(event.orderId) ?? []), event]);
    else throw new Error(`the books have no ${event.type}`);
  }
  const ofOrders = [...logs.values()].flatMap((log) =>
    transactionsOf({ events: log }, sha256Digest),
  );
  return [...ofOrders, ...adjustments];
};

const types = ['OrderPlaced', 'OrderAmended', 'OrderCancelled', 'RefundIssued'];

const isOfOrder = (event: { readonly type: string }): event is OrderEvent =>
  types.includes(event.type) && Object.hasOwn(incomingEvents, event.type);

/** What customers owe by these transactions, in minor units. */
export const owed = (transactions: readonly Transaction[]): number =>
  transactions
    .flatMap(({ entries }) => entries)
    .filter(({ account }) => account === 'receivable')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** A database's pages, one item at a time. */
export async function* oneByOne<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}
