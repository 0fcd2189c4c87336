import * as z from 'zod';
import { deliveryEnv, shortLinksEnv } from '#core/contracts/delivery-env.ts';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const deliverInboxContract = {
  name: 'deliver-inbox',
  env: z.object({ ...deliveryEnv, ...shortLinksEnv, INBOX_TABLE_NAME: z.string().min(1) }),
} as const satisfies FunctionContract;
