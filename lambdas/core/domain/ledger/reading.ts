import { times } from '../money.ts';
import type { OrderPlaced, PlacedLine } from '../orders/order-event.ts';

/** How an order's numbers make up its total. */
export interface Reading {
  /** Whether the discount has to be taken off the lines' totals, or is off already. */
  readonly discountComesOff: boolean;
  /** Whether the tax has to be added to the lines' totals, or is inside. */
  readonly taxComesOnTop: boolean;
}

/** In order of preference: what is said apart from the lines counts beside them, except the tax. */
const readings: readonly Reading[] = [
  { discountComesOff: true, taxComesOnTop: false },
  { discountComesOff: true, taxComesOnTop: true },
  { discountComesOff: false, taxComesOnTop: false },
  { discountComesOff: false, taxComesOnTop: true },
];

export const lineTotal = ({ total, unitPrice, quantity }: PlacedLine): number =>
  (total ?? times(unitPrice, quantity)).amountMinor;

/**
 * The first reading that explains the order's total exactly; where none does, the first that comes
 * closest. It is of the order as placed: an amendment's total says nothing of the lines' prices.
 */
export const readingOf = (placed: OrderPlaced): Reading => {
  const lines = placed.lines.reduce((sum, line) => sum + lineTotal(line), 0);
  const gapOf = ({ discountComesOff, taxComesOnTop }: Reading): number =>
    Math.abs(
      lines +
        amountOf(placed.shipping) +
        (taxComesOnTop ? amountOf(placed.tax) : 0) -
        (discountComesOff ? amountOf(placed.discount) : 0) -
        placed.total.amountMinor,
    );
  return readings.reduce((best, each) => (gapOf(each) < gapOf(best) ? each : best));
};

export const amountOf = (money: { readonly amountMinor: number } | undefined): number =>
  money?.amountMinor ?? 0;
