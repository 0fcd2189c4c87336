import { allocate } from '../money/allocate.ts';
import { safe } from '../money/convert.ts';
import type { Order, OrderLine } from '../orders/order.ts';
import type { OrderPlaced } from '../orders/order-event.ts';
import { type CreditShare, ownCredit, type RevenueClass } from './credit.ts';
import { amountOf, lineTotal, readingOf } from './reading.ts';
import type { Account, EntryKind } from './transaction.ts';

/** One part of what the customer owes for an order. */
export interface Component {
  readonly account: Account;
  readonly kind: EntryKind;
  /** What it adds to what the customer owes: above zero of goods, below of a discount. */
  readonly value: number;
}

export interface ValuedLine {
  readonly lineId: string;
  readonly sku: string;
  readonly category?: string | undefined;
  /** Pieces ordered, as last amended. */
  readonly quantity: number;
  readonly class: RevenueClass;
  readonly shares: readonly CreditShare[];
}

/** Parts that are given back together: of a line, or of the order as a whole. */
export interface Bucket {
  readonly line?: ValuedLine | undefined;
  readonly components: readonly Component[];
}

/** What the customer owes for an order before anything is given back. */
export interface OrderValue {
  readonly order: Order;
  readonly lines: readonly Bucket[];
  readonly rest: Bucket;
}

/**
 * What an order's own numbers come to: each line with its share of discount and tax, and shipping.
 * Discount and tax are of the lines as they were placed, by their value; of a line that has fewer pieces
 * by now they are less in proportion, of one that has more they stay.
 *
 * @throws {RangeError} when an amount passes 2^53 − 1
 */
export const explainedValue = (order: Order, placed: OrderPlaced): OrderValue => {
  const shares = sharesOf(placed);
  const lines = order.lines
    .filter(({ unitPrice, total }) =>
      [unitPrice, total].every(({ currency }) => currency === order.currency),
    )
    .map((line) => lineBucket(line, shares.ofLine.get(line.lineId)));
  const rest: Component[] = [
    { account: 'shipping', kind: 'shipping', value: amountOf(order.shipping) },
    { account: 'tax', kind: 'tax', value: shares.restOfTax },
  ];
  return { order, lines, rest: { components: rest.filter(({ value }) => value !== 0) } };
};

/** What the customer owes by these numbers. */
export const totalOf = ({ lines, rest }: OrderValue): number =>
  safe([...lines, rest].reduce((sum, bucket) => sum + worthOf(bucket), 0));

export const worthOf = ({ components }: Bucket): number =>
  components.reduce((sum, { value }) => sum + value, 0);

interface LineShare {
  /** Pieces it was placed with. */
  readonly quantity: number;
  readonly discount: number;
  readonly tax: number;
}

/** Tax is shared by what the lines cost after discount; where that is nothing, it is the order's. */
const sharesOf = (placed: OrderPlaced) => {
  const { discountComesOff, taxComesOnTop } = readingOf(placed);
  const totals = placed.lines.map(lineTotal);
  const sum = totals.reduce((all, total) => all + total, 0);
  const off = discountComesOff ? Math.min(amountOf(placed.discount), sum) : 0;
  const discounts = allocate(off, totals);
  const tax = taxComesOnTop ? amountOf(placed.tax) : 0;
  const ofLines = off < sum ? tax : 0;
  const taxes = allocate(
    ofLines,
    totals.map((total, index) => total - (discounts[index] ?? 0)),
  );
  const ofLine = new Map<string, LineShare>(
    placed.lines.map(({ lineId, quantity }, index) => [
      lineId,
      { quantity, discount: discounts[index] ?? 0, tax: taxes[index] ?? 0 },
    ]),
  );
  return { ofLine, restOfTax: tax - ofLines };
};

const lineBucket = (line: OrderLine, share: LineShare | undefined): Bucket => {
  const { lineId, sku, category, quantity, total, credit = ownCredit } = line;
  const discount = Math.min(total.amountMinor, ofPieces(share?.discount, share, quantity));
  const components: Component[] = [
    { account: 'revenue', kind: 'goods', value: safe(total.amountMinor) },
    { account: 'revenue', kind: 'discount', value: -discount },
    { account: 'tax', kind: 'tax', value: ofPieces(share?.tax, share, quantity) },
  ];
  return {
    line: { lineId, sku, category, quantity, class: credit.class, shares: credit.shares },
    components: components.filter(({ value }) => value !== 0),
  };
};

/** What is left of an amount when of the pieces it was for so many are. */
const ofPieces = (amount = 0, share: LineShare | undefined, quantity: number): number =>
  share === undefined || quantity >= share.quantity
    ? amount
    : partOf(amount, quantity, share.quantity);

/** `pieces` of `of` of an amount, rounded to the nearest. */
export const partOf = (amount: number, pieces: number, of: number): number =>
  allocate(amount, [pieces, of - pieces])[0] ?? 0;
