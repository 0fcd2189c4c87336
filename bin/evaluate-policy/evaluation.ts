import { bucketOf } from '#core/domain/experiments/assignment.ts';
import { type WeightSummary, weightSummary } from '#core/domain/statistics/importance-weights.ts';
import {
  doublyRobust,
  inversePropensity,
  type ModelledReward,
  type OffPolicyEstimate,
  type OffPolicyOptions,
  selfNormalised,
} from '#core/domain/statistics/off-policy.ts';
import { fitRewards, type RewardModel } from '#core/domain/statistics/reward-model.ts';
import { type Log, type LoggedRow, UnusableLog } from './logged-row.ts';
import type { Distribution, Policy } from './policies.ts';

/** What a log says of one policy. */
export interface Evaluation {
  readonly policy: string;
  /** Absent where fewer than two clusters are left. */
  readonly estimates?: Estimates | undefined;
  readonly weights: WeightSummary;
  /** Rows with a weight and a reward: what the estimates are made of. */
  readonly rewarded: number;
  /** Rows left out as not all of their candidates are known. */
  readonly leftOut: number;
  /** Rows where the policy has nothing to show. */
  readonly showsNothing: number;
}

export interface Estimates {
  readonly ips: OffPolicyEstimate;
  /** Absent where the policy does nothing that was done. */
  readonly snips?: OffPolicyEstimate | undefined;
  readonly dr: OffPolicyEstimate;
  /** The weights' mean with its interval, before any is cut: 1 where the log could show all that the policy does. */
  readonly coverage: OffPolicyEstimate;
}

/** What was learnt from each half of the log, to be used on the other. */
interface Half {
  /** By context, slot and action: predicts. */
  readonly model: RewardModel;
  /** Over all slots: chooses. */
  readonly learnt: RewardModel;
}

/**
 * The mean reward of the log as it is, which is what the policy that ran earns.
 *
 * @throws {UnusableLog} for fewer than two clusters, with what was left out
 */
export const logged = (
  { rows, from, notes }: Log,
  options: OffPolicyOptions,
): OffPolicyEstimate => {
  const clusters = new Set(rows.map(({ name, cluster }) => cluster ?? name)).size;
  if (clusters < 2)
    throw new UnusableLog(
      `${from}: got ${rows.length} usable rows of ${clusters} sessions or clusters, expected at least two, to tell chance by${notes.map((note) => `; ${note}`).join('')}`,
    );
  return inversePropensity(
    rows.map((row) => ({ ...row, propensity: 1, target: 1 })),
    options,
  );
};

/**
 * Evaluates policies on one log. It is halved by cluster; a policy that learns and the model of rewards learn from the half
 * that a row is not in.
 *
 * @throws {UnusableLog} for a row that does not fit a policy
 */
export const evaluate = (
  rows: readonly LoggedRow[],
  policies: readonly Policy[],
  options: OffPolicyOptions,
): readonly Evaluation[] => {
  const halves = halved(rows);
  return policies.map((policy) => {
    const placed = placedRows(halves, policy);
    return evaluationOf(policy.name, placed, rows.length, options);
  });
};

interface HalvedRow {
  readonly row: LoggedRow;
  /** Which half it is in, and with what the other half learnt. */
  readonly half: 0 | 1;
  readonly other: Half;
}

const halved = (rows: readonly LoggedRow[]): readonly HalvedRow[] => {
  const isSecond = rows.map(({ name, cluster }) => bucketOf(HALVES, cluster ?? name) % 2 === 1);
  const [first, second] = [false, true].map((second) => {
    const half = rows.filter((_, at) => isSecond[at] === second);
    return {
      model: fitRewards(half),
      learnt: fitRewards(half.map((row) => ({ ...row, slot: '' }))),
    };
  });
  return rows.flatMap((row, at) => {
    const [half, other] = isSecond[at] === true ? ([1, first] as const) : ([0, second] as const);
    return other === undefined ? [] : [{ row, half, other }];
  });
};

/** Seeds the draw of the halves, which is the same whenever the log is read. */
const HALVES = 'evaluate-policy';

/** A row as the estimators take it; undefined where the policy cannot be placed, empty where it shows nothing. */
type Placed = { readonly reward: ModelledReward; readonly isEmpty: boolean } | undefined;

const placedRows = (rows: readonly HalvedRow[], policy: Policy): readonly Placed[] => {
  const situations = new Map<string, { does: Distribution; expected: number } | undefined>();
  return rows.map(({ row, half, other }) => {
    const { slot, context, candidates } = row;
    const key = JSON.stringify([half, slot, context, candidates?.key, candidates?.size]);
    const known = situations.get(key);
    const situation = known ?? situationOf(row, other, policy);
    if (known === undefined) situations.set(key, situation);
    if (situation === undefined) return undefined;
    const { does, expected } = situation;
    const target = does.get(row.action) ?? 0;
    const predicted = other.model(row, row.action);
    return { reward: { ...row, target, predicted, expected }, isEmpty: does.size === 0 };
  });
};

const situationOf = (row: LoggedRow, { model, learnt }: Half, policy: Policy) => {
  const does = policy.at(row, learnt);
  if (does === undefined) return undefined;
  const expected = [...does].reduce((sum, [action, share]) => sum + share * model(row, action), 0);
  return { does, expected };
};

const evaluationOf = (
  policy: string,
  placed: readonly Placed[],
  rows: number,
  options: OffPolicyOptions,
): Evaluation => {
  const known = placed.filter((one) => one !== undefined);
  const rewards = known.map(({ reward }) => reward);
  return {
    policy,
    weights: weightSummary(rewards, options),
    rewarded: rewards.filter(({ target, reward }) => target > 0 && reward !== 0).length,
    leftOut: rows - known.length,
    showsNothing: known.filter(({ isEmpty }) => isEmpty).length,
    estimates: estimatesOf(rewards, options),
  };
};

const estimatesOf = (
  rewards: readonly ModelledReward[],
  options: OffPolicyOptions,
): Estimates | undefined => {
  const clusters = new Set(rewards.map((row, at) => row.cluster ?? at)).size;
  if (clusters < 2) return undefined;
  return {
    ips: inversePropensity(rewards, options),
    snips: selfNormalised(rewards, options),
    dr: doublyRobust(rewards, options),
    coverage: inversePropensity(
      rewards.map((row) => ({ ...row, reward: 1 })),
      { alpha: options.alpha },
    ),
  };
};
