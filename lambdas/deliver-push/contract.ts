import * as z from 'zod';
import { deliveryEnv, pacedEnv, shortLinksEnv } from '#core/contracts/delivery-env.ts';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const deliverPushContract = {
  name: 'deliver-push',
  env: z.object({
    ...deliveryEnv,
    ...pacedEnv,
    ...shortLinksEnv,
    /** The application of End User Messaging Push. */
    PUSH_APPLICATION_ID: z.string().min(1),
  }),
} as const satisfies FunctionContract;
