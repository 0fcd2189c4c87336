import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toTransaction } from '#core/adapters/dynamo-ledger.ts';
import type { Item } from '#core/adapters/dynamo-items.ts';
import { orderKey, tables } from '#core/contracts/tables.ts';
import type { Transaction } from '#core/domain/ledger/transaction.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import { storedItems } from '#rehearsal/report/state-files.ts';
import type { SourceOptions } from '../explain/source.ts';

/** Where the books are read from; they are never written. */
export type BooksSource = Pick<Ledger, 'ofOrder'>;

/** What a rehearsal left, or the table of a deployed stage; the client of AWS is loaded for the latter only. */
export const booksSource = async ({ state, stage, ...of }: SourceOptions): Promise<BooksSource> => {
  if (stage === undefined) return rehearsedBooks(state);
  const { deployedBooks } = await import('./deployed-books.ts');
  return deployedBooks({ stage, ...of });
};

/** A rehearsal of a version that kept no books has left none. */
const rehearsedBooks = (state: string): BooksSource => ({
  ofOrder: async (shop, orderId) => {
    const { name, partitionKey } = tables.ledger;
    if (!existsSync(join(state, 'tables', `${name}.jsonl`))) return [];
    const key = { attribute: partitionKey, value: orderKey(shop, orderId) };
    return inOrder(await storedItems(state, name, key));
  },
});

/** The transactions of an order as its items have them, the first one first. */
export const inOrder = (items: readonly Item[]): readonly Transaction[] =>
  items.map(toTransaction).toSorted((a, b) => a.sequence - b.sequence || a.part - b.part);
