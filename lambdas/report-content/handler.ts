import { Logger } from '@aws-lambda-powertools/logger';
import { AthenaClient } from '@aws-sdk/client-athena';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { athenaQueryResults } from '#core/adapters/athena-query-results.ts';
import { dynamoCatalogue } from '#core/adapters/dynamo-catalogue.ts';
import { dynamoDraftBudget } from '#core/adapters/dynamo-draft-budget.ts';
import { dynamoProductContents } from '#core/adapters/dynamo-product-contents.ts';
import { s3Objects } from '#core/adapters/s3-objects.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { shops } from '#core/runtime/shops.ts';
import { reportContentContract, reportContentInput } from './contract.ts';
import { reportContent, type ReportedRun } from './report-content.ts';

const env = readEnv(reportContentContract);
const logger = new Logger({ serviceName: reportContentContract.name });
const dynamo = new DynamoDBClient();

const report = reportContent({
  results: athenaQueryResults(new AthenaClient()),
  objects: s3Objects(new S3Client({ forcePathStyle: true }), env.RUNS_BUCKET_NAME),
  contents: dynamoProductContents(dynamo, env.CONTENT_TABLE_NAME),
  catalogue: dynamoCatalogue(dynamo, env.CATALOGUE_TABLE_NAME),
  budget: dynamoDraftBudget(dynamo, env.COUNTERS_TABLE_NAME),
  shops,
  digest: sha256Digest,
  now: () => new Date(),
});

/** Called by roll-out-content, once a run. */
export const handler = async (event: unknown): Promise<ReportedRun> => {
  const reported = await report(reportContentInput.parse(event));
  logger.info('roll-out reported', { ...reported });
  return reported;
};
