import * as z from 'zod';
import { deliveryEnv } from '#core/contracts/delivery-env.ts';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const deliverAudienceContract = {
  name: 'deliver-audience',
  env: z.object(deliveryEnv),
} as const satisfies FunctionContract;
