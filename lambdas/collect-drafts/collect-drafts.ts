import { type BatchOutcome, budgetOfRun, runFiles } from '#core/content/roll-out/roll-out-plan.ts';
import type { ContentModel } from '#core/contracts/content-config.ts';
import { batchUsd } from '#core/domain/content/draft-cost.ts';
import type { BatchAnswer, DraftBatch } from '#core/ports/draft-batch.ts';
import type { DraftBudget, DraftSpend } from '#core/ports/draft-budget.ts';
import type { Objects } from '#core/ports/objects.ts';
import { type CollectDraftsInput, plannedLine } from './contract.ts';

export interface CollectDraftsDeps {
  readonly objects: Objects;
  readonly batch: Pick<DraftBatch, 'read'>;
  readonly budget: Pick<DraftBudget, 'reserve'>;
  readonly model: ContentModel;
}

export interface CollectedDrafts {
  /** Of the lines that products are drafted by. */
  readonly key: string;
  readonly batch: BatchOutcome;
}

/** Step Functions hands an execution at most 256 KiB, with what the machine adds to a line. */
const MOST_LINE_BYTES = 200 * 1024;

/** What was spent is counted, whatever the limit was: the plan has been cut to it by an estimate. */
const WHATEVER: DraftSpend = { usd: Number.MAX_SAFE_INTEGER, tokens: Number.MAX_SAFE_INTEGER };

interface Collected {
  readonly answers: ReadonlyMap<string, BatchAnswer>;
  readonly failures: readonly string[];
  readonly spent: DraftSpend;
}

/**
 * Gives every product of a run what the job answered to its records, and counts what that cost before anything else is
 * paid from the run's budget. A record without an answer is left to a call. Called again after it has counted, it counts
 * once more: the budget is used up the earlier.
 *
 * @throws when a file of the run is missing, and when the bucket or the table did not answer
 */
export const collectDrafts =
  (deps: CollectDraftsDeps) =>
  async ({ run, jobArn, status }: CollectDraftsInput): Promise<CollectedDrafts> => {
    const files = runFiles(run);
    const { answers, failures, spent } = await readOutput(deps, outputOf(run, jobArn));
    const lines: string[] = [];
    for await (const line of deps.objects.lines(files.lines))
      lines.push(`${answered(line, answers)}\n`);
    await deps.objects.put(files.drafts, lines.join(''), 'application/jsonl');
    await deps.budget.reserve(budgetOfRun(run), spent, WHATEVER);
    const [message] = failures;
    return {
      key: files.drafts,
      batch: {
        status,
        answered: answers.size,
        failed: failures.length,
        usd: spent.usd,
        ...(message === undefined ? {} : { message }),
      },
    };
  };

/** A folder a job, in it a file a file of the input. */
const outputOf = (run: string, jobArn: string): string => {
  const { batchInput, batchOutput } = runFiles(run);
  return `${batchOutput}${jobArn.split('/').at(-1)}/${batchInput.split('/').at(-1)}.out`;
};

const readOutput = async (
  { objects, batch, model }: CollectDraftsDeps,
  key: string,
): Promise<Collected> => {
  const answers = new Map<string, BatchAnswer>();
  const failures: string[] = [];
  let [usd, tokens] = [0, 0];
  for await (const line of objects.lines(key)) {
    const read = batch.read(line);
    if (read.kind === 'failed') {
      failures.push(read.because);
      continue;
    }
    const { recordId, output, use } = read;
    answers.set(recordId, { recordId, output });
    usd += batchUsd(use, model);
    tokens += use.inputTokens + use.outputTokens;
  }
  return { answers, failures, spent: { usd, tokens } };
};

/** The line of a product with its answers, as far as there are any and a line has room. */
const answered = (line: string, answers: ReadonlyMap<string, BatchAnswer>): string => {
  const { records, ...product } = plannedLine.parse(JSON.parse(line));
  const given = records.flatMap((id) => answers.get(id) ?? []);
  if (given.length === 0) return JSON.stringify(product);
  const full = JSON.stringify({ ...product, answers: given });
  return Buffer.byteLength(full) <= MOST_LINE_BYTES ? full : JSON.stringify(product);
};
