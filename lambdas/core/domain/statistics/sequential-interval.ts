import { openShare, positive, wholeNumber } from './input-checks.ts';
import { type Estimate, type Interval, intervalAround } from './interval.ts';

export interface SequentialSetting {
  /** Customers in both arms together. */
  readonly n: number;
  /** How often the truth may ever be missed, over all looks: .05. */
  readonly alpha: number;
  /** The number of customers in both arms at which the interval is to be tightest. Fixed beforehand. */
  readonly nStar: number;
}

/**
 * An interval that holds at every look at once, whenever one stops.
 *
 * I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy, A. Ramdas, "Time-uniform central limit theory
 * and asymptotic confidence sequences", Annals of Statistics 52 (2024) 2613–2640, theorem 2.2; ρ as
 * in equation 161 of arXiv:2103.06476v7. Asymptotic: it holds once the means are about normal,
 * and heavy-tailed revenue needs its floor of converters before.
 *
 * @throws {RangeError} unless 0 < alpha < 1, n ≥ 1 and nStar > 0
 */
export const sequentialInterval = (
  estimate: Pick<Estimate, 'value' | 'standardError'>,
  setting: SequentialSetting,
): Interval => intervalAround(estimate, sequentialCriticalValue(setting));

/** How many standard errors the interval reaches to each side. */
export const sequentialCriticalValue = ({ n, alpha, nStar }: SequentialSetting): number => {
  openShare('alpha', alpha);
  wholeNumber('n', n, 1);
  positive('nStar', nStar);
  const rhoSquared = (-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha) + 1)) / nStar;
  const information = n * rhoSquared + 1;
  return Math.sqrt((2 * information * Math.log(Math.sqrt(information) / alpha)) / (n * rhoSquared));
};
