import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { AthenaClient } from '@aws-sdk/client-athena';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { athenaQueryResults } from '#core/adapters/athena-query-results.ts';
import { dynamoScoreModels, dynamoScoreWriter } from '#core/adapters/dynamo-scores.ts';
import { metrics as names } from '#core/contracts/metrics.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { riskQuantiles } from '#core/runtime/shops.ts';
import { loadScoresContract, loadScoresInput } from './contract.ts';
import { type LoadedScores, loadScores } from './load-scores.ts';

const env = readEnv(loadScoresContract);
const serviceName = loadScoresContract.name;
const logger = new Logger({ serviceName });
const metrics = new Metrics({ namespace: names.namespace, serviceName });
const dynamo = new DynamoDBClient();

const load = loadScores({
  results: athenaQueryResults(new AthenaClient()),
  models: dynamoScoreModels(dynamo, env.SCORES_TABLE_NAME),
  scores: dynamoScoreWriter(dynamo, env.SCORES_TABLE_NAME, pause, Math.random),
  quantiles: riskQuantiles,
});

/** Called by score-customers, once a bucket. */
export const handler = async (event: unknown): Promise<LoadedScores> => {
  const loaded = await load(loadScoresInput.parse(event));
  metrics.addMetric(names.customersScored, MetricUnit.Count, loaded.customers);
  metrics.addMetric(names.customersNotScored, MetricUnit.Count, loaded.leftOut);
  metrics.publishStoredMetrics();
  logger.info('customers scored', { ...loaded });
  return loaded;
};
