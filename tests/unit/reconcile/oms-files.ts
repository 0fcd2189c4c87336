import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Transaction } from '#core/domain/ledger/transaction.ts';
import { type ImportMap, parseImportMap } from '#rehearsal/input/order-import/import-map.ts';
import { type BooksReport, booksReport } from '#rehearsal/reconcile/books-report.ts';
import { compareBooks } from '#rehearsal/reconcile/compare-books.ts';
import { ledgerBooks } from '#rehearsal/reconcile/ledger-books.ts';
import { readOms } from '#rehearsal/reconcile/oms-document.ts';
import { eventsOf, ledgerOf, oneByOne, shop } from './booked.ts';

export const lines = parseImportMap(
  'order=id,at=at,sku=sku,quantity=n,unitPrice=price,customer=customer,cancellationPrefix=C,adjustmentPrefix=A',
);

export const linesCsv = (...rows: readonly string[]): string =>
  ['id,at,sku,n,price,customer', ...rows].join('\n');

/** Two orders, a cancellation of parts of one and of a fee, and a bad debt. */
export const oms = linesCsv(
  '1,2026-01-01,MUG,6,2.55,ada',
  '2,2026-01-02,MUG,3,2.55,ada',
  'C3,2026-01-03,MUG,-2,2.55,ada',
  'C3,2026-01-03,FEE,-1,1.00,ada',
  'A4,2026-01-04,DEBT,1,-20.00,',
);

/** A file in a folder of its own, which is removed when the tests have ended. */
export const omsFiles = () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reconcile-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const fileOf = async (csv: string): Promise<string> => {
    const file = join(folder, 'oms.csv');
    await writeFile(file, csv);
    return file;
  };
  /** The ledger once the file's lines were imported. */
  const booksOf = async (csv: string): Promise<readonly Transaction[]> =>
    ledgerOf(await eventsOf(await fileOf(csv), lines));

  const reconciled = async (
    csv: string,
    transactions: readonly Transaction[],
    map?: ImportMap,
  ): Promise<BooksReport> => {
    const said = await readOms(await fileOf(csv), { shop, map });
    const ledger = await ledgerBooks(oneByOne(transactions), (id) => said.documents.has(id));
    return booksReport(compareBooks(said, ledger), { oms: said, ledger });
  };
  return { fileOf, booksOf, reconciled };
};
