import { finite, positive } from './input-checks.ts';

/** What was done at random and what came of it, beside what another policy would have done there. */
export interface LoggedReward {
  /** What came of it, in any one unit; zero where nothing did. */
  readonly reward: number;
  /** How likely the policy that ran was to do what it did, above 0 and up to 1, as it was logged then. */
  readonly propensity: number;
  /** How likely the target policy is to do the same there, 0 to 1. */
  readonly target: number;
  /** Rows of one cluster depend on each other, as those of a session do. @default each row is its own */
  readonly cluster?: string | undefined;
}

export interface WeightOptions {
  /**
   * Weights above it count as it: less variance for a bias towards what weights are not cut of, mostly downwards
   * (E. L. Ionides, "Truncated importance sampling", JCGS 17 (2008) 295–311).
   *
   * @default none is cut
   */
  readonly maxWeight?: number | undefined;
}

/**
 * How often the row counts for the target policy: target / propensity, at most the largest weight.
 *
 * @throws {RangeError} for a propensity that is not above 0 and up to 1, or a target outside 0 to 1
 */
export const weightOf = (
  { propensity, target }: Pick<LoggedReward, 'propensity' | 'target'>,
  { maxWeight = Infinity }: WeightOptions = {},
): number => {
  if (!(propensity > 0 && propensity <= 1))
    throw new RangeError(
      `propensity: got ${propensity}, expected a number above 0 and up to 1: what was shown had a chance to be`,
    );
  if (!(target >= 0 && target <= 1))
    throw new RangeError(`target: got ${target}, expected a probability from 0 to 1`);
  return Math.min(
    target / propensity,
    maxWeight === Infinity ? maxWeight : positive('largest weight', maxWeight),
  );
};

/** How much a log says about a policy, whatever the rewards are. */
export interface WeightSummary {
  readonly rows: number;
  /**
   * (Σ w)² / Σ w²: as many rows of the target policy's own would say as much; 0 where no row says anything (L. Kish,
   * Survey Sampling (1965); A. B. Owen, Monte Carlo Theory, Methods and Examples (2013), chapter 9).
   */
  readonly effectiveSampleSize: number;
  /** Before any is cut. */
  readonly largestWeight: number;
  /** Rows whose weight was cut. */
  readonly cut: number;
  /** The share of rows where the target policy might have done the same. */
  readonly support: number;
  /**
   * Before any is cut. In expectation it is the share of what the target policy does that the log could show: 1 where the
   * policy that ran might have done all of it, less where the target policy does what never had a chance. Well away from 1,
   * propensities or target are not what they are said to be (Owen, chapter 9).
   */
  readonly meanWeight: number;
}

/** @throws {RangeError} for a propensity or target that is none */
export const weightSummary = (
  rows: Iterable<Pick<LoggedReward, 'propensity' | 'target'>>,
  options: WeightOptions = {},
): WeightSummary => {
  let [n, uncut, sum, sumOfSquares, largestWeight, cut, supported] = [0, 0, 0, 0, 0, 0, 0];
  for (const row of rows) {
    const [whole, weight] = [weightOf(row), weightOf(row, options)];
    n++;
    uncut += whole;
    sum += weight;
    sumOfSquares += weight * weight;
    largestWeight = Math.max(largestWeight, whole);
    cut += Number(weight < whole);
    supported += Number(whole > 0);
  }
  return {
    rows: n,
    effectiveSampleSize: sumOfSquares === 0 ? 0 : finite('sum of weights', sum) ** 2 / sumOfSquares,
    largestWeight,
    cut,
    support: n === 0 ? 0 : supported / n,
    meanWeight: n === 0 ? 0 : uncut / n,
  };
};
