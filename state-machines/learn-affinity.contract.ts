import * as z from 'zod';
import type { StateMachineContract } from './state-machine-contract.ts';

/** Started by its schedule, which asks for lists only where something is new, or by hand with `{}`. */
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
  input: z.object({ onlyWithNews: z.boolean().optional() }),
} as const satisfies StateMachineContract;

export type LearnAffinityInput = z.output<typeof learnAffinity.input>;
