import { type LoggedReward, weightOf, type WeightOptions } from './importance-weights.ts';
import { finite } from './input-checks.ts';
import type { Interval } from './interval.ts';
import { pairSummaryOf } from './pair-summary.ts';
import { ratioOfSums } from './ratio-of-sums.ts';
import { meanVarianceOf } from './summary.ts';
import { welchInterval } from './welch-interval.ts';

/** What a row would earn by the target policy, on average. */
export interface OffPolicyEstimate {
  readonly value: number;
  readonly standardError: number;
  readonly interval: Interval;
  /** Of which the standard error is; as many as rows where none was named. */
  readonly clusters: number;
}

export interface OffPolicyOptions extends WeightOptions {
  /** The share of such intervals that may miss the truth: .05 */
  readonly alpha: number;
}

/** What a model of rewards says of a row; it has to be fitted to other rows than this. */
export interface ModelledReward extends LoggedReward {
  /** Of what was done: q̂(context, action), in the reward's unit. */
  readonly predicted: number;
  /** Of what the target policy would do: Σ over actions of its probability times q̂(context, action). */
  readonly expected: number;
}

/**
 * Inverse propensity scoring (IPS, also IPW): the mean of w · reward with w = target / propensity. Unbiased where the
 * policy that ran might have done all that the target policy does, and noisy where the two differ much.
 *
 * D. G. Horvitz & D. J. Thompson, JASA 47 (1952) 663–685; M. Dudík, J. Langford, L. Li, "Doubly robust policy evaluation
 * and learning", ICML 2011, 1097–1104. Open Bandit Pipeline's `InverseProbabilityWeighting` (Y. Saito, S. Aihara,
 * M. Matsutani, Y. Narita, "Open Bandit Dataset and Pipeline", NeurIPS 2021) gives the same value. On its data the target is
 * what `BernoulliTS(is_zozotown_prior=True, campaign="men", random_state=12345).compute_batch_action_dist(n_sim=100000)`
 * says, by item and position, of the policy as it began; how often the log of that policy shows what is another target
 * (tests/fixtures/reference/open-bandit.py).
 *
 * The standard error is that of a mean; of clusters that of the ratio Σ w · reward / rows.
 *
 * @throws {RangeError} below two clusters, for a reward that is not finite and for a propensity or target that is none
 */
export const inversePropensity = (
  rows: Iterable<LoggedReward>,
  options: OffPolicyOptions,
): OffPolicyEstimate =>
  clusteredRatio(rows, options, (row) => ({ x: weightOf(row, options) * rewardOf(row), y: 1 }));

/**
 * Self-normalised (SNIPS): Σ w · reward / Σ w. Its bias shrinks with 1/n; it never leaves the range of the rewards, does not
 * change when all propensities are wrong by one factor, and is mostly less noisy than `inversePropensity`. The standard
 * error is the delta method's.
 *
 * A. Swaminathan & T. Joachims, "The self-normalized estimator for counterfactual learning", NeurIPS 2015, 3231–3239; the
 * variance: A. B. Owen, Monte Carlo Theory, Methods and Examples (2013), chapter 9 (here with n / (n − 1)).
 *
 * @returns undefined where the target policy does nothing that was done: nothing is known then, not zero
 * @throws {RangeError} as `inversePropensity` does
 */
export const selfNormalised = (
  rows: readonly LoggedReward[],
  options: OffPolicyOptions,
): OffPolicyEstimate | undefined =>
  rows.some((row) => weightOf(row, options) > 0)
    ? clusteredRatio(rows, options, (row) => {
        const weight = weightOf(row, options);
        return { x: weight * rewardOf(row), y: weight };
      })
    : undefined;

/**
 * Doubly robust (DR): the mean of expected + w · (reward − predicted). What a model of rewards says of the target policy,
 * corrected by where it was wrong. Unbiased when either propensities or model are right, and the less noisy the better the
 * model is: of a model that always says 0 it is `inversePropensity`.
 *
 * Dudík, Langford & Li (ICML 2011). With a model that was fitted to the row itself the standard error is too
 * small: fit it to the other part of the log, as `fitRewards` is meant to be used (cross-fitting: V. Chernozhukov et al.,
 * "Double/debiased machine learning", Econometrics Journal 21 (2018) C1–C68).
 *
 * @throws {RangeError} as `inversePropensity` does, and for a prediction that is not finite
 */
export const doublyRobust = (
  rows: Iterable<ModelledReward>,
  options: OffPolicyOptions,
): OffPolicyEstimate =>
  clusteredRatio(rows, options, (row) => {
    const residual = rewardOf(row) - finite('predicted', row.predicted);
    return { x: finite('expected', row.expected) + weightOf(row, options) * residual, y: 1 };
  });

const rewardOf = ({ reward }: LoggedReward): number => finite('reward', reward);

/** Σ x / Σ y, with clusters as its unit: of rows by themselves and y = 1 it is a mean. */
const clusteredRatio = <Row extends LoggedReward>(
  rows: Iterable<Row>,
  { alpha }: OffPolicyOptions,
  termsOf: (row: Row) => { readonly x: number; readonly y: number },
): OffPolicyEstimate => {
  const clusters = new Map<string | symbol, { readonly x: number; readonly y: number }>();
  for (const row of rows) {
    const { x, y } = termsOf(row);
    const key = row.cluster ?? Symbol('a row by itself');
    const sum = clusters.get(key) ?? { x: 0, y: 0 };
    clusters.set(key, { x: sum.x + x, y: sum.y + y });
  }
  const summary = ratioOfSums(pairSummaryOf(clusters.values()));
  const standardError = Math.sqrt(meanVarianceOf(summary));
  const estimate = { value: summary.mean, standardError, df: summary.n - 1 };
  return {
    value: summary.mean,
    standardError,
    interval: welchInterval(estimate, alpha),
    clusters: summary.n,
  };
};
