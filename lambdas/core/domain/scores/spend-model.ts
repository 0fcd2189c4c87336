/**
 * What an order of a customer is worth: each has a mean of their own, which their orders are spread
 * around (gamma), and the means differ between customers (gamma): the gamma–gamma model of Fader,
 * Hardie & Lee, "RFM and CLV: using iso-value curves for customer base analysis", J. of Marketing
 * Research 42(4), 2005, in the notation of Fader & Hardie, "The gamma-gamma model of monetary
 * value", 2013. It takes values not to go with how often one orders.
 */
export interface SpendModel {
  /** Shape of a customer's order values. */
  readonly p: number;
  /** Shape of the spread between customers. */
  readonly q: number;
  /** Scale of that spread, in the values' unit (γ in the paper). */
  readonly v: number;
}

/** What a customer's orders were worth. */
export interface SpendHistory {
  /** Orders that the mean is of; all of them, or all but the first, as long as it is one way. */
  readonly transactions: number;
  /** Their mean value in one currency, of any one unit. */
  readonly meanValue: number;
}

/** Expected value of an order of anybody, p·v / (q − 1). */
export const populationValue = ({ p, q, v }: SpendModel): number => (p * v) / (q - 1);

/**
 * Expected value of the customer's next order in the unit of the values: their mean, drawn towards
 * everybody's, E(M | x, m̄) = p(v + x·m̄) / (px + q − 1) (Fader & Hardie 2013).
 *
 * @param history absent for a customer of whom no value is known
 */
export const expectedValue = (model: SpendModel, history?: SpendHistory): number => {
  const { p, q, v } = model;
  if (history === undefined || history.transactions === 0) return populationValue(model);
  const { transactions, meanValue } = history;
  return (p * (v + transactions * meanValue)) / (p * transactions + q - 1);
};
