import type { Candidate } from './rank-candidates.ts';

/** How an offered product goes with a basket. */
export type Relation = 'strong' | 'weak' | 'none';

/** As many as a page shows at once. */
const STRONG_WITHIN = 5;

/**
 * `strong`: among the first five, by a pair that chance hardly explains. `weak`: ranked by a pair or by its category.
 * `none`: not ranked, or as a best seller that goes with anything.
 *
 * @param ranked as `rankCandidates` gives them, whole: no shorter than to the product
 */
export const relationOf = (sku: string, ranked: readonly Candidate[]): Relation => {
  const at = ranked.findIndex((each) => each.sku === sku);
  const evidence = ranked[at]?.evidence;
  if (evidence === undefined || evidence.level === 'best-seller') return 'none';
  const isStrong = evidence.level === 'pair' && evidence.isSignificant && at < STRONG_WITHIN;
  return isStrong ? 'strong' : 'weak';
};
