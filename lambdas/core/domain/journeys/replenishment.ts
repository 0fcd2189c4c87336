import { compareText } from '../compare-text.ts';
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
  const bought = boughtOf(new Set(supplies.map(({ sku }) => sku)), purchases);
  const observed = supplies.map((supply) => ({
    ...supply,
    gaps: gapsOf(bought.get(supply.sku) ?? []),
  }));
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

/** What each order has of each product, the first order first; products that no order has are left out. */
const boughtOf = (
  skus: ReadonlySet<string>,
  purchases: readonly Purchase[],
): ReadonlyMap<string, readonly Bought[]> => {
  const bought = new Map<string, Bought[]>();
  for (const { placedAt, lines } of purchases.toSorted((a, b) =>
    compareText(a.placedAt, b.placedAt),
  )) {
    const pieces = new Map<string, number>();
    for (const { sku, quantity } of lines)
      if (skus.has(sku)) pieces.set(sku, (pieces.get(sku) ?? 0) + quantity);
    for (const [sku, count] of pieces) {
      if (count === 0) continue;
      const before = bought.get(sku) ?? [];
      before.push({ placedAt, pieces: count });
      bought.set(sku, before);
    }
  }
  return bought;
};

/** Days a piece, from each order of the product to the next; orders of one day are one. */
const gapsOf = (orders: readonly Bought[]): readonly number[] => {
  const bought = orders.reduce(withNext, []);
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
