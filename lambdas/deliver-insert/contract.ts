import * as z from 'zod';
import { deliveryEnv } from '#core/contracts/delivery-env.ts';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const deliverInsertContract = {
  name: 'deliver-insert',
  env: z.object(deliveryEnv),
} as const satisfies FunctionContract;
