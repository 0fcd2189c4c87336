import * as z from 'zod';
import { visitTouches } from '#core/domain/journeys/visits.ts';
import type { StateMachineContract } from './state-machine-contract.ts';

/** One execution a visit. */
export const repurchase = {
  name: 'repurchase',
  substitutions: ['DecideTouchArn'],
  input: z.object({
    shop: z.string(),
    orderId: z.string(),
    touch: z.enum(visitTouches),
    subjects: z.array(z.string()),
    /** What of the customer's score it goes by. */
    because: z.string().optional(),
  }),
} as const satisfies StateMachineContract;
