import { mergeSummaries } from './merge-summaries.ts';
import type { PairSummary } from './pair-summary.ts';

/**
 * The summary of both samples of pairs together, in any order and grouping.
 *
 * P. Pébay, Sandia SAND2008-6212 (2008), for the products.
 */
export const mergePairSummaries = (a: PairSummary, b: PairSummary): PairSummary => {
  const n = a.x.n + b.x.n;
  const apart = (b.x.mean - a.x.mean) * (b.y.mean - a.y.mean);
  return {
    x: mergeSummaries(a.x, b.x),
    y: mergeSummaries(a.y, b.y),
    products: a.products + b.products + (n === 0 ? 0 : (apart * a.x.n * b.x.n) / n),
  };
};
