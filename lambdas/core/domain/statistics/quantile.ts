import { incompleteBeta } from './incomplete-beta.ts';
import { openShare } from './input-checks.ts';
import type { Interval } from './interval.ts';

/**
 * The smallest value that at least the share q of the values does not exceed: SQL's `percentile_disc`,
 * type 1 of R. J. Hyndman & Y. Fan, The American Statistician 50 (1996) 361–365.
 *
 * @param sorted ascending, at least one value
 * @throws {RangeError} unless 0 < q < 1 and there are values
 */
export const quantileOfSorted = (sorted: ArrayLike<number>, q: number): number =>
  rankValue(sorted, Math.ceil(sorted.length * openShare('q', q) - ROUNDING));

/** .1 of 30 is the 3rd value, though 30 × .1 comes out above 3. */
const ROUNDING = 1e-9;

/** @param rank from 1 */
const rankValue = (sorted: ArrayLike<number>, rank: number): number => {
  const value = sorted[Math.max(1, rank) - 1];
  if (value === undefined)
    throw new RangeError(`values: got ${sorted.length}, expected at least one`);
  return value;
};

/**
 * An interval for a quantile that assumes no distribution: from one value of the sample to another.
 * Undefined while the sample is too small to have one.
 *
 * W. J. Conover, Practical Nonparametric Statistics (3rd edition 1999), section 3.2.
 *
 * @param sorted ascending
 * @throws {RangeError} unless 0 < q < 1 and 0 < alpha < 1
 */
export const quantileInterval = (
  sorted: ArrayLike<number>,
  q: number,
  alpha: number,
): Interval | undefined => {
  openShare('q', q);
  openShare('alpha', alpha);
  const n = sorted.length;
  const below = (successes: number): number => binomialUpTo(successes, n, q);
  const lower = firstWhere(n, (rank) => below(rank) > alpha / 2);
  const upper = firstWhere(n, (rank) => below(rank - 1) >= 1 - alpha / 2);
  if (lower < 1 || upper > n) return undefined;
  return { lower: rankValue(sorted, lower), upper: rankValue(sorted, upper) };
};

/** P(X ≤ successes) of n draws: Abramowitz & Stegun 26.5.24. */
const binomialUpTo = (successes: number, n: number, p: number): number => {
  if (successes < 0) return 0;
  if (successes >= n) return 1;
  return incompleteBeta(n - successes, successes + 1, 1 - p, p);
};

/** The first of 0 … n for which a condition holds that stays true once it is; n + 1 when none. */
const firstWhere = (n: number, holds: (at: number) => boolean): number => {
  let [low, high] = [0, n + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};
