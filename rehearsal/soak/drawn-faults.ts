import type { Faults, Outage } from '../faults.ts';
import { between, pick, type Random, wholeBetween } from '../input/draws.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../input/duration.ts';
import { seededRandom } from '../random.ts';

/** Providers are down for hours, and what they were to send waits. */
const providers = ['ses', 'sms', 'push', 'bedrock'] as const;
const LONGEST_OF_PROVIDER_MS = 8 * HOUR_MS;

/** Longer than this, what carries the journeys is down for an operator to redrive executions: not modelled. */
const carriers = ['dynamodb', 'states', 'scheduler', 'events', 'sqs'] as const;
const LONGEST_OF_CARRIER_MS = 120 * SECOND_MS;

/** Most happens in the first weeks of an order. */
const OUTAGE_DAYS = 21;

/**
 * What goes wrong in a run, by its seed: each fault in half of the runs, mostly seldom and sometimes often.
 *
 * @param fromMs when the run begins, in milliseconds since 1970
 */
export const drawnFaults = (seed: string, fromMs: number): Faults => {
  const random = seededRandom(JSON.stringify(['soak', seed, 'faults']));
  const share = (most: number): number => (random() < 0.5 ? 0 : most * random() ** 2);
  return {
    bounces: share(0.1),
    unreachable: share(0.3),
    complaints: share(0.05),
    stops: share(0.3),
    throttles: share(0.1),
    crashes: { before: share(0.004), after: share(0.004) },
    timeouts: { before: share(0.002), after: share(0.002) },
    throttledTables: share(0.05),
    races: share(0.1),
    slowModels: share(0.1),
    refusedEvents: share(0.05),
    doubledEvents: share(0.2),
    lostEvents: share(0.02),
    clockSkewMinutes: Math.round(share(60)),
    bedrock: { throttled: share(0.2), timeout: share(0.1), unavailable: share(0.1) },
    outages: [
      ...drawnOutages(random, providers, LONGEST_OF_PROVIDER_MS, fromMs),
      ...drawnOutages(random, carriers, LONGEST_OF_CARRIER_MS, fromMs),
    ],
  };
};

const drawnOutages = (
  random: Random,
  services: readonly Outage['service'][],
  longestMs: number,
  startMs: number,
): readonly Outage[] =>
  Array.from({ length: wholeBetween(random, 0, 2) }, () => {
    const service = pick(random, services);
    const fromMs = Math.round(startMs + random() * OUTAGE_DAYS * DAY_MS);
    return { service, fromMs, untilMs: fromMs + Math.round(between(random, SECOND_MS, longestMs)) };
  });
