import { openShare } from './input-checks.ts';
import { type Estimate, type Interval, intervalAround } from './interval.ts';
import { studentTQuantile } from './student-t.ts';

/** How many standard errors the interval reaches to each side. */
export const welchCriticalValue = (df: number, alpha: number): number =>
  studentTQuantile(1 - openShare('alpha', alpha) / 2, df);

/**
 * The interval for one look at a size that was fixed beforehand. Who looks again and again and stops
 * when it leaves zero is misled far more often than alpha says: `sequentialInterval` is for them.
 *
 * @param alpha the share of such intervals that may miss the truth: .05
 * @throws {RangeError} unless 0 < alpha < 1
 */
export const welchInterval = (estimate: Estimate, alpha: number): Interval =>
  intervalAround(estimate, welchCriticalValue(estimate.df, alpha));
