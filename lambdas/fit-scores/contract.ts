import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';
import { statisticsViews } from '#core/contracts/score-views.ts';

export const fitScoresContract = {
  name: 'fit-scores',
  env: z.object({ SCORES_TABLE_NAME: z.string().min(1) }),
} as const satisfies FunctionContract;

/** What score-customers sends when the statistics have been queried. */
export const fitScoresInput = z.object({
  /** When the queries began. */
  fittedAt: z.iso.datetime(),
  /** Of each view the id of its query. */
  queries: z.record(z.enum(statisticsViews), z.string().min(1)),
});

export type FitScoresInput = z.output<typeof fitScoresInput>;
