import { batchEstimate, noWork, withCalls, type Work } from '#core/content/roll-out/estimate.ts';
import type { BatchPlan } from '#core/content/roll-out/roll-out-plan.ts';
import { chosenModel, type ContentModel } from '#core/contracts/content-config.ts';
import type { DraftBatch } from '#core/ports/draft-batch.ts';
import type { DraftSpend } from '#core/ports/draft-budget.ts';
import type { RollOut } from './contract.ts';
import { askingProducts, type LackingDeps, type LackingProduct } from './lacking-products.ts';

export interface PlanBatchDeps extends LackingDeps {
  readonly batch: Pick<DraftBatch, 'record'>;
}

export interface BatchWish {
  readonly run: string;
  readonly rollOut: RollOut;
  /** In plan order. */
  readonly products: readonly LackingProduct[];
  readonly budget: DraftSpend;
}

/** A planned product, with the ids of its records. */
export interface RecordedProduct extends LackingProduct {
  readonly records: readonly string[];
}

export type PlannedBatch =
  | {
      readonly plan: Extract<BatchPlan, { kind: 'job' }>;
      readonly products: readonly RecordedProduct[];
      /** Lines of the job's input. */
      readonly input: string;
    }
  | { readonly plan: Extract<BatchPlan, { kind: 'on-demand' }> };

/**
 * Bedrock's quota "Minimum number of records per batch inference job" as it is for most models; it is one of the account and
 * the model (General Reference, "Amazon Bedrock endpoints and quotas"), so `batchLeastRecords` may say another.
 */
export const LEAST_RECORDS = 100;

/** The quota "Records per input file per batch inference job" of most models. */
const MOST_RECORDS = 50_000;

/** The quota of a file is 1 GB; this much is held as text twice while it is written, in a function of 2 GB. */
const MOST_BYTES = 128 * 1024 * 1024;

interface Filled {
  readonly products: RecordedProduct[];
  readonly lines: string[];
  bytes: number;
  work: Work;
  cutBy?: string;
}

/**
 * The input of a job for the products that come first, as many as a job and the run's budget have room for, which counts
 * them at the batch's price. Too few for a job are left to calls.
 */
export const planBatch = async (deps: PlanBatchDeps, wish: BatchWish): Promise<PlannedBatch> => {
  const model = chosenModel(deps.config);
  const { products, lines, work, cutBy } = await filled(deps, wish, model);
  const least = model.batchLeastRecords ?? LEAST_RECORDS;
  if (lines.length < least)
    return { plan: { kind: 'on-demand', because: tooFew(lines.length, least, cutBy) } };
  return {
    plan: {
      kind: 'job',
      records: lines.length,
      estimate: batchEstimate(work, model),
      cut: cutBy === undefined ? 0 : wish.products.length - products.length,
      ...(cutBy === undefined ? {} : { cutBy }),
    },
    products,
    input: `${lines.join('\n')}\n`,
  };
};

const filled = async (
  deps: PlanBatchDeps,
  { rollOut, run, products, budget }: BatchWish,
  model: ContentModel,
): Promise<Filled> => {
  const job: Filled = { products: [], lines: [], bytes: 0, work: noWork };
  for await (const { requests, ...product } of askingProducts(deps, rollOut, run, products)) {
    const records = requests.map((request) => deps.batch.record(product, request));
    const work = withCalls(job.work, product.calls);
    const bytes = records.reduce((sum, { line }) => sum + Buffer.byteLength(line) + 1, job.bytes);
    const full = fullBy(
      { records: job.lines.length + records.length, bytes },
      budget,
      batchEstimate(work, model),
    );
    if (full !== undefined) return { ...job, cutBy: full };
    Object.assign(job, { work, bytes });
    job.lines.push(...records.map(({ line }) => line));
    job.products.push({ ...product, records: records.map(({ recordId }) => recordId) });
  }
  return job;
};

/** What would have no room, in words; undefined where all has. */
const fullBy = (
  { records, bytes }: { readonly records: number; readonly bytes: number },
  budget: DraftSpend,
  estimate: DraftSpend,
): string | undefined => {
  if (estimate.usd > budget.usd) return `the budget of USD ${budget.usd}`;
  if (estimate.tokens > budget.tokens) return `the budget of ${budget.tokens} tokens`;
  if (records > MOST_RECORDS) return `the ${MOST_RECORDS} records of a job`;
  return bytes > MOST_BYTES ? `the ${MOST_BYTES / 1024 ** 2} MiB of a job's input` : undefined;
};

const tooFew = (records: number, least: number, cutBy: string | undefined): string =>
  `a job of batch inference has at least ${least} records, here are ${records}${cutBy === undefined ? '' : `: more have no room in ${cutBy}`}`;
