import { positive } from './input-checks.ts';
import type { Interval } from './interval.ts';
import { meanVarianceOf, type Summary } from './summary.ts';

export interface RelativeLift {
  /** Treatment's mean over control's, less one: .12 is 12 % more. */
  readonly value: number;
  /** Absent when control's mean cannot be told from zero: then no share of it is known. */
  readonly interval?: Interval | undefined;
}

/**
 * How much more in relation to control; undefined unless control's mean is above zero.
 *
 * E. C. Fieller, "Some problems in interval estimation", Journal of the Royal Statistical Society B 16
 * (1954) 175–185: the ratios r for which `treatment − r · control` is within the critical value of
 * zero. Unlike the delta method it is not symmetric, which a ratio of few converters is not either,
 * and with the critical value of the absolute interval it leaves zero exactly when that one does.
 *
 * @param criticalValue standard errors to each side: `welchCriticalValue` or `sequentialCriticalValue`
 * @throws {RangeError} below two values an arm
 */
export const relativeLift = (
  treatment: Summary,
  control: Summary,
  criticalValue: number,
): RelativeLift | undefined => {
  positive('critical value', criticalValue);
  if (!(control.mean > 0)) return undefined;
  const ratio = treatment.mean / control.mean;
  const [ofTreatment, ofControl] = [meanVarianceOf(treatment), meanVarianceOf(control)];
  const g = (criticalValue ** 2 * ofControl) / control.mean ** 2;
  if (g >= 1) return { value: ratio - 1 };
  const spread = Math.sqrt(ofTreatment * (1 - g) + ratio ** 2 * ofControl);
  const reach = (criticalValue * spread) / control.mean;
  return {
    value: ratio - 1,
    interval: { lower: (ratio - reach) / (1 - g) - 1, upper: (ratio + reach) / (1 - g) - 1 },
  };
};
