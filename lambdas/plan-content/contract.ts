import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const planContentContract = {
  name: 'plan-content',
  env: z.object({
    CATALOGUE_TABLE_NAME: z.string().min(1),
    CONTENT_TABLE_NAME: z.string().min(1),
    RUNS_BUCKET_NAME: z.string().min(1),
  }),
} as const satisfies FunctionContract;

/** What roll-out-content sends, once a run. */
export const planContentInput = z.object({
  /** Name of the execution. */
  run: z.string().min(1),
  /** Of the answer of content_sales. */
  queryId: z.string().min(1),
  /** What the execution was started with: a person's, read by `readRollOut`. */
  input: z.unknown(),
});

export type PlanContentInput = z.output<typeof planContentInput>;

/** A roll-out was started with something that it cannot be. It fails, and is not tried again. */
export class InvalidRollOut extends Error {
  override readonly name = 'InvalidRollOut';
}

const some = z.array(z.string().min(1)).min(1, 'at least one; leave it out for all');

const rollOut = z.strictObject({
  shops: some.optional(),
  categories: some.optional(),
  skus: some.max(10_000).optional(),
  locales: some.optional(),
  budgetUsd: z.number().positive().optional(),
  budgetTokens: z.int().positive().optional(),
  limit: z.int().positive().optional(),
  again: z.boolean().optional(),
  batch: z.boolean().optional(),
});

export type RollOut = z.output<typeof rollOut>;

interface BatchableModel {
  readonly key: string;
  readonly batchPriceShare?: number | undefined;
}

const listed = (names: readonly string[]): string => names.join(', ');

/**
 * What a person started a roll-out with.
 *
 * @param shops the configured ones
 * @param model the one in use, with its key
 * @throws {InvalidRollOut} for a key or a value that it does not know, with those that it does; and for a batch by a
 *   model that says no price of it
 */
export const readRollOut = (
  input: unknown,
  shops: Readonly<Record<string, { readonly locales: readonly string[] }>>,
  model: BatchableModel,
): RollOut => {
  const { data, error } = rollOut.safeParse(input ?? {});
  if (data === undefined)
    throw new InvalidRollOut(
      `got ${JSON.stringify(input)}: ${z.prettifyError(error)}. Expected an object of any of ${listed(Object.keys(rollOut.shape))}`,
      { cause: error },
    );
  const unknown = data.shops?.filter((shop) => !Object.hasOwn(shops, shop)) ?? [];
  if (unknown.length > 0)
    throw new InvalidRollOut(
      `shops: got ${listed(unknown)}, expected some of ${listed(Object.keys(shops))} (afterglow.config.ts)`,
    );
  const spoken = (data.shops ?? Object.keys(shops)).flatMap((shop) => shops[shop]?.locales ?? []);
  const unspoken = data.locales?.filter((locale) => !spoken.includes(locale)) ?? [];
  if (unspoken.length > 0)
    throw new InvalidRollOut(
      `locales: got ${listed(unspoken)}, expected some of ${listed([...new Set(spoken)])}, which the shops have`,
    );
  if (data.batch === true && model.batchPriceShare === undefined)
    throw new InvalidRollOut(
      `batch: the model in use, ${model.key}, has no batch inference as far as afterglow.content.ts says. Set content.models["${model.key}"].batchPriceShare to the part of its price that a batch costs, choose a model that has one by content.model, or start without batch`,
    );
  return data;
};

/** A row of content_sales; numbers are text, as Athena answers. */
export const saleRow = z
  .object({
    shop: z.string().min(1),
    category: z.string().default(''),
    sku: z.string().min(1),
    revenue_minor: z.string().regex(/^-?\d+$/, 'a whole number'),
  })
  .transform(({ revenue_minor, ...sale }) => ({ ...sale, revenueMinor: Number(revenue_minor) }));
