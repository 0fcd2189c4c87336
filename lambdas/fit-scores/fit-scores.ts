import type { Fit } from '#core/domain/scores/fit.ts';
import { fitModels } from '#core/domain/scores/fit-models.ts';
import type { QueryResults } from '#core/ports/query-results.ts';
import type { ScoreModelStore } from '#core/ports/scores.ts';
import type { FitScoresInput } from './contract.ts';
import { readStatistics } from './statistics.ts';

export interface FitScoresDeps {
  readonly results: QueryResults;
  readonly models: Pick<ScoreModelStore, 'keep'>;
}

/** What came of a shop's statistics, for the execution's history and the log. */
export interface FittedShop {
  readonly shop: string;
  readonly customers: number;
  /** Customers whose last order is later than the latest fact of the lake. */
  readonly leftOut: number;
  /** `fitted`, or why not. */
  readonly purchases: string;
  readonly spend: string;
}

/**
 * Fits the models of every shop that has buyers, and keeps them in the place of those before. What cannot be fitted
 * is kept as such with its reason: last week's parameters do not stand in for it.
 *
 * @throws for an answer that is not of its view, and for statistics that cannot be
 */
export const fitScores =
  ({ results, models }: FitScoresDeps) =>
  async (input: FitScoresInput): Promise<{ readonly shops: readonly FittedShop[] }> => {
    const shops: FittedShop[] = [];
    for (const { shop, statistics, leftOut } of await readStatistics(results, input)) {
      const fitted = fitModels(statistics);
      await models.keep(shop, fitted);
      shops.push({
        shop,
        customers: fitted.purchases.customers,
        leftOut,
        purchases: inWords(fitted.purchases),
        spend: inWords(fitted.spend),
      });
    }
    return { shops };
  };

const inWords = <Model>(fit: Fit<Model>): string =>
  fit.kind === 'fitted' ? 'fitted' : fit.because;
