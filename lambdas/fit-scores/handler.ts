import { Logger } from '@aws-lambda-powertools/logger';
import { AthenaClient } from '@aws-sdk/client-athena';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { athenaQueryResults } from '#core/adapters/athena-query-results.ts';
import { dynamoScoreModels } from '#core/adapters/dynamo-scores.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { fitScoresContract, fitScoresInput } from './contract.ts';
import { fitScores, type FittedShop } from './fit-scores.ts';

const env = readEnv(fitScoresContract);
const logger = new Logger({ serviceName: fitScoresContract.name });

const fit = fitScores({
  results: athenaQueryResults(new AthenaClient()),
  models: dynamoScoreModels(new DynamoDBClient(), env.SCORES_TABLE_NAME),
});

/** Called by score-customers, once a run. */
export const handler = async (
  event: unknown,
): Promise<{ readonly shops: readonly FittedShop[] }> => {
  const fitted = await fit(fitScoresInput.parse(event));
  for (const shop of fitted.shops) logger.info('models fitted', { ...shop });
  return fitted;
};
