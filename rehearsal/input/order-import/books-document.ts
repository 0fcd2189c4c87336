import type { PlacedOrder } from '../order-life.ts';
import type { ImportShop, RejectedRow } from './build-order.ts';
import { type BooksRow, readBooksRow } from './books-row.ts';
import { type Exact, readExact, sumOf } from './exact.ts';
import type { ImportField, ImportMap } from './import-map.ts';
import { type MadeUpEmails, type Note, whoAndWhere } from './order-contact.ts';
import { firstValue, rejected, type Rejection, valueOfField } from './read-line.ts';
import type { Row } from './read-rows.ts';
import { readTime } from './read-time.ts';

/** What a document of the shop's books is: an order's invoice, a credit note, or an entry without goods. */
export type DocumentKind = 'sale' | 'cancellation' | 'adjustment';

export const kindOfDocument = (
  id: string,
  { cancellationPrefix, adjustmentPrefix }: ImportMap,
): DocumentKind => {
  if (cancellationPrefix !== undefined && id.startsWith(cancellationPrefix)) return 'cancellation';
  if (adjustmentPrefix !== undefined && id.startsWith(adjustmentPrefix)) return 'adjustment';
  return 'sale';
};

/** Amounts that stand beside an order's lines. */
export interface OrderAmounts {
  readonly shipping: Exact;
  readonly discount: Exact;
  readonly tax: Exact;
  /** What the file says that the document comes to; absent where no column says it. */
  readonly total?: Exact | undefined;
  readonly refunded: Exact;
  readonly isCancelled: boolean;
}

/** One document with all its rows. */
export interface BooksDocument extends OrderAmounts {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly atMs: number;
  /** When it was cancelled, as far as that can be read. */
  readonly cancelledMs?: number | undefined;
  readonly currency: string;
  /** Empty of a guest. */
  readonly customer: string;
  readonly who: Pick<PlacedOrder, 'contact' | 'shipTo'>;
  readonly rows: readonly BooksRow[];
  readonly notes: readonly Note[];
}

/** What the document comes to, refunds that stand beside it apart. */
export const amountOfDocument = ({
  rows,
  shipping,
  discount,
  tax,
  total,
}: Pick<BooksDocument, 'shipping' | 'discount' | 'tax' | 'total' | 'rows'>): Exact =>
  total ?? sumOf(rows.map(({ amount }) => amount)) + shipping + tax - discount;

/** What was given back of it, by its own rows' word: all of an order that was cancelled before it was paid. */
export const givenBackOf = (
  { refunded, isCancelled }: Pick<OrderAmounts, 'refunded' | 'isCancelled'>,
  amount: Exact,
): Exact => (refunded === 0n && isCancelled ? amount : refunded);

/** @returns why the amounts cannot be read, or the amounts */
export const amountsOfRows = (rows: readonly Row[], map: ImportMap): OrderAmounts | Rejection => {
  const fields = ['shipping', 'discount', 'tax', 'total', 'refunded'] as const;
  const said = new Map<ImportField, Exact>();
  for (const field of fields) {
    const text = firstValue(rows, map, field);
    if (text === '') continue;
    const amount = readExact(text, map.decimalMark);
    if (amount === undefined)
      return rejected('unreadable-price', `${field}: got ${text.slice(0, 60)}, expected an amount`);
    said.set(field, amount);
  }
  const { shipping = 0n, discount = 0n, tax = 0n, refunded = 0n } = Object.fromEntries(said);
  const isCancelled = firstValue(rows, map, 'cancelledAt') !== '';
  return { shipping, discount, tax, refunded, isCancelled, total: said.get('total') };
};

/** A document whose rows are still being read: the rest of a row is not kept. */
export interface Draft {
  readonly id: string;
  readonly rows: BooksRow[];
  readonly problems: RejectedRow[];
  /** Rows that say more of the order than those before. */
  readonly heads: Row[];
  currency: string;
}

export interface DraftOptions {
  readonly shop: ImportShop;
  readonly map: ImportMap;
  readonly emails: MadeUpEmails;
}

export const newDraft = (id: string): Draft => ({
  id,
  rows: [],
  problems: [],
  heads: [],
  currency: '',
});

const headFields: readonly ImportField[] = [
  'at',
  'shipping',
  'discount',
  'tax',
  'total',
  'refunded',
  'cancelledAt',
  'customer',
  'email',
  'phone',
  'customerName',
  'locale',
  'city',
  'postcode',
  'country',
];

export const addRow = (draft: Draft, row: Row, { map, shop }: DraftOptions): void => {
  const own = valueOfField(row, map, 'currency');
  draft.currency ||= own || map.defaultCurrency || shop.currency;
  if (saysMore(draft.heads, row, map)) draft.heads.push(row);
  const read = readBooksRow(row, map, draft.currency);
  if (read.kind === 'row') draft.rows.push(read);
  else draft.problems.push({ row, rejection: read });
};

const saysMore = (heads: readonly Row[], row: Row, map: ImportMap): boolean =>
  headFields.some(
    (field) => valueOfField(row, map, field) !== '' && firstValue(heads, map, field) === '',
  );

/** The whole document, or why it cannot be booked: half of one would be a wrong one. */
export const finished = (draft: Draft, options: DraftOptions): BooksDocument | Rejection => {
  const { map, shop } = options;
  const { id, rows, heads, problems, currency } = draft;
  const [problem] = problems;
  if (problem !== undefined) return problem.rejection;
  const currencies = new Set(rows.map((row) => row.currency));
  if (currencies.size > 1)
    return rejected('mixed-currencies', `the document has ${[...currencies].join(' and ')}`);
  const reading = { timeZone: map.timeZone ?? shop.timeZone, formats: map.dateFormats };
  const at = firstValue(heads, map, 'at');
  const atMs = readTime(at, reading);
  if (atMs === undefined)
    return rejected('unreadable-date', `got ${JSON.stringify(at.slice(0, 40))}`);
  const amounts = amountsOfRows(heads, map);
  if ('kind' in amounts) return amounts;
  const notes = new Set<Note>();
  return {
    id,
    kind: kindOfDocument(id, map),
    atMs,
    cancelledMs: readTime(firstValue(heads, map, 'cancelledAt'), reading),
    currency,
    customer: firstValue(heads, map, 'customer') || firstValue(heads, map, 'email').toLowerCase(),
    who: whoAndWhere(heads, id, options, notes),
    rows,
    ...amounts,
    notes: [...notes],
  };
};
