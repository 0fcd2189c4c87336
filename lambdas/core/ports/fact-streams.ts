import type { AnyFact } from '../contracts/facts.ts';

/** Where facts go to the lake; a row may arrive twice, its `fact_id` is the same. */
export interface FactStreams {
  /** @throws when not every row was taken: put all of them again */
  readonly put: (facts: readonly AnyFact[]) => Promise<void>;
}
