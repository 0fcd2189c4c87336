import * as z from 'zod';
import { noticeTouches } from '#core/domain/orders/notices.ts';
import type { StateMachineContract } from './state-machine-contract.ts';

/** One execution a notice. */
export const notice = {
  name: 'notice',
  substitutions: ['DecideTouchArn'],
  input: z.object({
    shop: z.string(),
    orderId: z.string(),
    /** A hand-off to support is a journey of its own. */
    touch: z.enum(noticeTouches).exclude(['support-hand-off']),
    subjects: z.array(z.string()),
  }),
} as const satisfies StateMachineContract;
