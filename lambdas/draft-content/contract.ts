import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const draftContentContract = {
  name: 'draft-content',
  env: z.object({
    CATALOGUE_TABLE_NAME: z.string().min(1),
    CONTENT_TABLE_NAME: z.string().min(1),
    COUNTERS_TABLE_NAME: z.string().min(1),
    EVENT_BUS_NAME: z.string().min(1),
    /** Empty where the configuration has no guardrail. */
    GUARDRAIL_ID: z.string(),
    GUARDRAIL_VERSION: z.string(),
  }),
} as const satisfies FunctionContract;

const text = z.string().min(1);

/** What a roll-out sends of each product. */
export const draftInput = z.strictObject({
  requestId: text,
  shop: text,
  sku: text,
  locales: z.array(text).min(1).optional(),
  again: z.boolean().optional(),
  budget: z.strictObject({
    name: text,
    limit: z.strictObject({ usd: z.number().nonnegative(), tokens: z.number().nonnegative() }),
  }),
  /** What a batch answered: the adapter knows its form. */
  answers: z.array(z.strictObject({ recordId: text, output: z.unknown() })).optional(),
});

/** What of OrderChanged tells that something was bought. */
export const boughtEvent = z.object({
  detail: z.object({
    eventId: text,
    occurredAt: z.iso.datetime(),
    shop: text,
    placed: z.array(z.object({ sku: text })).default([]),
  }),
});

export type BoughtEvent = z.output<typeof boughtEvent>;
