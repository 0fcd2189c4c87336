import type { Purchase } from '../customers/purchase.ts';
import type { Instant } from '../orders/order-event.ts';
import { daysBetween } from './elapsed.ts';

/**
 * How many gaps of their own it takes to move a customer's rhythm as far from what is usual as from
 * what they did (empirical-Bayes fit on public order histories).
 */
export const PRIOR_STRENGTH = 1.2;

/** A product that is used up. */
export interface Supply {
  readonly sku: string;
  /** Days that one piece lasts by the merchant's word. */
  readonly daysOfSupply: number;
}

/**
 * Days that one piece of each product lasts this customer: their own gaps between orders of the
 * product, shrunk towards what their pace with all these products lets expect of it.
 *
 * @param purchases the customer's orders up to now, in any order
 */
export const daysPerPiece = (
  supplies: readonly Supply[],
  purchases: readonly Purchase[],
): ReadonlyMap<string, number> => {
  const observed = supplies.map((supply) => ({ ...supply, gaps: gapsOf(supply.sku, purchases) }));
  const paces = observed.flatMap(({ gaps, daysOfSupply }) =>
    gaps.map((days) => days / daysOfSupply),
  );
  const pace = shrunk(paces, 1);
  return new Map(
    observed.map(({ sku, daysOfSupply, gaps }) => [sku, shrunk(gaps, daysOfSupply * pace)]),
  );
};

/** The mean of what was observed, and of what is expected as if it had been seen 1.2 times. */
export const shrunk = (observed: readonly number[], expected: number): number =>
  (PRIOR_STRENGTH * expected + observed.reduce((sum, each) => sum + each, 0)) /
  (PRIOR_STRENGTH + observed.length);

interface Bought {
  readonly placedAt: Instant;
  readonly pieces: number;
}

/** Days a piece, from each order of the product to the next; orders of one day are one. */
const gapsOf = (sku: string, purchases: readonly Purchase[]): readonly number[] => {
  const bought = purchases
    .map(({ placedAt, lines }) => ({
      placedAt,
      pieces: lines.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0),
    }))
    .filter(({ pieces }) => pieces > 0)
    .toSorted((a, b) => (a.placedAt < b.placedAt ? -1 : 1))
    .reduce(withNext, []);
  return bought.slice(1).flatMap(({ placedAt }, index) => {
    const before = bought[index];
    return before === undefined ? [] : [daysBetween(before.placedAt, placedAt) / before.pieces];
  });
};

const withNext = (before: readonly Bought[], next: Bought): readonly Bought[] => {
  const last = before.at(-1);
  if (last === undefined || daysBetween(last.placedAt, next.placedAt) >= 1)
    return [...before, next];
  return [...before.slice(0, -1), { ...last, pieces: last.pieces + next.pieces }];
};
