import { join } from 'node:path';
import config from '#config';
import { ledgerRules } from '#core/contracts/ledger-config.ts';
import { frozenRate } from '#core/domain/ledger/frozen-rate.ts';
import { bookedDocuments, eventsOfBooks } from '#rehearsal/input/order-import/books-events.ts';
import { booksInWords } from '#rehearsal/input/order-import/books-in-words.ts';
import { readBooks } from '#rehearsal/input/order-import/import-books.ts';
import type { ImportOptions } from '#rehearsal/input/order-import/import-orders.ts';
import { rejectedRowsFile } from '#rehearsal/input/order-import/rejected-rows-file.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';

/** Books in a currency that the deployment cannot report. */
export class MissingRate extends Error {
  override readonly name = 'MissingRate';
}

/**
 * A shop's books as events, and what is to be said of them.
 *
 * @param stateDir where rows that could not be booked are written
 * @throws {MissingRate}
 */
export const readBooksInput = async (
  file: string,
  options: ImportOptions,
  stateDir: string,
): Promise<{ readonly events: readonly TimedEvent[]; readonly notes: readonly string[] }> => {
  const books = await readBooks(file, options);
  assertRates(new Set(books.documents.map(({ currency }) => currency)));
  const rejectedFile = join(stateDir, 'rejected-rows.jsonl');
  const rejected = rejectedRowsFile(rejectedFile);
  await rejected.write(books.rejected);
  await rejected.close();
  const booked = bookedDocuments(books.documents, options.shop.id);
  return {
    events: eventsOfBooks(booked),
    notes: [...booksInWords(books, booked), `Rows that were not booked: ${rejectedFile}`],
  };
};

/** Said before minutes are spent: without a rate every event of the currency would be parked. */
const assertRates = (currencies: ReadonlySet<string>): void => {
  const rules = ledgerRules(config);
  for (const currency of currencies) {
    const rate = frozenRate(currency, undefined, rules);
    if (!rate.ok) throw new MissingRate(`--books: ${rate.problem}`);
  }
};
