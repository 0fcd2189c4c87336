import * as z from 'zod';
import { deliveryEnv, pacedEnv, shortLinksEnv } from '#core/contracts/delivery-env.ts';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const deliverSmsContract = {
  name: 'deliver-sms',
  env: z.object({
    ...deliveryEnv,
    /** Parts, not messages: the network counts them. */
    ...pacedEnv,
    ...shortLinksEnv,
    POOL_ID: z.string().min(1),
    CONFIGURATION_SET_NAME: z.string().min(1),
    PROTECT_CONFIGURATION_ID: z.string().min(1),
    /** USD. */
    MAX_PRICE_PER_PART: z.coerce.number().positive(),
  }),
} as const satisfies FunctionContract;
