import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const ingestEventContract = {
  name: 'ingest-event',
  env: z.object({
    ORDERS_TABLE_NAME: z.string().min(1),
    CUSTOMERS_TABLE_NAME: z.string().min(1),
    IDENTITIES_TABLE_NAME: z.string().min(1),
    SUPPRESSIONS_TABLE_NAME: z.string().min(1),
    PURCHASES_TABLE_NAME: z.string().min(1),
    LEDGER_TABLE_NAME: z.string().min(1),
    ATTRIBUTIONS_TABLE_NAME: z.string().min(1),
    CATALOGUE_TABLE_NAME: z.string().min(1),
    CONTENT_TABLE_NAME: z.string().min(1),
    OFFERS_TABLE_NAME: z.string().min(1),
    SESSIONS_TABLE_NAME: z.string().min(1),
    OFFER_COUNTS_TABLE_NAME: z.string().min(1),
    OFFER_HISTORIES_TABLE_NAME: z.string().min(1),
    /** The key of addresses' hashes, `{ "key" }`. It can never be changed: all links between customers hang on it. */
    IDENTITY_KEY_SECRET_ARN: z.string().min(1),
    EVENT_BUS_NAME: z.string().min(1),
    PARKED_EVENTS_QUEUE_URL: z.url(),
  }),
} as const satisfies FunctionContract;
