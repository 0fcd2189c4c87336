import { finite, wholeNumber } from './input-checks.ts';

/** What a mean and a variance need of a sample, one value a customer. Summaries of parts merge. */
export interface Summary {
  /** Values, zeros included. */
  readonly n: number;
  readonly mean: number;
  /** Σ (value − mean)², in the square of the value's unit. */
  readonly m2: number;
}

/** What `SELECT count(*), sum(x), sum(x * x)` gives. */
export interface Sums {
  readonly n: number;
  readonly sum: number;
  readonly sumOfSquares: number;
}

/**
 * Of values, in one pass (B. P. Welford, Technometrics 4 (1962) 419–420): no digits are lost
 * where the mean is large beside the spread.
 *
 * @throws {RangeError} for a value that is not finite
 */
export const summaryOf = (values: Iterable<number>): Summary => {
  let [n, mean, m2] = [0, 0, 0];
  for (const value of values) {
    n++;
    const away = finite(`value ${n}`, value) - mean;
    mean += away / n;
    m2 += away * (value - mean);
  }
  return { n, mean, m2 };
};

/**
 * Of sums that a database made. Exact for money in minor units while the sum of squares stays below
 * 2^53; of values whose spread is small beside their mean it loses digits.
 *
 * @throws {RangeError} where no sample has these sums
 */
export const summaryOfSums = ({ n, sum, sumOfSquares }: Sums): Summary => {
  wholeNumber('n', n);
  finite('sum', sum);
  finite('sum of squares', sumOfSquares);
  if (n === 0) {
    if (sum === 0 && sumOfSquares === 0) return { n: 0, mean: 0, m2: 0 };
    throw new RangeError(`sums: got ${sum} and ${sumOfSquares} of no values, expected zeros`);
  }
  const m2 = sumOfSquares - (sum * sum) / n;
  if (m2 < -ROUNDING * sumOfSquares)
    throw new RangeError(
      `sum of squares: got ${sumOfSquares} for ${n} values with the sum ${sum}, expected at least ${(sum * sum) / n}; are both of the same column and rows?`,
    );
  return { n, mean: sum / n, m2: Math.max(0, m2) };
};

/** Sums of millions of values in double precision differ by less. */
const ROUNDING = 1e-9;

/**
 * The sample variance, divided by n − 1.
 *
 * @throws {RangeError} below two values
 */
export const varianceOf = ({ n, m2 }: Summary): number =>
  finite('sum of squared differences', m2) / (wholeNumber('n', n, 2) - 1);

/** The squared standard error of the mean. */
export const meanVarianceOf = (summary: Summary): number => varianceOf(summary) / summary.n;
