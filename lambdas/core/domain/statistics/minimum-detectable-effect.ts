import { openShare, positive } from './input-checks.ts';
import { normalQuantile } from './normal.ts';

/** The customary chance of seeing an effect that is there: J. Cohen, Statistical Power Analysis (1988), p. 56. */
export const CUSTOMARY_POWER = 0.8;

/**
 * The smallest true difference that a test with this standard error shows with the given chance.
 *
 * `(critical value + Φ⁻¹(power)) · standard error`: H. S. Bloom, "Minimum detectable effects", Evaluation
 * Review 19 (1995) 547–556. For a sequential reading it is that of one look; earlier looks add to it.
 *
 * @throws {RangeError} unless both numbers are above zero and 0 < power < 1
 */
export const minimumDetectableEffect = (
  standardError: number,
  criticalValue: number,
  power = CUSTOMARY_POWER,
): number =>
  (positive('critical value', criticalValue) + normalQuantile(openShare('power', power))) *
  positive('standard error', standardError);
