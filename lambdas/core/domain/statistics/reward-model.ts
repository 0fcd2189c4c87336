import { finite, positive } from './input-checks.ts';

/** Where something was done: what is known of the moment, and the place that it was done at. */
export interface Situation {
  readonly context: string;
  readonly slot: string;
}

export interface ObservedReward extends Situation {
  readonly action: string;
  readonly reward: number;
}

/** q̂(context, action): the mean reward that is expected of an action, one that was never seen included. */
export type RewardModel = (situation: Situation, action: string) => number;

/**
 * Rows that the wider mean counts for. It says how soon a mean is believed, not what is found: `doublyRobust` is unbiased
 * with any, only its variance differs.
 */
const PRIOR_ROWS = 50;

/**
 * A direct model of rewards: the mean of context × slot × action, shrunk towards that of slot × action, that towards the
 * action's and that towards the mean of all. What was never seen has the mean of the next wider that was.
 *
 * To cross-fit, halve the log by cluster, fit each half, and ask for a row the model of the half that it is not in.
 *
 * @param priorRows rows that the wider mean counts for
 * @throws {RangeError} for a reward that is not finite, or prior rows that are not above zero
 */
export const fitRewards = (
  observed: Iterable<ObservedReward>,
  priorRows = PRIOR_ROWS,
): RewardModel => {
  positive('prior rows', priorRows);
  const sums = new Map<string, { rows: number; reward: number }>();
  for (const { context, slot, action, reward } of observed)
    for (const key of keysOf({ context, slot }, action)) {
      const sum = sums.get(key) ?? { rows: 0, reward: 0 };
      sum.rows++;
      sum.reward += finite('reward', reward);
      sums.set(key, sum);
    }
  const all = sums.get(ALL);
  const overall = all === undefined ? 0 : all.reward / all.rows;
  return (situation, action) =>
    keysOf(situation, action).reduce((wider, key) => {
      const sum = sums.get(key);
      return sum === undefined ? wider : (sum.reward + priorRows * wider) / (sum.rows + priorRows);
    }, overall);
};

const ALL = '[]';

/** From the widest to the narrowest; as JSON, so that no text runs into the next. */
const keysOf = ({ context, slot }: Situation, action: string): readonly string[] => [
  ALL,
  JSON.stringify([action]),
  JSON.stringify([action, slot]),
  JSON.stringify([action, slot, context]),
];
