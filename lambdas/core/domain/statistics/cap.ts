import { openShare } from './input-checks.ts';
import { quantileOfSorted } from './quantile.ts';

/**
 * Where to cap a heavy-tailed outcome: the quantile of the sizes of all values that are not zero, of
 * all arms together, so that no arm is cut deeper than another. In SQL `percentile_disc(q) within group
 * (order by abs(x))` over the rows where x <> 0. Zeros are left out, since where one customer in a
 * hundred buys the 99th percentile of all would be zero.
 *
 * @param values of all arms
 * @param share the share of values that stay as they are, such as .95
 * @returns undefined when all are zero
 * @throws {RangeError} unless 0 < share < 1
 */
export const capOf = (values: Iterable<number>, share: number): number | undefined => {
  openShare('cap', share);
  const sizes = Float64Array.from(nonZeroSizes(values)).sort();
  return sizes.length === 0 ? undefined : quantileOfSorted(sizes, share);
};

function* nonZeroSizes(values: Iterable<number>): Iterable<number> {
  for (const value of values) if (value !== 0) yield Math.abs(value);
}

/** What is beyond the cap counts as the cap, on both sides of zero (winsorised). */
export const capped = (value: number, cap: number): number => Math.max(-cap, Math.min(cap, value));
