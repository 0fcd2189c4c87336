import { MAX_LINES, SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { PlacedOrder } from '../order-life.ts';
import { type TimedEvent, toldOfOrder } from '../timed-event.ts';
import { placing } from '../sample-order.ts';
import { amountOfDocument, type BooksDocument } from './books-document.ts';
import { type BooksRow, piecesSold, useOf } from './books-row.ts';
import {
  type Exact,
  piecesOf,
  productOf,
  readQuantity,
  roundedMinor,
  roundedTogether,
  sumOf,
} from './exact.ts';
import { type Note, shortened } from './order-contact.ts';
import { lineIdOf } from './sold-lines.ts';

/** What of a document is an order that was placed. */
export interface Sale {
  readonly lines: readonly BooksRow[];
  /** What the customer owes for it, exactly. */
  readonly total: Exact;
  readonly shipping: Exact;
  readonly tax: Exact;
  readonly discount: Exact;
  /** Whether the file says the total: then lines need not come to it. */
  readonly isSaid: boolean;
}

/** Nothing of a document that has no lines that were sold, or comes to less than nothing. */
export const saleOf = (document: BooksDocument): Sale | undefined => {
  const { kind, rows, shipping, tax, total: said } = document;
  const lines = rows.filter((row) => useOf(row) === 'sold');
  if (kind !== 'sale' || lines.length === 0 || (said ?? 0n) < 0n) return undefined;
  const isSaid = said !== undefined;
  const gross = sumOf(lines.map(({ amount }) => amount)) + shipping + tax;
  const [discount = 0n] = discountsOf(document).filter((each) => isSaid || each <= gross);
  return { lines, shipping, tax, discount, isSaid, total: said ?? gross - discount };
};

/** What may be taken off the order, the most first: its rows below zero too, its discount alone, nothing. */
const discountsOf = ({ rows, discount, total }: BooksDocument): readonly Exact[] => {
  const isOff = (row: BooksRow): boolean =>
    useOf(row) === 'discount' || (total !== undefined && useOf(row) === 'given-back');
  return [discount - sumOf(rows.filter(isOff).map(({ amount }) => amount)), discount, 0n];
};

/** What of the document's amount the order does not have. */
export const beyondSale = (document: BooksDocument, sale: Sale | undefined): Exact =>
  amountOfDocument(document) - (sale?.total ?? 0n);

export interface SaleOptions {
  readonly shop: string;
  readonly digits: number;
  readonly totalMinor: bigint;
}

/** Of everything that is stored of an order; the rest is for what is filled in, and for refunds. */
const MOST_BYTES_WITH_NAMES = 240 * 1024;

/** An envelope and the detail's other parts take less than the difference to 256 KB. */
const MOST_LINE_BYTES = 200 * 1024;

/**
 * The order's placing and, of an order of more lines than an event has, what was added to it. Names are left
 * out of an order that would not fit with them.
 */
export const saleEvents = (
  document: BooksDocument,
  sale: Sale,
  options: SaleOptions,
  notes: Set<Note>,
): readonly TimedEvent[] => {
  const { id: orderId, atMs, currency } = document;
  const { shop, totalMinor } = options;
  const minors = minorsOf(sale, options);
  const lines = fitting(
    sale.lines.map((row, at) =>
      lineOf(row, minors.lines[at] ?? 0n, { ...options, currency }, notes),
    ),
    notes,
  );
  const parts = chunksOf(lines);
  const [first = [], ...added] = parts;
  const money = (minor: bigint) => ({ amountMinor: Number(minor), currency });
  const later = added.map((chunk) => sumOf(chunk.map(totalOfLine)));
  const placedMinor = totalMinor - sumOf(later);
  const order: PlacedOrder = {
    eventId: eventIdOf(orderId),
    occurredAt: new Date(atMs).toISOString(),
    schemaVersion: SCHEMA_VERSION,
    shop,
    orderId,
    ...document.who,
    lines: [...first],
    total: money(placedMinor < 0n ? 0n : placedMinor),
    ...(minors.shipping === 0n ? {} : { shipping: money(minors.shipping) }),
    ...(minors.discount === 0n ? {} : { discount: money(minors.discount) }),
    ...(minors.tax === 0n ? {} : { tax: money(minors.tax) }),
  };
  const amendments = added.map((addedLines, at) => {
    const total = totalMinor - sumOf(later.slice(at + 1));
    const telling = {
      shop,
      orderId,
      eventId: eventIdOf(orderId, `lines-${at + 2}`),
      occurredAtMs: atMs,
    };
    return toldOfOrder('OrderAmended', telling, {
      addedLines: [...addedLines],
      total: money(total < 0n ? 0n : total),
    });
  });
  return [placing(order), ...amendments];
};

/** Rounded together, so that they make up the order's total. */
const minorsOf = (sale: Sale, { digits, totalMinor }: SaleOptions) => {
  const { lines, shipping, tax, discount, isSaid } = sale;
  const amounts = [...lines.map(({ amount }) => amount), shipping, tax, -discount];
  const minors = isSaid
    ? roundedTogether(amounts, digits)
    : roundedTogether(amounts, digits, totalMinor);
  const [ofShipping = 0n, ofTax = 0n, ofDiscount = 0n] = minors.slice(lines.length);
  return { lines: minors, shipping: ofShipping, tax: ofTax, discount: -ofDiscount };
};

type Line = PlacedOrder['lines'][number];

const lineOf = (
  row: BooksRow,
  totalMinor: bigint,
  { digits, currency }: { readonly digits: number; readonly currency: string },
  notes: Set<Note>,
): Line => {
  const quantity = piecesSold(row);
  const isWhole = piecesOf(row.quantity) !== undefined;
  const unit = isWhole ? roundedMinor(productOf(onePiece, row.price), digits) : totalMinor;
  const unitMinor = unit < 0n ? 0n : unit;
  const name = shortened(row.name, 200, notes);
  const category = shortened(row.category, 100, notes);
  return {
    lineId: lineIdOf(row),
    sku: row.sku,
    quantity,
    unitPrice: { amountMinor: Number(unitMinor), currency },
    ...(unitMinor * BigInt(quantity) === totalMinor
      ? {}
      : { total: { amountMinor: Number(totalMinor), currency } }),
    ...(name === '' ? {} : { name }),
    ...(category === '' ? {} : { category }),
    ...(row.productKind === undefined ? {} : { kind: row.productKind }),
  };
};

const onePiece = readQuantity('1', '.') ?? 0n;

const totalOfLine = ({ total, unitPrice, quantity }: Line): bigint =>
  BigInt(total?.amountMinor ?? unitPrice.amountMinor * quantity);

const fitting = (lines: readonly Line[], notes: Set<Note>): readonly Line[] => {
  const isTooLong =
    bytesOf(lines) > MOST_BYTES_WITH_NAMES ||
    chunksOf(lines).some((chunk) => bytesOf(chunk) > MOST_LINE_BYTES);
  if (!isTooLong) return lines;
  notes.add('names-left-out');
  return lines.map((line) => ({ ...line, name: undefined }));
};

const bytesOf = (lines: readonly Line[]): number =>
  lines.length * 400 < MOST_LINE_BYTES ? 0 : Buffer.byteLength(JSON.stringify(lines));

const chunksOf = (lines: readonly Line[]): readonly (readonly Line[])[] =>
  Array.from({ length: Math.ceil(lines.length / MAX_LINES) }, (_, at) =>
    lines.slice(at * MAX_LINES, (at + 1) * MAX_LINES),
  );

const MAX_ID = 128;

const IMPORTED = 'imported/';

/** `imported/<document>` and what of it: tells the books' events from those of the shop's systems. */
export const eventIdOf = (documentId: string, ...of: readonly string[]): string => {
  const suffix = of
    .map((part) => `/${encodeURIComponent(part)}`)
    .join('')
    .slice(-MAX_ID / 2);
  const name = encodeURIComponent(documentId);
  return `${IMPORTED}${name.slice(0, MAX_ID - IMPORTED.length - suffix.length)}${suffix}`;
};

/** The document that an event of the books is of; nothing of other events, and of ids too long to be told whole. */
export const documentOfEvent = (eventId: string): string | undefined => {
  const [, name] = /^imported\/([^/]+)/.exec(eventId) ?? [];
  try {
    return name === undefined ? undefined : decodeURIComponent(name);
  } catch {
    return undefined;
  }
};
