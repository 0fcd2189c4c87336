import * as z from 'zod';
import type { StateMachineContract } from './state-machine-contract.ts';

/** Started by its schedule, or by hand with `{}`. */
export const learnAffinity = {
  name: 'learn-affinity',
  substitutions: [
    'DatabaseName',
    'WorkGroupName',
    'DueSql',
    'PairsSql',
    'SkusSql',
    'DaysSql',
    'ListsSql',
    'LoadAffinityArn',
  ],
  input: z.object({}),
} as const satisfies StateMachineContract;
