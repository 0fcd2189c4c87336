import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const decideTouchContract = {
  name: 'decide-touch',
  env: z.object({
    ORDERS_TABLE_NAME: z.string().min(1),
    CUSTOMERS_TABLE_NAME: z.string().min(1),
    PURCHASES_TABLE_NAME: z.string().min(1),
    TOUCHES_TABLE_NAME: z.string().min(1),
    EVENT_BUS_NAME: z.string().min(1),
    EMAIL_QUEUE_URL: z.url(),
    INSERT_QUEUE_URL: z.url(),
  }),
} as const satisfies FunctionContract;

/** What a state that is a touch sends. */
export const touchRequest = z.object({
  shop: z.string().min(1),
  orderId: z.string().min(1),
  touch: z.string().min(1),
  /** What it tells of: parcels, cancellations, a promised date. */
  subjects: z.array(z.string()),
});
