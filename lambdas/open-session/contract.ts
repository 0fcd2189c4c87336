import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const openSessionContract = {
  name: 'open-session',
  env: z.object({
    SESSIONS_TABLE_NAME: z.string().min(1),
    OFFERS_TABLE_NAME: z.string().min(1),
    OFFER_COUNTS_TABLE_NAME: z.string().min(1),
    OFFER_HISTORIES_TABLE_NAME: z.string().min(1),
    CATALOGUE_TABLE_NAME: z.string().min(1),
    CUSTOMERS_TABLE_NAME: z.string().min(1),
    PURCHASES_TABLE_NAME: z.string().min(1),
    AFFINITY_TABLE_NAME: z.string().min(1),
    EVENT_BUS_NAME: z.string().min(1),
    LINK_KEYS_SECRET_ARN: z.string().min(1),
    /** `{ key, previousKey? }`: each shop's own key is derived from it. */
    SHOP_TOKEN_KEYS_SECRET_ARN: z.string().min(1),
  }),
} as const satisfies FunctionContract;
