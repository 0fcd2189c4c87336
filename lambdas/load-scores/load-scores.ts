import { rowsAs, type RowOf, scoreViews } from '#core/contracts/score-views.ts';
import type { RiskQuantiles } from '#core/domain/scores/at-risk.ts';
import type { DatedScore } from '#core/domain/scores/dated-score.ts';
import type { ScoreModels } from '#core/domain/scores/fit-models.ts';
import { scoreCustomer } from '#core/domain/scores/score-customer.ts';
import type { QueryResults } from '#core/ports/query-results.ts';
import type { PseudonymScore, ScoreModelStore, ScoreWriter } from '#core/ports/scores.ts';
import { daysAfter } from '#core/domain/journeys/local-time.ts';
import { once } from '#core/domain/once.ts';
import type { LoadScoresInput } from './contract.ts';

export interface LoadScoresDeps {
  readonly results: QueryResults;
  readonly models: Pick<ScoreModelStore, 'of'>;
  readonly scores: ScoreWriter;
  readonly quantiles: RiskQuantiles;
}

/** What came of a bucket. */
export interface LoadedScores {
  readonly bucket: string;
  readonly customers: number;
  /** Customers whose last order is later than the latest fact of the lake, or of a shop that has no models. */
  readonly leftOut: number;
}

/** Rows that are written side by side: ten requests of DynamoDB. */
const AT_ONCE = 250;

/**
 * Scores the customers of a bucket and keeps their scores, as their rows come: a bucket of any size takes the same
 * memory. Called again, it writes the same again. Who has a score but no row any more keeps it.
 *
 * @throws for an answer that is not of its view, and when scores could not be written
 */
export const loadScores =
  ({ results, models, scores, quantiles }: LoadScoresDeps) =>
  async ({ bucket, queryId }: LoadScoresInput): Promise<LoadedScores> => {
    const modelsOf = once(models.of);
    let [customers, leftOut] = [0, 0];
    let batch: PseudonymScore[] = [];
    const write = async (): Promise<void> => {
      await scores.keep(batch);
      customers += batch.length;
      batch = [];
    };
    const rows = rowsAs('customer_stats', scoreViews.customer_stats, results.rows(queryId));
    for await (const row of rows) {
      const fitted = await modelsOf(row.shop);
      if (fitted === undefined || row.days_since_last < 0) leftOut += 1;
      else batch.push({ pseudonym: row.customer, score: scoreOf(fitted, row, quantiles) });
      if (batch.length === AT_ONCE) await write();
    }
    await write();
    return { bucket, customers, leftOut };
  };

type Stats = RowOf<'customer_stats'>;

const DAYS_A_WEEK = 7;

/** Categories that are kept: a score of one kilobyte takes one write. */
const MOST_CATEGORIES = 8;

const DECIMALS = 4;

const scoreOf = (models: ScoreModels, row: Stats, quantiles: RiskQuantiles): DatedScore => {
  const score = scoreCustomer(
    models,
    {
      frequency: row.frequency,
      recency: row.recency_days / DAYS_A_WEEK,
      age: row.age_days / DAYS_A_WEEK,
      lastOrderDay: row.last_on,
      spentMinor: row.spend_minor,
      spend: spendOf(row),
      categories: row.categories === '' ? [] : row.categories.split('\n'),
    },
    quantiles,
  );
  return {
    ...score,
    probabilityAlive: rounded(score.probabilityAlive),
    expectedPurchases: rounded(score.expectedPurchases),
    propensities: score.propensities
      .slice(0, MOST_CATEGORIES)
      .map((each) => ({ ...each, score: Number(each.score.toFixed(DECIMALS)) })),
    scoredOn: daysAfter(row.last_on, row.days_since_last),
    lastOrderDay: row.last_on,
  };
};

const rounded = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : Number(value.toFixed(DECIMALS));

/** Counted as in the groups that the model is fitted to. */
const spendOf = ({ valued_days, mean_value }: Stats) =>
  mean_value === undefined ? undefined : { transactions: valued_days, meanValue: mean_value };
