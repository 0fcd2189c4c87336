import type { OrderEvent } from '../orders/order-event.ts';
import type { OrderLog } from '../orders/order-log.ts';
import type { CreditShare, CreditSource } from './credit.ts';
import { balancedParts } from './balanced-parts.ts';
import { minus, type Parts, pieceOf, plus, soldParts, type Stock } from './stock.ts';
import { type Position, targetOf } from './target.ts';
import type { Credit, Hash, LedgerEntry, Transaction, TransactionType } from './transaction.ts';

/**
 * The books of an order, from what is stored of it: the placing of the order first, then each event as
 * it arrived, booked as what it changes in what should be in the books. Nothing while the order has
 * not come.
 *
 * The same log gives the same transactions, with the same ids, and an event that is added to it
 * changes none of those before: they can be written again without effect. Any order of arrival
 * ends in the same balances by account, class and line; in the reporting currency they may
 * differ by what was rounded.
 *
 * @throws {RangeError} when an amount passes 2^53 − 1
 */
export const transactionsOf = (
  log: Pick<OrderLog, 'events'>,
  hash: Hash,
): readonly Transaction[] => {
  const placed = log.events.find(({ type }) => type === 'OrderPlaced');
  if (placed === undefined) return [];
  const events = [placed, ...log.events.filter((event) => event !== placed)];
  const books: Books = new Map();
  return events.flatMap((event, sequence) => {
    const known = events.slice(0, sequence + 1);
    if (!mayChangeBooks(event, known)) return [];
    const entries = changesOf(books, targetOf(known), event, hash);
    return balancedParts({ event, sequence, type: typeOf[event.type] }, entries, hash);
  });
};

const typeOf: Readonly<Record<OrderEvent['type'], TransactionType>> = {
  OrderPlaced: 'sale',
  OrderAmended: 'amendment',
  OrderCancelled: 'cancellation',
  ShipmentDispatched: 'correction',
  ShipmentUpdated: 'correction',
  ShipmentDelivered: 'correction',
  DeliveryFailed: 'correction',
  ReturnRequested: 'return',
  ReturnReceived: 'return',
  RefundIssued: 'refund',
  PaymentDisputed: 'dispute',
  UsageMilestoneReached: 'correction',
  SurveyAnswered: 'correction',
  ReviewPosted: 'correction',
  CommissionConfirmed: 'commission',
  CommissionReversed: 'commission',
};

/**
 * Whether an event may be booked, beside those of its order that are known. Where parcels are matters to what a refund
 * of everything that was lost is for, and to nothing else.
 */
export const mayChangeBooks = (
  { type }: Pick<OrderEvent, 'type'>,
  known: readonly OrderEvent[],
): boolean =>
  typeOf[type] !== 'correction' ||
  known.some((event) => event.type === 'RefundIssued' && event.reason === 'lost');

/** What is booked so far: the entries of each position, the oldest first. */
type Books = Map<string, readonly Stock[]>;

const changesOf = (
  books: Books,
  target: readonly Position[],
  event: OrderEvent,
  hash: Hash,
): readonly LedgerEntry[] => {
  const wanted = new Map(target.map((position) => [position.key, position]));
  const given = [...books].flatMap(([key, stocks]) => {
    const [stock] = stocks;
    return wanted.has(key) || stock === undefined ? [] : [{ ...stock.position, sold: 0, left: 0 }];
  });
  return [...wanted.values(), ...given].flatMap((position) => {
    const before = books.get(position.key) ?? [];
    const { stocks, entries } = moved(before, position, { event, hash });
    books.set(position.key, stocks);
    return entries;
  });
};

interface Booking {
  readonly event: OrderEvent;
  readonly hash: Hash;
}

interface Moved {
  readonly stocks: readonly Stock[];
  readonly entries: readonly LedgerEntry[];
}

/** More pieces are a further sale; all else takes back, or gives again, of what was sold before. */
const moved = (before: readonly Stock[], position: Position, booking: Booking): Moved => {
  const soldBefore = before.at(-1)?.position.sold ?? 0;
  const leftBefore = before.reduce((sum, { left }) => sum + left.amount, 0);
  const further = Math.max(0, position.sold - soldBefore);
  const sale = further === 0 ? [] : [sold(position, further, booking)];
  const stocks = [...before, ...sale];
  const rest = position.left - leftBefore - further;
  const adjusted = rest < 0 ? takenBack(stocks, -rest, booking) : givenAgain(stocks, rest, booking);
  return {
    stocks: adjusted.stocks.map((stock) => ({ ...stock, position })),
    entries: [...sale.map(({ entry }) => entry), ...adjusted.entries],
  };
};

const sold = (position: Position, amount: number, { event, hash }: Booking): Stock => {
  const parts = soldParts(position, amount);
  const entryId = idOf(hash, event, position.key);
  return {
    entry: entryOf(position, parts, { entryId, direction: -1 }),
    position,
    sold: parts,
    left: parts,
  };
};

/** What was sold last is taken back first. */
const takenBack = (stocks: readonly Stock[], amount: number, booking: Booking): Moved => {
  let due = amount;
  const results = stocks.toReversed().map((stock) => {
    const piece = pieceOf(stock.left, Math.min(due, stock.left.amount));
    due -= piece.amount;
    return { stock: { ...stock, left: minus(stock.left, piece) }, piece };
  });
  return written(results.toReversed(), 1, booking);
};

/** What was taken back last is given again first. */
const givenAgain = (stocks: readonly Stock[], amount: number, booking: Booking): Moved => {
  let due = amount;
  const results = stocks.map((stock) => {
    const taken = minus(stock.sold, stock.left);
    const piece = pieceOf(taken, Math.min(due, taken.amount));
    due -= piece.amount;
    return { stock: { ...stock, left: plus(stock.left, piece) }, piece };
  });
  return written(results, -1, booking);
};

const written = (
  results: readonly { readonly stock: Stock; readonly piece: Parts }[],
  direction: 1 | -1,
  { event, hash }: Booking,
): Moved => ({
  stocks: results.map(({ stock }) => stock),
  entries: results
    .filter(({ piece }) => piece.amount !== 0)
    .map(({ stock: { entry, position }, piece }) => {
      const entryId = idOf(hash, event, position.key, entry.entryId);
      return {
        ...entryOf(position, piece, { entryId, direction }),
        reverses: entry.entryId,
      };
    }),
});

/** The name of an entry: of its event, its position and what it reverses. */
const idOf = (hash: Hash, { shop, orderId, eventId }: OrderEvent, key: string, of = ''): string =>
  hash(JSON.stringify([shop, orderId, eventId, key, of]));

const entryOf = (
  position: Position,
  parts: Parts,
  { entryId, direction }: { readonly entryId: string; readonly direction: 1 | -1 },
): LedgerEntry => {
  const { account, kind, class: ofClass, lineId, sku, category, currency, exchangeRate } = position;
  const sign = direction * position.sign;
  const credits = position.shares.map((share, index): Credit => ({
    ...sourceOf(share),
    amountMinor: signed(sign, parts.credits[index]?.amount ?? 0),
    reportingMinor: signed(sign, parts.credits[index]?.reporting ?? 0),
  }));
  return {
    entryId,
    account,
    kind,
    class: ofClass,
    lineId,
    sku,
    category,
    amountMinor: signed(sign, parts.amount),
    currency,
    reportingMinor: signed(sign, parts.reporting),
    reportingCurrency: exchangeRate?.to ?? currency,
    ...(credits.length === 0 ? {} : { credits }),
  };
};

const sourceOf = ({ kind, id, orderId, touch, channel, offerId }: CreditShare): CreditSource => ({
  kind,
  id,
  orderId,
  touch,
  channel,
  offerId,
});

/** Without a negative zero. */
const signed = (sign: number, amount: number): number => (amount === 0 ? 0 : sign * amount);
