import { compareText } from '../compare-text.ts';

/** How much more of a category is bought by those who have bought of another. */
export interface CategoryScore {
  readonly category: string;
  /** 0 or more; of any one unit. */
  readonly score: number;
}

/** For a category, those bought with or after it. */
export type CategoryAffinity = Readonly<Record<string, readonly CategoryScore[]>>;

/**
 * Categories that the customer may buy of next, the likeliest first; their scores sum to 1. The
 * affinities of all that they bought of are added up; a category given twice counts twice.
 *
 * @returns none when nothing is known of their categories
 */
export const categoryPropensities = (
  affinity: CategoryAffinity,
  bought: readonly string[],
): readonly CategoryScore[] => {
  const known = bought.flatMap((category) =>
    Object.hasOwn(affinity, category) ? (affinity[category] ?? []) : [],
  );
  const sums = new Map<string, number>();
  for (const { category, score } of known)
    if (score > 0 && Number.isFinite(score)) sums.set(category, (sums.get(category) ?? 0) + score);
  const total = [...sums.values()].reduce((sum, each) => sum + each, 0);
  return [...sums]
    .map(([category, score]) => ({ category, score: score / total }))
    .toSorted((a, b) => b.score - a.score || compareText(a.category, b.category));
};
