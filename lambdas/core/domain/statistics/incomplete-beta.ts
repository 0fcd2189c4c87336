import { logGamma } from './log-gamma.ts';

const MAX_TERMS = 10_000;
const EPSILON = 1e-16;
/** Keeps a denominator of Lentz's method from being zero. */
const TINY = 1e-300;

/**
 * I_x(a, b), the regularised incomplete beta function.
 *
 * Abramowitz & Stegun, Handbook of Mathematical Functions (1964), 26.5.8, evaluated by W. J. Lentz's
 * method (Applied Optics 15 (1976) 668–671) on the side where it converges fast; the other side is 26.5.2.
 *
 * @param a above 0
 * @param b above 0
 * @param x in [0, 1]
 * @param rest 1 − x, where the caller has it without the rounding error of the subtraction
 */
export const incompleteBeta = (a: number, b: number, x: number, rest = 1 - x): number => {
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  return x < (a + 1) / (a + b + 2) ? fromBelow(a, b, x, rest) : 1 - fromBelow(b, a, rest, x);
};

const fromBelow = (a: number, b: number, x: number, rest: number): number => {
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  return (Math.exp(a * logOf(x, rest) + b * logOf(rest, x) - logBeta) * fraction(a, b, x)) / a;
};

/** ln x, which near one is known better from 1 − x. */
const logOf = (x: number, rest: number): number => (x > 0.5 ? Math.log1p(-rest) : Math.log(x));

const fraction = (a: number, b: number, x: number): number => {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < MAX_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < EPSILON) break;
  }
  return value;
};

const awayFromZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
