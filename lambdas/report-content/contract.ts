import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';
import { proposableFacts, contentKinds } from '#core/domain/content/content.ts';

export const reportContentContract = {
  name: 'report-content',
  env: z.object({
    CATALOGUE_TABLE_NAME: z.string().min(1),
    CONTENT_TABLE_NAME: z.string().min(1),
    COUNTERS_TABLE_NAME: z.string().min(1),
    RUNS_BUCKET_NAME: z.string().min(1),
  }),
} as const satisfies FunctionContract;

/** What roll-out-content sends when the products of a run are done. */
export const reportContentInput = z.object({
  run: z.string().min(1),
  /** Of the answer of content_orders. */
  queryId: z.string().min(1),
  /** Key of the manifest of the results; absent when nothing was planned. */
  manifest: z.string().min(1).optional(),
  /** How the job of batch inference ended; absent without one. */
  batch: z
    .object({
      status: z.string().min(1),
      message: z.string().optional(),
      answered: z.int().optional(),
      failed: z.int().optional(),
      usd: z.number().optional(),
    })
    .optional(),
});

export type ReportContentInput = z.output<typeof reportContentInput>;

const files = z.array(z.object({ Key: z.string().min(1) })).default([]);

/** What a Distributed Map exported (Step Functions developer guide, "ResultWriter (Map)"). */
export const manifest = z.object({
  ResultFiles: z.object({ FAILED: files, SUCCEEDED: files }),
});

const states = ['refused', 'pending', 'approved', 'rejected', 'retracted'] as const;
const rules = z.array(z.string()).optional();
const product = { shop: z.string(), sku: z.string(), category: z.string().default('') };

const answered = z
  .object({
    ...product,
    texts: z.array(
      z.object({
        locale: z.string(),
        kind: z.enum(contentKinds),
        outcome: z.enum([...states, 'no-facts', 'not-written', 'unusable', 'unchanged']),
        version: z.int().optional(),
        rules,
      }),
    ),
    facts: z.array(z.object({ fact: z.enum(proposableFacts), outcome: z.enum(states), rules })),
    calls: z.int(),
    inputTokens: z.number(),
    outputTokens: z.number(),
    usd: z.number(),
    stopped: z.enum(['over-budget', 'unknown-item', 'being-drafted']).nullish(),
  })
  .transform(({ stopped, ...outcome }) => ({
    kind: 'answered' as const,
    ...outcome,
    stopped: stopped ?? undefined,
  }));

const failed = z
  .object({ ...product, failed: z.string(), cause: z.string().default('') })
  .transform(({ failed: error, cause, ...rest }) => ({
    kind: 'failed' as const,
    ...rest,
    error,
    cause: messageOf(cause),
  }));

/** A line of the results of children that succeeded: what draft-content answered, or why it did not. */
export const succeededLine = z.union([failed, answered]);

const childInput = z.object(product);

/** A child that failed, with what it was given; Step Functions exports its whole description. */
export const failedLine = z
  .object({
    Input: z.string(),
    Error: z.string().default('States.Aborted'),
    Cause: z.string().default(''),
  })
  .transform(({ Input, Error: error, Cause: cause }) => ({
    kind: 'failed' as const,
    ...childInput.parse(JSON.parse(Input)),
    error,
    cause: messageOf(cause),
  }));

const lambdaCause = z.object({ errorMessage: z.string() });

/** Lambda's causes are JSON with a stack; cut off where the state machine cut it, it is told as it is. */
const messageOf = (cause: string): string => {
  try {
    return lambdaCause.parse(JSON.parse(cause)).errorMessage;
  } catch {
    return cause;
  }
};

/** A row of content_orders; numbers are text, as Athena answers. */
export const ordersRow = z.object({
  shop: z.string().min(1),
  /** Joined by `chr(31)`, which no SKU has. */
  skus: z.string().transform((text) => text.split('\u001f')),
  orders: z.string().regex(/^\d+$/, 'a whole number').transform(Number),
});
