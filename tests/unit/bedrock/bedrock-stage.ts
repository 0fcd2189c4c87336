import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { bedrockClientOptions } from '#core/adapters/bedrock-client.ts';
import { bedrockDrafter, type ReadDraft } from '#core/adapters/bedrock-drafter.ts';
import type { ContentModel } from '#core/contracts/content-config.ts';
import {
  blockStyles,
  contentKinds,
  type DraftedText,
  proposableFacts,
} from '#core/domain/content/content.ts';
import type { ContentDrafter, DraftRequest } from '#core/ports/content-drafter.ts';
import { readPrompt } from '#core/prompts/read-prompt.ts';
import { Authorizer } from '#rehearsal/services/authorizer.ts';
import { Bedrock, type BedrockOptions, type ModelCall } from '#rehearsal/services/bedrock.ts';
import { openGateway } from '#rehearsal/services/gateway.ts';
import type { ServiceCall } from '#rehearsal/services/service.ts';
import {
  ACCOUNT,
  cloudOf,
  type Grants,
  REGION,
  type Resources,
  roleOf,
} from '../rehearsal/stage.ts';

export const MODEL_ID = 'eu.amazon.nova-2-lite-v1:0';

const model: ContentModel & { readonly key: string } = {
  key: 'nova',
  modelId: MODEL_ID,
  inputUsdPerMillion: 0.3,
  outputUsdPerMillion: 2.5,
  output: 'tool',
  maxTokens: 2_000,
  timeoutSeconds: 30,
  foundationModelArns: [],
};

const draft = z.strictObject({
  texts: z.array(
    z.strictObject({
      kind: z.enum(contentKinds),
      blocks: z.array(
        z.strictObject({
          style: z.enum(blockStyles),
          text: z.string(),
          facts: z.array(z.string()),
        }),
      ),
    }),
  ),
  proposals: z.array(
    z.strictObject({
      fact: z.enum(proposableFacts),
      value: z.union([z.string(), z.number()]),
      evidence: z.array(z.string()).min(1),
      confidence: z.number(),
      because: z.string(),
    }),
  ),
});

const read: ReadDraft = (value) => {
  const parsed = draft.safeParse(value);
  return parsed.success
    ? { ok: true, draft: parsed.data }
    : { ok: false, because: z.prettifyError(parsed.error) };
};

const { $schema: _, ...schema } = z.toJSONSchema(draft);

/** A linen cover with a warning, in English. */
export const linen: DraftRequest = {
  locale: 'en-GB',
  kinds: ['usage-guide', 'care', 'upsell'],
  wanted: ['careCategory', 'kind'],
  facts: [
    { id: 'name', type: 'name', text: 'Duvet cover “Mill”' },
    { id: 'material', type: 'material', text: 'Washed linen', language: 'en' },
    { id: 'care', type: 'care', text: 'Wash it at 40 °C and dry it in the air.', language: 'en' },
    { id: 'use', type: 'use', text: 'Wash it once before its first use.', language: 'en' },
    { id: 'warning', type: 'warning', text: 'Never leave it near open fire.', language: 'en' },
  ],
  tone: 'Calm and short.',
  bannedWords: [],
};

export const grantsOfModel: Grants = [
  ['bedrock:InvokeModel', `arn:aws:bedrock:${REGION}:${ACCOUNT}:inference-profile/${MODEL_ID}`],
  ['bedrock:InvokeModel', 'arn:aws:bedrock:*::foundation-model/amazon.nova-2-lite-v1:0'],
];

export interface BedrockStage {
  readonly client: BedrockRuntimeClient;
  readonly drafter: (changed?: Partial<ContentModel>) => ContentDrafter;
  readonly bedrock: Bedrock;
  readonly calls: readonly ServiceCall[];
  readonly modelCalls: readonly ModelCall[];
  readonly authorizer: Authorizer;
  readonly endpoint: string;
}

/** The stand-in behind the gateway's port, and the SDK's own client before it. */
export const bedrockStage = async ({
  grants = grantsOfModel,
  resources = {},
  ...options
}: Partial<Pick<BedrockOptions, 'faults' | 'forward' | 'seed'>> & {
  readonly grants?: Grants;
  readonly resources?: Resources;
} = {}): Promise<BedrockStage> => {
  const cloud = cloudOf({ ...roleOf('Draft', grants), ...resources });
  const authorizer = new Authorizer(cloud);
  const modelCalls: ModelCall[] = [];
  const calls: ServiceCall[] = [];
  const onModelCall = (call: ModelCall): void => void modelCalls.push(call);
  const bedrock = new Bedrock({ cloud, authorizer, seed: 'test', ...options, onModelCall });
  const gateway = await openGateway();
  onTestFinished(gateway.close);
  const service = (call: ServiceCall): Promise<unknown> => {
    calls.push(call);
    return bedrock.service(call);
  };
  gateway.serve({ bedrock: service }, (role) => `arn:aws:iam::${ACCOUNT}:role/${role}`);
  const client = new BedrockRuntimeClient({
    ...bedrockClientOptions(30),
    region: REGION,
    endpoint: gateway.endpoint,
    credentials: { accessKeyId: 'App-DraftRole', secretAccessKey: 'rehearsal' },
  });
  onTestFinished(() => client.destroy());
  const drafter = (changed: Partial<ContentModel> = {}): ContentDrafter =>
    drafterOf({ ...model, ...changed }, client);
  const { endpoint } = gateway;
  return { client, drafter, bedrock, calls, modelCalls, authorizer, endpoint };
};

/** A drafter by the reviewed prompt, over any client. */
export const drafterOf = (
  of: Partial<ContentModel>,
  client: Pick<BedrockRuntimeClient, 'send'>,
): ContentDrafter =>
  bedrockDrafter({ client, model: { ...model, ...of }, prompt: readPrompt(), schema, read });

/** All that a draft says. */
export const wordsOf = (texts: readonly DraftedText[]): string =>
  texts.flatMap(({ blocks }) => blocks.map(({ text }) => text)).join('\n');
