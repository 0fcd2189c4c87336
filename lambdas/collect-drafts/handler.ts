import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { bedrockBatch } from '#core/adapters/bedrock-batch.ts';
import { dynamoDraftBudget } from '#core/adapters/dynamo-draft-budget.ts';
import { s3Objects } from '#core/adapters/s3-objects.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { askingBy } from '#core/runtime/asking.ts';
import { readEnv } from '#core/runtime/read-env.ts';
import { content } from '#core/runtime/shops.ts';
import { collectDrafts, type CollectedDrafts } from './collect-drafts.ts';
import { collectDraftsContract, collectDraftsInput } from './contract.ts';

const env = readEnv(collectDraftsContract);
const logger = new Logger({ serviceName: collectDraftsContract.name });
const asking = askingBy(content ?? notConfigured());

const collect = collectDrafts({
  objects: s3Objects(new S3Client({ forcePathStyle: true }), env.RUNS_BUCKET_NAME),
  batch: bedrockBatch({ ...asking, digest: sha256Digest }),
  budget: dynamoDraftBudget(new DynamoDBClient(), env.COUNTERS_TABLE_NAME),
  model: asking.model,
});

/** Called by roll-out-content, once a job that is done. */
export const handler = async (event: unknown): Promise<CollectedDrafts> => {
  const collected = await collect(collectDraftsInput.parse(event));
  logger.info('drafts collected', { ...collected });
  return collected;
};

function notConfigured(): never {
  throw new Error(
    'collect-drafts: afterglow.config.ts has no `content`, by which texts are drafted',
  );
}
