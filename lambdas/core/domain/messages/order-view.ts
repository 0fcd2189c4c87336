import { type Money, sumOf } from '../money.ts';
import type { Order } from '../orders/order.ts';
import { dayAhead, type LineList, listOf, type Viewing } from './line-list.ts';
import { plainText } from './names.ts';

export interface OrderView {
  readonly id: string;
  readonly placedOn: string;
  readonly items: LineList;
  readonly totals: TotalsView;
  readonly isGift: boolean;
  readonly isInReview: boolean;
  /** Whether a parcel is needed for any of it. */
  readonly isShipped: boolean;
  /** The day by which the shop means to send it, while that day is still ahead. */
  readonly promisedBy: string | null;
}

export interface TotalsView {
  /** `null` when it says no more than the total. */
  readonly subtotal: string | null;
  readonly discount: string | null;
  readonly shipping: string | null;
  readonly isFreeShipping: boolean;
  readonly tax: string | null;
  /** Whether the amounts above already contain the tax. */
  readonly isTaxIncluded: boolean;
  readonly total: string;
}

export const orderView = (order: Order, viewing: Viewing): OrderView => ({
  id: plainText(order.orderId),
  placedOn: viewing.formats.fullDate(order.placedAt),
  items: listOf(order, ({ quantity }) => quantity, viewing),
  totals: totalsView(order, viewing),
  isGift: order.gift,
  isInReview: order.risk === 'review',
  isShipped: order.lines.some(({ kind }) => kind === 'physical'),
  promisedBy: dayAhead(order.promisedDispatchBy, viewing),
});

const totalsView = (order: Order, { formats }: Viewing): TotalsView => {
  const { discount, shipping, tax, total } = order;
  const subtotal = sumOf(
    order.lines.map((line) => line.total),
    order.currency,
  );
  const write = (amount: Money | undefined): string | null =>
    amount === undefined || amount.amountMinor === 0 ? null : formats.money(amount);
  return {
    subtotal: subtotal.amountMinor === total.amountMinor ? null : formats.money(subtotal),
    discount: write(discount && { ...discount, amountMinor: -Math.abs(discount.amountMinor) }),
    shipping: write(shipping),
    isFreeShipping: shipping?.amountMinor === 0,
    tax: write(tax),
    isTaxIncluded: subtotal.amountMinor + extras(order) === total.amountMinor,
    total: formats.money(total),
  };
};

/** Shipping less discount, in minor units. */
const extras = ({ discount, shipping }: Order): number =>
  (shipping?.amountMinor ?? 0) - Math.abs(discount?.amountMinor ?? 0);
