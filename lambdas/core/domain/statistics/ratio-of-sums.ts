import { finite } from './input-checks.ts';
import type { PairSummary } from './pair-summary.ts';
import type { Summary } from './summary.ts';

/**
 * Σ x / Σ y as if it were a mean, to compare with `meanDifference` and the rest: revenue per session,
 * of customers with any number of sessions. The customer is the unit, since it was drawn.
 *
 * The delta method: A. Deng, U. Knoblich, J. Lu, "Applying the delta method in metric analytics", KDD
 * 2018. Each customer counts with (x − ratio · y) / mean of y.
 *
 * @param pairs x the numerator and y the denominator of each customer
 * @returns n customers; mean is the ratio; m2 such that m2 / (n − 1) / n is its variance
 * @throws {RangeError} when the denominators sum to zero
 */
export const ratioOfSums = ({ x, y, products }: PairSummary): Summary => {
  if (!(Math.abs(finite('mean of the denominator', y.mean)) > 0))
    throw new RangeError(
      `ratio: got denominators that sum to ${y.mean}, expected another sum; was nothing counted yet?`,
    );
  const ratio = x.mean / y.mean;
  const m2 = (x.m2 - 2 * ratio * products + ratio * ratio * y.m2) / (y.mean * y.mean);
  return { n: x.n, mean: ratio, m2: Math.max(0, m2) };
};
