import type { Retrier } from './definition.ts';
import { ErrorName, matchesError, type StateError } from './errors.ts';

/** What AWS takes for a retrier's missing fields. */
export const retryDefaults = { intervalSeconds: 1, maxAttempts: 3, backoffRate: 2 } as const;

/** The delay before the attempt that follows `attempts` earlier retries by the same retrier. */
export const retryDelaySeconds = (
  retrier: Retrier,
  attempts: number,
  random: () => number,
): number => {
  const grown = retrier.intervalSeconds * retrier.backoffRate ** attempts;
  const capped = Math.min(grown, retrier.maxDelaySeconds ?? Infinity);
  return retrier.hasFullJitter ? capped * random() : capped;
};

/** Counts each retrier's attempts apart, as AWS does, for one stay in a state. */
export class RetryPolicy {
  readonly #retriers: readonly Retrier[];
  readonly #attempts = new Map<Retrier, number>();

  constructor(retriers: readonly Retrier[]) {
    this.#retriers = retriers;
  }

  /** Seconds until the next attempt, or undefined when this failure is not to be retried. */
  nextDelay(failure: StateError, random: () => number): number | undefined {
    // AWS never retries these, whatever a retrier names.
    if (failure.error === ErrorName.runtime) return undefined;
    const retrier = this.#retriers.find(({ errorEquals }) => matchesError(errorEquals, failure));
    if (retrier === undefined) return undefined;
    const attempts = this.#attempts.get(retrier) ?? 0;
    if (attempts >= retrier.maxAttempts) return undefined;
    this.#attempts.set(retrier, attempts + 1);
    return retryDelaySeconds(retrier, attempts, random);
  }
}
