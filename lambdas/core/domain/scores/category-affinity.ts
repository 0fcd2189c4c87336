import type { CategoryAffinity, CategoryScore } from './category-propensity.ts';

/** Who bought of two categories, and who of the first. */
export interface CategoryPair {
  readonly category: string;
  readonly withCategory: string;
  readonly customersWithBoth: number;
  /** Of `category`; the same in each of its pairs. */
  readonly customers: number;
}

/**
 * How far the size of what is bought besides counts against it: at 0 what everybody buys is always first, at 1 what
 * hardly anybody buys is.
 */
const POPULARITY_DISCOUNT = 0.3;

/** Of each category these go with it most; further ones say nothing and take room. */
const MOST_PARTNERS = 10;

const SIGNIFICANT_DIGITS = 6;

/**
 * How well categories go together: of category j for a buyer of i, both / (customers of i · customers of j ^ 0.3).
 *
 * @param pairs every pair in both directions, as `category_affinity` has them
 */
export const affinityOf = (pairs: readonly CategoryPair[]): CategoryAffinity => {
  const sizes = new Map(pairs.map(({ category, customers }) => [category, customers]));
  const partners = Map.groupBy(pairs, ({ category }) => category);
  return Object.fromEntries(
    [...partners].map(([category, of]) => [category, bestOf(of.flatMap(scored(sizes)))]),
  );
};

const scored =
  (sizes: ReadonlyMap<string, number>) =>
  (pair: CategoryPair): readonly CategoryScore[] => {
    const { withCategory: category, customersWithBoth, customers } = pair;
    const size = sizes.get(category) ?? 0;
    // Nobody who is known: bought together in guests' orders alone.
    if (customersWithBoth === 0 || customers === 0 || size === 0) return [];
    const score = customersWithBoth / (customers * size ** POPULARITY_DISCOUNT);
    return [{ category, score: Number(score.toPrecision(SIGNIFICANT_DIGITS)) }];
  };

const bestOf = (scores: readonly CategoryScore[]): readonly CategoryScore[] =>
  scores.toSorted((a, b) => b.score - a.score).slice(0, MOST_PARTNERS);
