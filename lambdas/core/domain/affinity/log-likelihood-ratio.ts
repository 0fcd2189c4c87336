/** Orders by whether they have the one product and the other. */
export interface PairTable {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

/**
 * The log-likelihood ratio G² of a table of two by two, 0 or more (Dunning, "Accurate Methods for the Statistics of
 * Surprise and Coincidence", 1993).
 */
export const llr = ({ both, onlyFirst, onlySecond, neither }: PairTable): number => {
  const cells = entropy(both, onlyFirst, onlySecond, neither);
  const rows = entropy(both + onlyFirst, onlySecond + neither);
  const columns = entropy(both + onlySecond, onlyFirst + neither);
  return Math.max(0, 2 * (rows + columns - cells));
};

/** The same below zero where the two are together less often than by chance. */
export const signedLlr = (table: PairTable): number => {
  const { both, onlyFirst, onlySecond, neither } = table;
  return both * neither < onlyFirst * onlySecond ? -llr(table) : llr(table);
};

/** Not divided by the sum: `N log N - sum of n log n`. */
const entropy = (...counts: readonly number[]): number =>
  xLogX(counts.reduce((sum, count) => sum + count, 0)) -
  counts.reduce((sum, count) => sum + xLogX(count), 0);

const xLogX = (x: number): number => (x === 0 ? 0 : x * Math.log(x));
