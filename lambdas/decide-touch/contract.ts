import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

/** The URL of a channel's queue; empty where the deployment does not have the channel. */
const queue = z.union([z.url(), z.literal('')]);

export const decideTouchContract = {
  name: 'decide-touch',
  env: z.object({
    ORDERS_TABLE_NAME: z.string().min(1),
    CUSTOMERS_TABLE_NAME: z.string().min(1),
    PURCHASES_TABLE_NAME: z.string().min(1),
    TOUCHES_TABLE_NAME: z.string().min(1),
    SUPPRESSIONS_TABLE_NAME: z.string().min(1),
    CONTACTS_TABLE_NAME: z.string().min(1),
    COUNTERS_TABLE_NAME: z.string().min(1),
    EVENT_BUS_NAME: z.string().min(1),
    EMAIL_QUEUE_URL: queue,
    SMS_QUEUE_URL: queue,
    PUSH_QUEUE_URL: queue,
    INBOX_QUEUE_URL: queue,
    INSERT_QUEUE_URL: queue,
    AUDIENCE_QUEUE_URL: queue,
    /** USD a month; 0 without SMS. */
    SMS_MONTHLY_BUDGET: z.coerce.number().nonnegative(),
    SCHEDULE_GROUP_NAME: z.string().min(1),
    SCHEDULER_ROLE_ARN: z.string().min(1),
    NOT_DECIDED_QUEUE_ARN: z.string().min(1),
  }),
} as const satisfies FunctionContract;

/** What a state that is a touch sends. */
export const touchRequest = z.object({
  shop: z.string().min(1),
  orderId: z.string().min(1),
  touch: z.string().min(1),
  /** What it tells of: parcels, cancellations, a promised date. */
  subjects: z.array(z.string()),
  /** What it goes by beside the order, in words. */
  because: z
    .string()
    .nullish()
    .transform((because) => because ?? undefined),
});

/** What a schedule sends when a held touch is decided again. */
export const decisionDue = z.object({
  shop: z.string().min(1),
  orderId: z.string().min(1),
  touchId: z.string().min(1),
  turn: z.int().min(2),
});
