import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const recordInteractionContract = {
  name: 'record-interaction',
  env: z.object({
    SESSIONS_TABLE_NAME: z.string().min(1),
    OFFER_COUNTS_TABLE_NAME: z.string().min(1),
    OFFER_HISTORIES_TABLE_NAME: z.string().min(1),
    EVENT_BUS_NAME: z.string().min(1),
    LINK_KEYS_SECRET_ARN: z.string().min(1),
    /** What the schedules of accepted offers call. */
    EXPIRE_ACCEPTANCE_FUNCTION_ARN: z.string().min(1),
    SCHEDULE_GROUP_NAME: z.string().min(1),
    SCHEDULER_ROLE_ARN: z.string().min(1),
    NOT_EXPIRED_QUEUE_ARN: z.string().min(1),
  }),
} as const satisfies FunctionContract;
