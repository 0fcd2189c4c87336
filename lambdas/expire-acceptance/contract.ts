import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const expireAcceptanceContract = {
  name: 'expire-acceptance',
  env: z.object({
    SESSIONS_TABLE_NAME: z.string().min(1),
    EVENT_BUS_NAME: z.string().min(1),
  }),
} as const satisfies FunctionContract;

/** What a schedule sends when the order system's time for an accepted offer is over. */
export const acceptanceDue = z.object({
  sessionId: z.string().min(1),
  impressionId: z.string().min(1),
});

export type AcceptanceDue = z.output<typeof acceptanceDue>;
