import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const recordFeedbackContract = {
  name: 'record-feedback',
  env: z.object({
    TOUCHES_TABLE_NAME: z.string().min(1),
    SUPPRESSIONS_TABLE_NAME: z.string().min(1),
    COUNTERS_TABLE_NAME: z.string().min(1),
    /** The key of addresses' hashes, as `ingest-event` has it. */
    IDENTITY_KEY_SECRET_ARN: z.string().min(1),
    EVENT_BUS_NAME: z.string().min(1),
    PARKED_FEEDBACK_QUEUE_URL: z.url(),
  }),
} as const satisfies FunctionContract;
