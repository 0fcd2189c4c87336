import { MAX_LINES } from '#core/contracts/incoming-events.ts';
import { byTime, type TimedEvent, told, toldOfOrder } from '../timed-event.ts';
import { type BooksDocument, givenBackOf, amountOfDocument } from './books-document.ts';
import { type BooksRow, useOf } from './books-row.ts';
import { beyondSale, eventIdOf, type Sale, saleEvents, saleOf } from './books-sale.ts';
import { digitsOf } from './decimal.ts';
import { type Exact, roundedMinor, roundedTogether, sumOf } from './exact.ts';
import type { Note } from './order-contact.ts';
import { newSoldLines, type Returned, type SoldLines } from './sold-lines.ts';

/** The events that bring one document into the books. */
export interface BookedDocument {
  readonly document: BooksDocument;
  readonly events: readonly TimedEvent[];
  readonly notes: readonly Note[];
}

/**
 * Every document as events, in order of time: an order as placed, and amended where it has more lines than
 * an event; pieces that came back as a refund of the order that they are of; all other money as an adjustment.
 * The amounts of a document's events sum to what it comes to, rounded half to even once.
 */
export const bookedDocuments = (
  documents: readonly BooksDocument[],
  shop: string,
): readonly BookedDocument[] => {
  const sold = newSoldLines();
  const sales = documents
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((document) => ({ document, sale: saleOf(document) }));
  for (const { document, sale } of sales) if (sale !== undefined) sold.add(document, sale.lines);
  return sales.map(({ document, sale }) => booked(document, sale, { sold, shop }));
};

/** All of them on the bus, each at its time. */
export const eventsOfBooks = (booked: readonly BookedDocument[]): readonly TimedEvent[] =>
  booked.flatMap(({ events }) => events).toSorted(byTime);

interface Booking {
  readonly sold: SoldLines;
  readonly shop: string;
}

const booked = (
  document: BooksDocument,
  sale: Sale | undefined,
  { sold, shop }: Booking,
): BookedDocument => {
  const digits = digitsOf(document.currency) ?? 0;
  const givenBack = givenBackIn(document, sale, sold);
  const rest = beyondSale(document, sale) - sumOf(givenBack.map(({ amount }) => amount));
  const exact = [sale?.total ?? 0n, rest, ...givenBack.map(({ amount }) => amount)];
  const [saleMinor = 0n, restMinor = 0n, ...minors] = roundedTogether(exact, digits);
  const notes = new Set<Note>(document.notes);
  const events = [
    ...(sale === undefined
      ? []
      : saleEvents(document, sale, { shop, digits, totalMinor: saleMinor }, notes)),
    ...givenBack.map((each, at) =>
      refund(document, {
        ...each,
        shop,
        minor: -(minors[at] ?? 0n),
        isOnly: givenBack.length === 1,
      }),
    ),
    ...refundOfWhole(document, sale, { shop, digits }),
    ...(restMinor === 0n ? [] : [adjustment(document, { shop, minor: restMinor, sale })]),
  ];
  return { document, events, notes: [...notes] };
};

/** What came back of one order. */
interface GivenBack {
  readonly orderId: string;
  readonly pieces: readonly Returned[];
  /** Below zero. */
  readonly amount: Exact;
}

/** Where the file says the total of an order, pieces below zero are in it already. */
const givenBackIn = (
  document: BooksDocument,
  sale: Sale | undefined,
  sold: SoldLines,
): readonly GivenBack[] => {
  if (document.kind === 'adjustment' || sale?.isSaid === true) return [];
  const found = document.rows.flatMap((row) => takenBack(row, document, sold));
  return [...Map.groupBy(found, ({ orderId }) => orderId)].map(([orderId, parts]) => ({
    orderId,
    pieces: parts.flatMap(({ pieces }) => pieces),
    amount: sumOf(parts.map(({ amount }) => amount)),
  }));
};

const takenBack = (
  row: BooksRow,
  document: BooksDocument,
  sold: SoldLines,
): readonly GivenBack[] => {
  if (useOf(row) !== 'given-back') return [];
  const pieces = sold.takeBack(row, document);
  const [first] = pieces;
  return first === undefined ? [] : [{ orderId: first.orderId, pieces, amount: row.amount }];
};

interface RefundParts extends GivenBack {
  readonly shop: string;
  readonly minor: bigint;
  readonly isOnly: boolean;
}

const refund = (
  { id, atMs, currency }: BooksDocument,
  { orderId, pieces, shop, minor, isOnly }: RefundParts,
): TimedEvent => {
  const quantities = new Map<string, number>();
  for (const each of pieces)
    quantities.set(each.lineId, (quantities.get(each.lineId) ?? 0) + each.pieces);
  const lines = [...quantities].map(([lineId, quantity]) => ({ lineId, quantity }));
  const telling = { shop, orderId, eventId: eventIdOf(id, 'of', orderId), occurredAtMs: atMs };
  return toldOfOrder('RefundIssued', telling, {
    refundId: isOnly ? id : idWithin(`${id}/${orderId}`),
    amount: { amountMinor: Number(minor), currency },
    lines: lines.slice(0, MAX_LINES),
    reason: 'returned',
  });
};

const MAX_ID = 128;

const idWithin = (id: string): string => id.slice(-MAX_ID);

/** What the order's own row says was given back; the whole of an order that was cancelled before it was paid. */
const refundOfWhole = (
  document: BooksDocument,
  sale: Sale | undefined,
  { shop, digits }: { readonly shop: string; readonly digits: number },
): readonly TimedEvent[] => {
  const { id: orderId, currency, isCancelled, refunded, atMs, cancelledMs } = document;
  const minor = roundedMinor(givenBackOf(document, amountOfDocument(document)), digits);
  if (minor === 0n) return [];
  const occurredAtMs = Math.max(atMs, cancelledMs ?? atMs);
  const telling = { shop, orderId, eventId: eventIdOf(orderId, 'refunded'), occurredAtMs };
  if (sale === undefined)
    return [adjustment(document, { shop, minor: -minor, sale, part: 'refunded' })];
  if (refunded === 0n) return [toldOfOrder('OrderCancelled', telling, {})];
  return [
    toldOfOrder('RefundIssued', telling, {
      refundId: idWithin(`${orderId}/refunded`),
      amount: { amountMinor: Number(minor), currency },
      ...(isCancelled ? { reason: 'cancelled' as const } : {}),
    }),
  ];
};

interface AdjustmentParts {
  readonly shop: string;
  readonly minor: bigint;
  readonly sale: Sale | undefined;
  /** Where the document has several. @default it is the document itself */
  readonly part?: string;
}

const adjustment = (
  document: BooksDocument,
  { shop, minor, sale, part = sale === undefined ? undefined : 'rest' }: AdjustmentParts,
): TimedEvent => {
  const { id, atMs, currency } = document;
  const eventId = eventIdOf(id, part ?? 'adjustment');
  return told(
    'AdjustmentPosted',
    { shop, eventId, occurredAtMs: atMs },
    {
      adjustmentId: part === undefined ? id : idWithin(`${id}/${part}`),
      amountMinor: Number(minor),
      currency,
      reason: reasonOf(document, sale).slice(0, 200),
    },
  );
};

const reasonOf = ({ kind, rows }: BooksDocument, sale: Sale | undefined): string => {
  const [first] = rows;
  if (kind === 'adjustment') return first?.name || 'adjustment';
  const skus = [...new Set(rows.filter((row) => row.amount !== 0n).map(({ sku }) => sku))];
  const what = sale === undefined ? 'no order that it could be of' : 'no part of the order';
  return `${what}: ${skus.join(', ')}`;
};
