import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const loadAffinityContract = {
  name: 'load-affinity',
  env: z.object({ AFFINITY_TABLE_NAME: z.string().min(1) }),
} as const satisfies FunctionContract;

/** What learn-affinity sends when the lists of all shops have been queried. */
export const loadAffinityInput = z.object({ queryId: z.string().min(1) });

export type LoadAffinityInput = z.output<typeof loadAffinityInput>;
