import type { DatedScore } from '../domain/scores/dated-score.ts';
import type { ScoreModels } from '../domain/scores/fit-models.ts';

/** What is expected of customers. */
export interface Scores {
  /**
   * The score of one customer.
   *
   * @param customerIds every id that they ordered under; of several scores the newest counts
   * @returns nothing for one who was never scored
   */
  readonly of: (shop: string, customerIds: readonly string[]) => Promise<DatedScore | undefined>;
}

/** A score under the name that the lake knows the customer by. */
export interface PseudonymScore {
  readonly pseudonym: string;
  readonly score: DatedScore;
}

export interface ScoreWriter {
  /**
   * Keeps scores in the place of those before; again is no different.
   *
   * @param scores any number, each pseudonym once
   * @throws when some could not be written, after tries
   */
  readonly keep: (scores: readonly PseudonymScore[]) => Promise<void>;
}

/** What customers of a shop are scored by. */
export interface ScoreModelStore {
  readonly of: (shop: string) => Promise<ScoreModels | undefined>;
  readonly keep: (shop: string, models: ScoreModels) => Promise<void>;
}
