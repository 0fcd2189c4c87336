import {
  type DocumentKind,
  givenBackOf,
  kindOfDocument,
} from '#rehearsal/input/order-import/books-document.ts';
import { readBooksRow, useOf } from '#rehearsal/input/order-import/books-row.ts';
import type { ImportShop } from '#rehearsal/input/order-import/build-order.ts';
import { digitsOf } from '#rehearsal/input/order-import/decimal.ts';
import { type Exact, readExact } from '#rehearsal/input/order-import/exact.ts';
import type { ImportMap } from '#rehearsal/input/order-import/import-map.ts';
import { mappedRows } from '#rehearsal/input/order-import/mapped-rows.ts';
import { valueOfField } from '#rehearsal/input/order-import/read-line.ts';
import type { Row } from '#rehearsal/input/order-import/read-rows.ts';
import { readTime } from '#rehearsal/input/order-import/read-time.ts';

/** What the order system says that a document comes to, exactly. */
export interface OmsDocument {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly currency: string;
  readonly amount: Exact;
  /** What was given back of it, above zero; absent where the file has no column of it. */
  readonly refunded?: Exact | undefined;
  /** Rows that are money, or free. */
  readonly lines: number;
  readonly atMs?: number | undefined;
}

export interface UnreadableDocument {
  readonly id: string;
  /** The row of the file. */
  readonly row: number;
  readonly problem: string;
}

/** All that an order system says. */
export interface OmsBooks {
  readonly documents: ReadonlyMap<string, OmsDocument>;
  /** Whose amount cannot be told; a row of no document has an empty id. */
  readonly unreadable: readonly UnreadableDocument[];
  readonly rows: number;
  /** Rows of no pieces and stock corrections: they have no money. */
  readonly rowsWithoutMoney: number;
}

export interface OmsOptions {
  readonly shop: ImportShop;
  /** @default the preset whose columns the file has */
  readonly map?: ImportMap | undefined;
}

/**
 * Sums a file of an order system by document: rows of lines as for an import, or a row an order with its total. Memory holds
 * a few numbers a document, whatever rows it has. Amounts are decimals as the file writes them.
 *
 * @throws {InvalidImportMap} when no mapping fits the file's columns
 * @throws {UnreadableFile}
 */
export const readOms = async (
  file: string,
  { shop, map: given }: OmsOptions,
): Promise<OmsBooks> => {
  const { map, rows } = await mappedRows(file, given);
  const tallies = new Map<string, Tally>();
  const unreadable: UnreadableDocument[] = [];
  const reading = { map, shop, counts: { rows: 0, withoutMoney: 0 } };
  for await (const row of rows) {
    reading.counts.rows++;
    const id = 'values' in row ? valueOfField(row, map, 'order') : '';
    if ('problem' in row || id === '') {
      const problem = 'problem' in row ? row.problem : 'the row names no document';
      unreadable.push({ id: '', row: row.number, problem });
      continue;
    }
    const tally = tallies.get(id) ?? newTally();
    tallies.set(id, tally);
    addRow(tally, row, reading);
  }
  const documents = new Map<string, OmsDocument>();
  for (const [id, tally] of tallies)
    if (tally.problem === undefined) documents.set(id, documentOf(id, tally, map));
    else unreadable.push({ id, ...tally.problem });
  const { rows: count, withoutMoney } = reading.counts;
  return { documents, unreadable, rows: count, rowsWithoutMoney: withoutMoney };
};

const saidFields = ['shipping', 'discount', 'tax', 'total', 'refunded'] as const;

/** A document while its rows are read. */
interface Tally {
  currency: string;
  rowsAmount: Exact;
  lines: number;
  shipping?: Exact;
  discount?: Exact;
  tax?: Exact;
  total?: Exact;
  refunded?: Exact;
  isCancelled: boolean;
  atMs: number | undefined;
  problem: { readonly row: number; readonly problem: string } | undefined;
}

const newTally = (): Tally => ({
  currency: '',
  rowsAmount: 0n,
  lines: 0,
  isCancelled: false,
  atMs: undefined,
  problem: undefined,
});

interface Reading {
  readonly map: ImportMap;
  readonly shop: ImportShop;
  readonly counts: { rows: number; withoutMoney: number };
}

const addRow = (tally: Tally, row: Row, reading: Reading): void => {
  const { map, shop } = reading;
  const own = valueOfField(row, map, 'currency');
  if (tally.currency === '') tally.currency = own || map.defaultCurrency || shop.currency;
  const problem =
    problemOfCurrency(tally, own) ?? addSaid(tally, row, map) ?? addLine(tally, row, reading);
  if (problem !== undefined) tally.problem ??= { row: row.number, problem };
  if (valueOfField(row, map, 'cancelledAt') !== '') tally.isCancelled = true;
  const at = tally.atMs === undefined ? valueOfField(row, map, 'at') : '';
  const timeZone = map.timeZone ?? shop.timeZone;
  if (at !== '') tally.atMs = readTime(at, { timeZone, formats: map.dateFormats });
};

const problemOfCurrency = ({ currency }: Tally, own: string): string | undefined => {
  if (digitsOf(currency) === undefined)
    return `got the currency ${JSON.stringify(currency)}, expected a code such as EUR`;
  return own === '' || own === currency ? undefined : `it has ${currency} and ${own}`;
};

const addSaid = (tally: Tally, row: Row, map: ImportMap): string | undefined => {
  for (const field of saidFields) {
    const text = tally[field] === undefined ? valueOfField(row, map, field) : '';
    if (text === '') continue;
    const amount = readExact(text, map.decimalMark);
    if (amount === undefined) return `${field}: got ${text.slice(0, 60)}, expected an amount`;
    tally[field] = amount;
  }
  return undefined;
};

const addLine = (tally: Tally, row: Row, { map, counts }: Reading): string | undefined => {
  const { quantity, unitPrice } = map.columns;
  if (quantity === undefined || unitPrice === undefined) return undefined;
  const read = readBooksRow(row, map, tally.currency);
  if (read.kind === 'rejected') return `${read.reason}: ${read.problem}`;
  const use = useOf(read);
  if (use === 'stock-correction' || use === 'zero-quantity') counts.withoutMoney++;
  else tally.lines++;
  tally.rowsAmount += read.amount;
  return undefined;
};

const documentOf = (id: string, tally: Tally, map: ImportMap): OmsDocument => {
  const { rowsAmount, shipping = 0n, discount = 0n, tax = 0n, refunded = 0n, isCancelled } = tally;
  const amount = tally.total ?? rowsAmount + shipping + tax - discount;
  const saysRefunds = map.columns.refunded !== undefined || map.columns.cancelledAt !== undefined;
  const kind = kindOfDocument(id, map);
  return {
    id,
    kind,
    currency: tally.currency,
    amount,
    refunded:
      kind === 'sale' && saysRefunds ? givenBackOf({ refunded, isCancelled }, amount) : undefined,
    lines: tally.lines,
    atMs: tally.atMs,
  };
};
