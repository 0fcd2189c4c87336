import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const requestSupportContract = {
  name: 'request-support',
  env: z.object({
    ORDERS_TABLE_NAME: z.string().min(1),
    TOUCHES_TABLE_NAME: z.string().min(1),
    EVENT_BUS_NAME: z.string().min(1),
  }),
} as const satisfies FunctionContract;

/** What a state that hands an order over to support sends. */
export const supportRequest = z.object({
  shop: z.string().min(1),
  orderId: z.string().min(1),
  priority: z.enum(['high', 'normal']),
});

export type SupportRequest = z.output<typeof supportRequest>;
