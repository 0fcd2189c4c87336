import { openShare, wholeNumber } from './input-checks.ts';
import type { Interval } from './interval.ts';
import { normalQuantile } from './normal.ts';

/**
 * The interval for a proportion, in [0, 1] even for none or all.
 *
 * E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
 * American Statistical Association 22 (1927) 209–212.
 *
 * @throws {RangeError} unless 0 ≤ successes ≤ n, n ≥ 1 and 0 < alpha < 1
 */
export const wilsonInterval = (successes: number, n: number, alpha: number): Interval => {
  wholeNumber('n', n, 1);
  wholeNumber('successes', successes);
  if (successes > n)
    throw new RangeError(`successes: got ${successes} of ${n}, expected no more than all`);
  const z = normalQuantile(1 - openShare('alpha', alpha) / 2);
  const share = successes / n;
  const scale = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / scale;
  const reach = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z / (2 * n)) ** 2);
  return { lower: Math.max(0, centre - reach), upper: Math.min(1, centre + reach) };
};
