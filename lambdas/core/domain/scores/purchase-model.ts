/**
 * Who buys again, and how often: a customer's orders come at a rate of their own (Poisson; rates are
 * spread by a gamma distribution), and after an order they may leave for good (with a probability of
 * their own; spread by a beta distribution).
 *
 * - BG/NBD: Fader, Hardie & Lee, "Counting your customers the easy way", Marketing Science 24(2), 2005.
 *   Nobody leaves before their second order.
 * - MBG/NBD: Batislam, Denizel & Filiztekin, "Empirical validation and comparison of models for
 *   customer base analysis", Int. J. of Research in Marketing 24(3), 2007. One may leave after the first.
 */
export type PurchaseModelName = 'BG/NBD' | 'MBG/NBD';

/** A fitted model; time is in weeks. */
export interface PurchaseModel {
  readonly name: PurchaseModelName;
  /** Shape and rate (weeks) of the gamma distribution of order rates. */
  readonly r: number;
  readonly alpha: number;
  /** The beta distribution of the probability to leave after an order. */
  readonly a: number;
  readonly b: number;
}

/** What the model needs to know of a customer; time is in weeks. */
export interface PurchaseHistory {
  /** Order days after the first (x). */
  readonly frequency: number;
  /** From the first order to the last (tₓ); 0 when there is but one. */
  readonly recency: number;
  /** From the first order to now (T). */
  readonly age: number;
}

/** How often the customer had the choice to leave and stayed, before the last one. */
export const staysOf = (name: PurchaseModelName, frequency: number): number =>
  name === 'MBG/NBD' ? frequency + 1 : frequency;

/**
 * ln of the odds that the customer left after the last order: in both models
 * a / (b + k − 1) · ((α + T) / (α + tₓ))^(r+x), where k counts their choices (x or x + 1).
 * −∞ where they had none.
 */
export const logOddsOfLeft = (
  { name, r, alpha, a, b }: PurchaseModel,
  { frequency, recency, age }: PurchaseHistory,
): number => {
  const stays = staysOf(name, frequency);
  if (stays === 0) return -Infinity;
  const silence = Math.log(alpha + age) - Math.log(alpha + recency);
  return Math.log(a) - Math.log(b + stays - 1) + (r + frequency) * silence;
};

/**
 * The probability that the customer has not left. For MBG/NBD Batislam et al. 2007; for BG/NBD it is 1
 * for everyone with one order (Fader, Hardie & Lee, "Computing P(alive) using the BG/NBD model",
 * 2008), so that it cannot rank them.
 */
export const probabilityAlive = (model: PurchaseModel, history: PurchaseHistory): number =>
  1 / (1 + Math.exp(logOddsOfLeft(model, history)));

/** What can be added to a sum of expected orders before it ends. */
const NEGLIGIBLE = 1e-14;

const MAX_TERMS = 1_000_000;

/**
 * Expected orders within the next weeks, E[Y(t) | x, tₓ, T].
 *
 * Summed as Σⱼ P(more than j orders if they never left) · E[they stay j times], which is the
 * published form (Fader, Hardie & Lee 2005; as here for MBG/NBD, Batislam et al. 2007)
 * (a+b+x)/(a−1) · [1 − ((α+T)/(α+T+t))^(r+x) ₂F₁(r+x, b+x+1; a+b+x; t/(α+T+t))] · P(alive)
 * without its pole at a = 1 and without its differences: no term is negative. The number of orders
 * has a negative binomial distribution, the products of stays are moments of the beta distribution.
 *
 * @param weeks 0 or more
 */
export const expectedPurchases = (
  model: PurchaseModel,
  history: PurchaseHistory,
  weeks: number,
): number => {
  if (weeks <= 0) return 0;
  const { a, b, alpha, r, name } = model;
  const shape = r + history.frequency;
  const stayed = b + staysOf(name, history.frequency);
  const share = weeks / (alpha + history.age + weeks);
  let logProbability = shape * Math.log1p(-share);
  let more = 1 - Math.exp(logProbability);
  let staying = 1;
  let sum = 0;
  for (let orders = 0; orders < MAX_TERMS && more > NEGLIGIBLE; orders++) {
    sum += more * staying;
    if (more * staying < NEGLIGIBLE * sum) break;
    staying *= (stayed + orders) / (a + stayed + orders);
    logProbability += Math.log(((shape + orders) / (orders + 1)) * share);
    more -= Math.exp(logProbability);
  }
  return sum * probabilityAlive(model, history);
};

/**
 * Weeks from now within which a share of customers like this one have ordered again, of those who have
 * not left: the quantile (α + T)((1 − p)^(−1/(r+x)) − 1) of the Lomax distribution, which waiting
 * times at a gamma-distributed rate have. With `age` = `recency` it counts from the last order.
 *
 * @param share in [0, 1)
 */
export const nextPurchaseWithin = (
  { r, alpha }: PurchaseModel,
  { frequency, age }: PurchaseHistory,
  share: number,
): number => (alpha + age) * Math.expm1(-Math.log1p(-share) / (r + frequency));
