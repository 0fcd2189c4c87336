import * as z from 'zod';
import type { FunctionContract } from '#core/contracts/function-contract.ts';

export const collectDraftsContract = {
  name: 'collect-drafts',
  env: z.object({
    COUNTERS_TABLE_NAME: z.string().min(1),
    RUNS_BUCKET_NAME: z.string().min(1),
  }),
} as const satisfies FunctionContract;

/** What roll-out-content sends when the job of a run is done. */
export const collectDraftsInput = z.object({
  run: z.string().min(1),
  /** Ends in the job's id. */
  jobArn: z.string().regex(/^arn:[^/]+\/[\w-]+$/, 'the ARN of a job'),
  /** As Bedrock says it: `Completed`, or `PartiallyCompleted`. */
  status: z.string().min(1),
});

export type CollectDraftsInput = z.output<typeof collectDraftsInput>;

/** What is read of a line of the plan; the rest is handed on. */
export const plannedLine = z.looseObject({ records: z.array(z.string()).default([]) });
