import {
  type BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
} from '@aws-sdk/client-bedrock-runtime';
import type { ContentModel } from '../contracts/content-config.ts';
import type { Draft } from '../domain/content/content.ts';
import type { ContentDrafter, DraftRequest } from '../ports/content-drafter.ts';
import { answerOf } from './bedrock-answer.ts';
import { DRAFT_PURPOSE, DRAFT_TOOL, messageParts, mostInputTokens } from './bedrock-request.ts';

/** Reads what a model gave as a draft, or says why it is none. */
export type ReadDraft = (
  value: unknown,
) =>
  { readonly ok: true; readonly draft: Draft } | { readonly ok: false; readonly because: string };

export interface BedrockDrafterOptions {
  /** With `bedrockClientOptions` of the model's timeout. */
  readonly client: Pick<BedrockRuntimeClient, 'send'>;
  readonly model: ContentModel & {
    /** Its key in the configuration. */
    readonly key: string;
  };
  readonly prompt: { readonly version: string; readonly text: string };
  /** JSON schema of a draft. */
  readonly schema: object;
  readonly read: ReadDraft;
  /** Looks at the whole call, where a guardrail of the account has to. @default none */
  readonly guardrail?: { readonly id: string; readonly version: string } | undefined;
}

/** What requests are made of. */
export type AskingOptions = Omit<BedrockDrafterOptions, 'client' | 'read'>;

/** A little freedom of wording: at 0 a second attempt would be the first again. */
const TEMPERATURE = 0.2;

/**
 * Drafts by Bedrock's Converse. The prompt is the system's part and the same for every product; it and the tool are
 * shorter than models ask of what they cache, so nothing is marked for caching. Without a tool to force,
 * `output: 'json-schema'` asks for text in the schema.
 */
export const bedrockDrafter = (options: BedrockDrafterOptions): ContentDrafter => {
  const { client, model, prompt, read } = options;
  const schema = JSON.stringify(options.schema);
  const inputOf = converseInputs(options);
  return {
    model: model.key,
    prompt: prompt.version,
    mostTokens: (request) => ({
      inputTokens: mostInputTokens([prompt.text, schema, ...messageParts(request)]),
      outputTokens: model.maxTokens,
    }),
    draft: async (request) =>
      answerOf(await client.send(new ConverseCommand(inputOf(request))), read),
  };
};

/** What Converse is asked by for a request: of a call, and of a record of a batch. */
export const converseInputs = (
  options: AskingOptions,
): ((request: DraftRequest) => ConverseCommandInput) => {
  const common = commonInput(options, JSON.stringify(options.schema));
  return (request) => {
    const content = messageParts(request).map((text) => ({ text }));
    return { ...common, messages: [{ role: 'user', content }] };
  };
};

const commonInput = (
  { model, prompt, guardrail }: AskingOptions,
  schema: string,
): Omit<ConverseCommandInput, 'messages'> => ({
  modelId: model.modelId,
  system: [{ text: prompt.text }],
  inferenceConfig: { maxTokens: model.maxTokens, temperature: TEMPERATURE },
  ...(model.output === 'tool' ? byTool(schema) : bySchema(schema)),
  ...(guardrail === undefined
    ? {}
    : {
        guardrailConfig: {
          guardrailIdentifier: guardrail.id,
          guardrailVersion: guardrail.version,
        },
      }),
});

const byTool = (schema: string): Pick<ConverseCommandInput, 'toolConfig'> => ({
  toolConfig: {
    tools: [
      {
        toolSpec: {
          name: DRAFT_TOOL,
          description: DRAFT_PURPOSE,
          inputSchema: { json: JSON.parse(schema) },
        },
      },
    ],
    toolChoice: { tool: { name: DRAFT_TOOL } },
  },
});

const bySchema = (schema: string): Pick<ConverseCommandInput, 'outputConfig'> => ({
  outputConfig: {
    textFormat: {
      type: 'json_schema',
      structure: { jsonSchema: { schema, name: DRAFT_TOOL, description: DRAFT_PURPOSE } },
    },
  },
});
