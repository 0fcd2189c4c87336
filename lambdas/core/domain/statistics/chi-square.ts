import { upperGamma } from './incomplete-gamma.ts';
import { finite, positive } from './input-checks.ts';

/**
 * P(χ² > statistic), the upper tail. Abramowitz & Stegun 26.4.19.
 *
 * @throws {RangeError} unless the statistic is finite and df above zero
 */
export const chiSquareAbove = (statistic: number, df: number): number =>
  upperGamma(positive('degrees of freedom', df) / 2, finite('statistic', statistic) / 2);
