import { Logger } from '@aws-lambda-powertools/logger';
import { AthenaClient } from '@aws-sdk/client-athena';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { bedrockBatch } from '#core/adapters/bedrock-batch.ts';
import { athenaQueryResults } from '#core/adapters/athena-query-results.ts';
import { dynamoCatalogue } from '#core/adapters/dynamo-catalogue.ts';
import { dynamoCatalogueScan } from '#core/adapters/dynamo-catalogue-scan.ts';
import { dynamoProductContents } from '#core/adapters/dynamo-product-contents.ts';
import { s3Objects } from '#core/adapters/s3-objects.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { askingBy } from '#core/runtime/asking.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { content, shops } from '#core/runtime/shops.ts';
import { planContentContract, planContentInput } from './contract.ts';
import { planContent, type PlannedRun } from './plan-content.ts';

const env = readEnv(planContentContract);
const logger = new Logger({ serviceName: planContentContract.name });
const dynamo = new DynamoDBClient();
const config = content ?? notConfigured();
const asking = askingBy(config);

const plan = planContent({
  results: athenaQueryResults(new AthenaClient()),
  catalogue: {
    ...dynamoCatalogue(dynamo, env.CATALOGUE_TABLE_NAME),
    ...dynamoCatalogueScan(dynamo, env.CATALOGUE_TABLE_NAME),
  },
  contents: dynamoProductContents(dynamo, env.CONTENT_TABLE_NAME),
  objects: s3Objects(new S3Client({ forcePathStyle: true }), env.RUNS_BUCKET_NAME),
  bucket: env.RUNS_BUCKET_NAME,
  config,
  shops,
  prompt: asking.prompt.version,
  batch: bedrockBatch({ ...asking, digest: sha256Digest }),
  digest: sha256Digest,
  now: () => new Date(),
});

/** Called by roll-out-content, once a run. */
export const handler = async (event: unknown): Promise<PlannedRun> => {
  const planned = await plan(planContentInput.parse(event));
  logger.info('roll-out planned', { ...planned });
  return planned;
};

function notConfigured(): never {
  throw new Error('plan-content: afterglow.config.ts has no `content`, by which texts are drafted');
}
