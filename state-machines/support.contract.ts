import * as z from 'zod';
import type { StateMachineContract } from './state-machine-contract.ts';

/** One execution a bad answer. */
export const support = {
  name: 'support',
  substitutions: ['RequestSupportArn', 'DecideTouchArn'],
  input: z.object({
    shop: z.string(),
    orderId: z.string(),
    priority: z.enum(['high', 'normal']),
  }),
} as const satisfies StateMachineContract;
