import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';
import { waitingStages } from '#core/domain/orders/stage-name.ts';

export const awaitMilestoneContract = {
  name: 'await-milestone',
  env: z.object({ ORDERS_TABLE_NAME: z.string().min(1) }),
} as const satisfies FunctionContract;

/** What a state that waits for an order's next milestone sends. */
export const awaitMilestoneInput = z.object({
  shop: z.string().min(1),
  orderId: z.string().min(1),
  stage: z.enum(waitingStages),
  /** Milestones that the stage has dealt with. */
  seen: z.array(z.string()),
  /** When the stage goes on without news; Step Functions keeps the time. */
  deadline: z.iso.datetime().nullish(),
  token: z.string().min(1),
});

export type AwaitMilestoneInput = z.output<typeof awaitMilestoneInput>;
