import * as z from 'zod';
import { deliveryEnv, pacedEnv } from '#core/contracts/delivery-env.ts';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const deliverEmailContract = {
  name: 'deliver-email',
  env: z.object({
    ...deliveryEnv,
    ...pacedEnv,
    CONTENT_TABLE_NAME: z.string().min(1),
    LINK_KEYS_SECRET_ARN: z.string().min(1),
    CONFIGURATION_SET_NAME: z.string().min(1),
  }),
} as const satisfies FunctionContract;
