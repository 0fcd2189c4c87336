import { seededDraws } from '#core/domain/offers/seeded-draws.ts';
import { noCounters } from './counters.ts';
import { policies, type Schedule } from './policies.ts';
import { worldOf } from './world.ts';

export interface Simulation extends Schedule {
  readonly offers: number;
  readonly impressions: number;
  /** Impressions after which a success is counted. */
  readonly delay: number;
}

/**
 * Shows one policy's offers in the world of a seed, and sums what they are truly worth.
 *
 * @returns what was forgone, of what the best offer would have earned each time: 0 is perfect
 */
export const relativeRegret = (
  name: string,
  seed: string,
  { offers, impressions, delay, ...schedule }: Simulation,
  onProgress: (share: number) => void = () => undefined,
): number => {
  const policy = new Map(Object.entries(policies)).get(name);
  if (policy === undefined)
    throw new Error(
      `no policy ${JSON.stringify(name)}; there are ${Object.keys(policies).join('; ')}`,
    );
  const world = worldOf(offers, seed);
  const counters = noCounters(offers);
  const choose = policy(world, counters, seededDraws(`${name} ${seed}`), schedule);
  const { uniform } = seededDraws(`customers ${name} ${seed}`);
  const onTheirWay = new Int32Array(delay + 1).fill(-1);
  let earned = 0;
  for (let impression = 0; impression < impressions; impression++) {
    const chosen = choose(impression);
    earned += world.expectedMinor[chosen] ?? 0;
    counters.shown[chosen] = (counters.shown[chosen] ?? 0) + 1;
    onTheirWay[impression % (delay + 1)] = uniform() < (world.rate[chosen] ?? 0) ? chosen : -1;
    const due = onTheirWay[(impression + 1) % (delay + 1)] ?? -1;
    if (due >= 0) counters.accepted[due] = (counters.accepted[due] ?? 0) + 1;
    if (impression % 2_000 === 0) onProgress(impression / impressions);
  }
  return 1 - earned / (impressions * world.bestMinor);
};
