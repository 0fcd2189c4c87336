import * as z from 'zod';
import { contentKinds } from '../domain/content/content.ts';

const perLanguage = <Value extends z.ZodType>(value: Value) =>
  z.record(z.string().regex(/^[a-z]{2,3}$/, 'an ISO 639 language such as en'), value);

/** How a shop speaks in the texts of its products. */
export const voiceConfig = z.strictObject({
  /** A sentence or two by language, given to the model as they are. */
  tone: perLanguage(z.string().min(1).max(1000)).default({}),
  /** Words that no text has, by language; case does not count. */
  bannedWords: perLanguage(z.array(z.string().min(1).max(100)).max(500)).default({}),
});

/** A model of Bedrock that texts can be drafted by; models retire, and prices change. */
const model = z.strictObject({
  /** Of the model or inference profile. */
  modelId: z.string().min(1),
  /** Where `modelId` is the ARN of an inference profile: ARNs of the models that it leads to, for IAM. */
  foundationModelArns: z.array(z.string().regex(/^arn:/, 'an ARN')).default([]),
  inputUsdPerMillion: z.number().nonnegative(),
  outputUsdPerMillion: z.number().nonnegative(),
  /** `tool`: by forced tool use; `json-schema`: by the service's own structured output, where the model has it. */
  output: z.enum(['tool', 'json-schema']).default('tool'),
  maxTokens: z.int().min(200).max(32_000).default(4_000),
  timeoutSeconds: z.int().positive().max(120).default(60),
  /** The part of the price that batch inference costs; absent where the model has none. */
  batchPriceShare: z.number().positive().max(1).optional(),
  /** The account's quota "Minimum number of records per batch inference job" of the model. @default 100 */
  batchLeastRecords: z.int().positive().optional(),
});

/** Lets a text pass without a person; all that it states has to hold. */
const approvalRule = z.strictObject({
  name: z.string().min(1).max(60),
  /** @default every kind */
  kinds: z.array(z.enum(contentKinds)).min(1).optional(),
  /** @default every category */
  categories: z.array(z.string().min(1)).min(1).optional(),
  maxRisk: z.enum(['low', 'medium', 'high']).default('low'),
  /** The share of its words that the cited facts bear out. */
  minScore: z.number().min(0).max(1).default(0.6),
});

/** Amazon Bedrock Guardrails: contextual grounding and denied topics. */
const guardrail = z.strictObject({
  /** Below this a text counts as not grounded in the facts. */
  grounding: z.number().min(0).max(0.99).default(0.7),
  /** Below this it counts as off the question. */
  relevance: z.number().min(0).max(0.99).default(0.5),
  deniedTopics: z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(/^[\w !?.-]{1,100}$/, 'at most 100 letters, digits, spaces and -_!?.'),
        definition: z.string().min(1).max(200),
        examples: z.array(z.string().min(1).max(100)).max(5).default([]),
      }),
    )
    .max(30)
    .default([]),
});

/** What is written of products, by which model, and what lets it reach a customer (docs/content.md). */
export const contentConfig = z
  .strictObject({
    models: z.record(z.string().min(1), model),
    /** Of the models, the one in use. @default the first */
    model: z.string().optional(),
    kinds: z
      .array(z.enum(contentKinds))
      .min(1)
      .default([...contentKinds]),
    /** Calls for a product and language before its texts are given up. */
    attempts: z.int().min(1).max(5).default(2),
    /** The first that fits lets a text pass; a text that none fits waits for a person. */
    approval: z.array(approvalRule).max(50).default([]),
    /** Proposed facts of at least this confidence count without a person. @default none do */
    factConfidence: z.number().min(0).max(1).optional(),
    /** Drafts for what is bought and has no texts. */
    onDemand: z
      .strictObject({
        enabled: z.boolean().default(false),
        /** In a calendar month of UTC. */
        monthlyBudgetUsd: z.number().nonnegative().default(50),
      })
      .prefault({}),
    /** Drafts for the catalogue, started by hand. What a run is started with is above these. */
    rollOut: z
      .strictObject({
        /** Products that are drafted at once: below the model's requests and tokens a minute. */
        concurrency: z.int().min(1).max(1_000).default(10),
        budgetUsd: z.number().positive().default(100),
        budgetTokens: z.int().positive().default(50_000_000),
      })
      .prefault({}),
    guardrail: guardrail.optional(),
  })
  .refine(({ model: chosen, models }) => chosen === undefined || Object.hasOwn(models, chosen), {
    path: ['model'],
    error: 'one of models',
  })
  .refine(({ models }) => Object.keys(models).length > 0, {
    path: ['models'],
    error: 'at least one model',
  });

export type ContentConfig = z.output<typeof contentConfig>;
export type ContentModel = z.output<typeof model>;

/** The model in use, with its key. */
export const chosenModel = ({
  model: chosen,
  models,
}: Pick<ContentConfig, 'model' | 'models'>): ContentModel & { readonly key: string } => {
  const [first] = Object.entries(models);
  const [key, found] = Object.entries(models).find(([name]) => name === chosen) ??
    first ?? ['', undefined];
  if (found === undefined) throw new Error('content.models has no model');
  return { key, ...found };
};
