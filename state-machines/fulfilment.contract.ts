import * as z from 'zod';
import type { StateMachineContract } from './state-machine-contract.ts';

export const fulfilment = {
  name: 'fulfilment',
  substitutions: ['DecideTouchArn', 'AwaitMilestoneArn', 'EventBusName'],
  input: z.object({
    shop: z.string(),
    orderId: z.string(),
    placedAt: z.iso.datetime(),
    /** When the customer should be told of a delay. */
    deadline: z.iso.datetime().nullable(),
  }),
} as const satisfies StateMachineContract;
