import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { AthenaClient } from '@aws-sdk/client-athena';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { athenaQueryResults } from '#core/adapters/athena-query-results.ts';
import { dynamoAffinityWriter } from '#core/adapters/dynamo-affinity.ts';
import { metrics as names } from '#core/contracts/metrics.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { affinityExpireDays } from '#core/runtime/shops.ts';
import { loadAffinityContract, loadAffinityInput } from './contract.ts';
import { loadAffinity, type LoadedAffinity } from './load-affinity.ts';

const env = readEnv(loadAffinityContract);
const serviceName = loadAffinityContract.name;
const logger = new Logger({ serviceName });
const metrics = new Metrics({ namespace: names.namespace, serviceName });
const patience = { pause, draw: Math.random };

const load = loadAffinity({
  results: athenaQueryResults(new AthenaClient()),
  lists: dynamoAffinityWriter(new DynamoDBClient(), env.AFFINITY_TABLE_NAME, patience),
  now: () => new Date(),
  expireDays: affinityExpireDays,
});

/** Called by learn-affinity, once a run. */
export const handler = async (event: unknown): Promise<LoadedAffinity> => {
  const loaded = await load(loadAffinityInput.parse(event));
  metrics.addMetric(names.affinityListsKept, MetricUnit.Count, loaded.lists);
  metrics.publishStoredMetrics();
  logger.info('affinity lists kept', { ...loaded });
  return loaded;
};
