import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const ingestEventContract = {
  name: 'ingest-event',
  env: z.object({
    ORDERS_TABLE_NAME: z.string().min(1),
    CUSTOMERS_TABLE_NAME: z.string().min(1),
    PURCHASES_TABLE_NAME: z.string().min(1),
    CATALOGUE_TABLE_NAME: z.string().min(1),
    EVENT_BUS_NAME: z.string().min(1),
    PARKED_EVENTS_QUEUE_URL: z.url(),
  }),
} as const satisfies FunctionContract;
