import { finite } from './input-checks.ts';
import { type Summary, type Sums, summaryOfSums } from './summary.ts';

/** Of two values a customer: a metric and its value before, or a numerator and its denominator. */
export interface PairSummary {
  readonly x: Summary;
  /** As many values as x. */
  readonly y: Summary;
  /** Σ (x − mean of x)(y − mean of y) */
  readonly products: number;
}

/** What `SELECT count(*), sum(x), sum(x * x), sum(y), sum(y * y), sum(x * y)` gives. */
export interface PairSums {
  readonly n: number;
  readonly x: Omit<Sums, 'n'>;
  readonly y: Omit<Sums, 'n'>;
  readonly sumOfProducts: number;
}

/** @throws {RangeError} where no sample has these sums */
export const pairSummaryOfSums = ({ n, x, y, sumOfProducts }: PairSums): PairSummary => ({
  x: summaryOfSums({ n, ...x }),
  y: summaryOfSums({ n, ...y }),
  products: finite('sum of products', sumOfProducts) - (n === 0 ? 0 : (x.sum * y.sum) / n),
});

/**
 * Of pairs, in one pass.
 *
 * P. Pébay, "Formulas for robust, one-pass parallel computation of covariances and arbitrary-order
 * statistical moments", Sandia SAND2008-6212 (2008).
 *
 * @throws {RangeError} for a value that is not finite
 */
export const pairSummaryOf = (
  pairs: Iterable<{ readonly x: number; readonly y: number }>,
): PairSummary => {
  let [n, meanX, meanY, m2X, m2Y, products] = [0, 0, 0, 0, 0, 0];
  for (const { x, y } of pairs) {
    n++;
    const awayX = finite(`x ${n}`, x) - meanX;
    const awayY = finite(`y ${n}`, y) - meanY;
    meanX += awayX / n;
    meanY += awayY / n;
    m2X += awayX * (x - meanX);
    m2Y += awayY * (y - meanY);
    products += awayX * (y - meanY);
  }
  return { x: { n, mean: meanX, m2: m2X }, y: { n, mean: meanY, m2: m2Y }, products };
};
