import { logGamma } from './log-gamma.ts';

const MAX_TERMS = 10_000;
const EPSILON = 1e-16;
/** Keeps a denominator of Lentz's method from being zero. */
const TINY = 1e-300;

/**
 * Q(a, x) = Γ(a, x) / Γ(a), the upper tail of the regularised incomplete gamma function.
 *
 * Abramowitz & Stegun, Handbook of Mathematical Functions (1964): the series 6.5.29 below x = a + 1,
 * the continued fraction 6.5.31 above it (by W. J. Lentz's method, Applied Optics 15 (1976) 668–671).
 *
 * @param a above 0
 * @param x at least 0
 */
export const upperGamma = (a: number, x: number): number => {
  if (x <= 0) return 1;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? 1 - scale * lowerSeries(a, x) : scale * upperFraction(a, x);
};

const lowerSeries = (a: number, x: number): number => {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MAX_TERMS && Math.abs(term) > Math.abs(sum) * EPSILON; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
};

const upperFraction = (a: number, x: number): number => {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MAX_TERMS; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / awayFromZero(an * d + b);
    c = awayFromZero(b + an / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < EPSILON) break;
  }
  return fraction;
};

const awayFromZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
