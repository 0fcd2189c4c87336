import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { bedrockBatch } from '../adapters/bedrock-batch.ts';
import { bedrockClientOptions } from '../adapters/bedrock-client.ts';
import { bedrockDrafter } from '../adapters/bedrock-drafter.ts';
import { bedrockGuardrail } from '../adapters/bedrock-guardrail.ts';
import { dynamoCatalogue } from '../adapters/dynamo-catalogue.ts';
import { dynamoDraftBudget } from '../adapters/dynamo-draft-budget.ts';
import { dynamoProductContents } from '../adapters/dynamo-product-contents.ts';
import { detectLanguage } from '../adapters/eld-language.ts';
import { eventBridgePublisher } from '../adapters/eventbridge-publisher.ts';
import { sha256Digest } from '../adapters/sha256-digest.ts';
import { draftProduct, type DraftProductDeps } from '../content/draft-product.ts';
import { requestsToDraft } from '../content/requests-to-draft.ts';
import { chosenModel, type ContentConfig } from '../contracts/content-config.ts';
import { askingBy } from './asking.ts';
import { shops } from './shops.ts';

interface DraftingEnv {
  readonly CATALOGUE_TABLE_NAME: string;
  readonly CONTENT_TABLE_NAME: string;
  readonly COUNTERS_TABLE_NAME: string;
  readonly EVENT_BUS_NAME: string;
  readonly GUARDRAIL_ID: string;
  readonly GUARDRAIL_VERSION: string;
}

/** What drafts are made by; made at cold start. */
export const openDrafting = (env: DraftingEnv, config: ContentConfig) => {
  const dynamo = new DynamoDBClient();
  const model = chosenModel(config);
  const asking = askingBy(config);
  const client = new BedrockRuntimeClient(bedrockClientOptions(model.timeoutSeconds));
  const deps: DraftProductDeps = {
    catalogue: dynamoCatalogue(dynamo, env.CATALOGUE_TABLE_NAME),
    contents: dynamoProductContents(dynamo, env.CONTENT_TABLE_NAME),
    budget: dynamoDraftBudget(dynamo, env.COUNTERS_TABLE_NAME),
    drafter: bedrockDrafter({ client, ...asking }),
    batch: bedrockBatch({ ...asking, digest: sha256Digest }),
    model,
    guardrail:
      env.GUARDRAIL_ID === ''
        ? undefined
        : bedrockGuardrail({
            client,
            guardrailId: env.GUARDRAIL_ID,
            guardrailVersion: env.GUARDRAIL_VERSION,
          }),
    publisher: eventBridgePublisher(new EventBridgeClient(), env.EVENT_BUS_NAME),
    config,
    shops,
    detectLanguage,
    digest: sha256Digest,
    now: () => new Date(),
  };
  return { draft: draftProduct(deps), toDraft: requestsToDraft(deps) };
};
