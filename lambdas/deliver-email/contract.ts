import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const deliverEmailContract = {
  name: 'deliver-email',
  env: z.object({
    ORDERS_TABLE_NAME: z.string().min(1),
    CUSTOMERS_TABLE_NAME: z.string().min(1),
    PURCHASES_TABLE_NAME: z.string().min(1),
    CATALOGUE_TABLE_NAME: z.string().min(1),
    TOUCHES_TABLE_NAME: z.string().min(1),
    EVENT_BUS_NAME: z.string().min(1),
    LINK_KEYS_SECRET_ARN: z.string().min(1),
    CONFIGURATION_SET_NAME: z.string().min(1),
  }),
} as const satisfies FunctionContract;
