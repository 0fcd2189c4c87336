import { incompleteBeta } from './incomplete-beta.ts';
import { openShare, positive } from './input-checks.ts';
import { logGamma } from './log-gamma.ts';
import { normalQuantile } from './normal.ts';

/** From here on the expansion's next term is below 1e-14. */
const EXPANSION_FROM_DF = 1_000;

/**
 * The value below which a variable of Student's t distribution lies with probability p.
 *
 * @param df degrees of freedom, above 0; Welch's are fractions
 * @throws {RangeError} unless 0 < p < 1 and df > 0
 */
export const studentTQuantile = (p: number, df: number): number => {
  openShare('p', p);
  positive('degrees of freedom', df);
  if (p === 0.5) return 0;
  if (p < 0.5) return -fromTail(p, df);
  return fromTail(1 - p, df);
};

const fromTail = (tail: number, df: number): number =>
  df >= EXPANSION_FROM_DF ? expanded(-normalQuantile(tail), df) : solved(tail, df);

/** Fisher and Cornish's expansion: Abramowitz & Stegun 26.7.5. */
const expanded = (z: number, df: number): number => {
  const s = z * z;
  const terms = [
    (z * (s + 1)) / 4,
    (z * ((5 * s + 16) * s + 3)) / 96,
    (z * (((3 * s + 19) * s + 17) * s - 15)) / 384,
    (z * ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945)) / 92_160,
  ];
  return terms.reduceRight((sum, term) => (sum + term) / df, 0) + z;
};

/** P(T > t) for t ≥ 0: Abramowitz & Stegun 26.7.1. */
const tailAbove = (t: number, df: number): number => {
  const whole = df + t * t;
  return incompleteBeta(df / 2, 0.5, df / whole, (t * t) / whole) / 2;
};

const MAX_STEPS = 200;

/** Newton's method on ln of the tail, kept within a bracket that halves where a step leaves it. */
const solved = (tail: number, df: number): number => {
  let [below, above] = [0, 1];
  while (tailAbove(above, df) > tail) [below, above] = [above, above * 2];
  let t = (below + above) / 2;
  for (let step = 0; step < MAX_STEPS; step++) {
    const at = tailAbove(t, df);
    if (at > tail) below = t;
    else above = t;
    const newton = t + (at * Math.log(at / tail)) / density(t, df);
    const next = newton > below && newton < above ? newton : (below + above) / 2;
    if (Math.abs(next - t) <= 1e-15 * t) return next;
    t = next;
  }
  return t;
};

const density = (t: number, df: number): number =>
  Math.exp(
    logGamma((df + 1) / 2) -
      logGamma(df / 2) -
      Math.log(df * Math.PI) / 2 -
      ((df + 1) / 2) * Math.log1p((t * t) / df),
  );
