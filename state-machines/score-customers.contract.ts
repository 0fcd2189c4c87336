import * as z from 'zod';
import type { StateMachineContract } from './state-machine-contract.ts';

/** Started by its schedule, or by hand with `{}`. */
export const scoreCustomers = {
  name: 'score-customers',
  substitutions: ['DatabaseName', 'WorkGroupName', 'FitScoresArn', 'LoadScoresArn'],
  input: z.object({}),
} as const satisfies StateMachineContract;
