import { openShare, positive } from './input-checks.ts';
import { CUSTOMARY_POWER } from './minimum-detectable-effect.ts';
import { normalQuantile } from './normal.ts';

export interface SampleSizeQuestion {
  /** Of the outcome between customers: for a proportion p it is p (1 − p). */
  readonly variance: number;
  /** The difference of means that matters. */
  readonly effect: number;
  readonly alpha: number;
  /** @default .8 */
  readonly power?: number | undefined;
  /** Treatment's share of both arms. @default .5 */
  readonly share?: number | undefined;
}

/**
 * Customers in both arms together for one look that sees the effect with the given power.
 *
 * `(Φ⁻¹(1 − α/2) + Φ⁻¹(power))² · variance · (1/share + 1/(1 − share)) / effect²`: J. M. Lachin,
 * Controlled Clinical Trials 2 (1981) 93–113. At equal arms it is R. Lehr's 16 σ²/δ² an arm
 * (Statistics in Medicine 11 (1992) 1099–1102).
 *
 * @throws {RangeError} for a number out of its range
 */
export const requiredSampleSize = ({
  variance,
  effect,
  alpha,
  power = CUSTOMARY_POWER,
  share = 0.5,
}: SampleSizeQuestion): number => {
  const reach =
    normalQuantile(1 - openShare('alpha', alpha) / 2) + normalQuantile(openShare('power', power));
  const arms = 1 / openShare('share', share) + 1 / (1 - share);
  return Math.ceil(
    (reach ** 2 * positive('variance', variance) * arms) /
      positive('size of the effect', Math.abs(effect)) ** 2,
  );
};
