import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const loadScoresContract = {
  name: 'load-scores',
  env: z.object({ SCORES_TABLE_NAME: z.string().min(1) }),
} as const satisfies FunctionContract;

/** What score-customers sends when the customers of a bucket have been queried. */
export const loadScoresInput = z.object({
  /** First digit of the pseudonyms. */
  bucket: z.string().regex(/^[0-9a-f]$/, 'a hexadecimal digit'),
  queryId: z.string().min(1),
});

export type LoadScoresInput = z.output<typeof loadScoresInput>;
