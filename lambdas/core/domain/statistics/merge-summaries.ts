import type { Summary } from './summary.ts';

/**
 * The summary of both samples together, in any order and grouping.
 *
 * T. F. Chan, G. H. Golub, R. J. LeVeque, "Updating formulae and a pairwise algorithm for computing
 * sample variances", Stanford STAN-CS-79-773 (1979).
 */
export const mergeSummaries = (a: Summary, b: Summary): Summary => {
  const n = a.n + b.n;
  if (n === 0) return a;
  const apart = b.mean - a.mean;
  return {
    n,
    mean: a.mean + (apart * b.n) / n,
    m2: a.m2 + b.m2 + (apart * apart * a.n * b.n) / n,
  };
};
