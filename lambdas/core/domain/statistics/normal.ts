import { upperGamma } from './incomplete-gamma.ts';
import { openShare } from './input-checks.ts';

/** Φ(z), the share of a standard normal variable below z. Abramowitz & Stegun 7.1.22 and 6.5.17. */
export const normalBelow = (z: number): number => {
  const tail = upperGamma(0.5, (z * z) / 2) / 2;
  return z < 0 ? tail : 1 - tail;
};

const SQRT_2_PI = Math.sqrt(2 * Math.PI);

/**
 * Φ⁻¹(p), the value below which a standard normal variable lies with probability p.
 *
 * P. J. Acklam's rational approximation of 2003 (relative error 1.15e-9), and on it one step of
 * Halley's method, which is his refinement to full precision.
 *
 * @throws {RangeError} unless 0 < p < 1
 */
export const normalQuantile = (p: number): number => {
  openShare('p', p);
  if (p > 0.5) return -normalQuantile(1 - p);
  const start = p < CENTRAL ? inTail(p) : inCentre(p);
  const step = (normalBelow(start) - p) * SQRT_2_PI * Math.exp((start * start) / 2);
  return start - step / (1 + (start * step) / 2);
};

const CENTRAL = 0.02425;

const inCentre = (p: number): number => {
  const q = p - 0.5;
  const numerator = polynomial(
    [
      -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269,
      -30.66479806614716, 2.506628277459239,
    ],
    q * q,
  );
  const denominator = polynomial(
    [
      -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972,
      -13.28068155288572, 1,
    ],
    q * q,
  );
  return (numerator * q) / denominator;
};

const inTail = (p: number): number => {
  const q = Math.sqrt(-2 * Math.log(p));
  const numerator = polynomial(
    [
      -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
      4.374664141464968, 2.938163982698783,
    ],
    q,
  );
  const denominator = polynomial(
    [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1],
    q,
  );
  return numerator / denominator;
};

/** Coefficients from the highest power down, by Horner's scheme. */
const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
