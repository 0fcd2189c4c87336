import { estimatesOf, noWork, withCalls, type Work } from '#core/content/roll-out/estimate.ts';
import {
  inPlanOrder,
  type Revenue,
  revenueOf,
  type Sale,
} from '#core/content/roll-out/plan-order.ts';
import {
  budgetOfRun,
  type PlannedProduct,
  requestsOfRun,
  type RollOutPlan,
  runFiles,
} from '#core/content/roll-out/roll-out-plan.ts';
import type { DraftSpend } from '#core/ports/draft-budget.ts';
import type { Objects } from '#core/ports/objects.ts';
import type { QueryResults } from '#core/ports/query-results.ts';
import { chosenModel, type ContentModel } from '#core/contracts/content-config.ts';
import { readRollOut, type PlanContentInput, type RollOut, saleRow } from './contract.ts';
import { type LackingProduct, lackingProducts } from './lacking-products.ts';
import { planBatch, type PlanBatchDeps, type RecordedProduct } from './plan-batch.ts';

export interface PlanContentDeps extends PlanBatchDeps {
  readonly results: QueryResults;
  readonly objects: Pick<Objects, 'put'>;
  /** Of the objects. */
  readonly bucket: string;
  readonly now: () => Date;
}

/** What the state machine goes on with. */
export interface PlannedRun {
  readonly run: string;
  readonly planned: number;
  /** Where `plan.jsonl` is. */
  readonly bucket: string;
  readonly key: string;
  /** Below this the exports of the results lie. */
  readonly resultsPrefix: string;
  /** Products that are drafted at once. */
  readonly concurrency: number;
  readonly budget: { readonly name: string; readonly limit: DraftSpend };
  /** The job that is to be created; absent where drafts are made by calls. */
  readonly batch?: BatchJob | undefined;
}

/** What CreateModelInvocationJob is asked by. */
export interface BatchJob {
  /** Its name, and what makes a request that comes again no second job. */
  readonly name: string;
  readonly modelId: string;
  readonly inputUri: string;
  /** With its slash. */
  readonly outputUri: string;
}

/**
 * Plans a roll-out: the products that lack something, those first that most revenue hangs on, each a line of
 * `plan.jsonl`; and beside it what that will take. What is settled is not planned, so that another run goes on where one
 * has stopped. Called again, it writes the plan of that moment in the place of the one before.
 *
 * @throws {InvalidRollOut} for an input that no roll-out has; and when a table, the query or the bucket did not answer
 */
export const planContent =
  (deps: PlanContentDeps) =>
  async ({ run, queryId, input }: PlanContentInput): Promise<PlannedRun> => {
    const { config, shops, objects } = deps;
    const model = chosenModel(config);
    const rollOut = readRollOut(input, shops, model);
    const revenue = await readRevenue(deps.results, queryId);
    const lacking = await lackingProducts(deps, rollOut, run);
    const wanted = inPlanOrder(lacking.products, revenue).slice(0, rollOut.limit);
    const budget: DraftSpend = {
      usd: rollOut.budgetUsd ?? config.rollOut.budgetUsd,
      tokens: rollOut.budgetTokens ?? config.rollOut.budgetTokens,
    };
    const batched =
      rollOut.batch === true
        ? await planBatch(deps, { run, rollOut, products: wanted, budget })
        : undefined;
    const job = batched !== undefined && 'input' in batched ? batched : undefined;
    const chosen: readonly Planned[] = job?.products ?? wanted;
    const work = chosen.reduce<Work>((sum, { calls }) => withCalls(sum, calls), noWork);
    const plan: RollOutPlan = {
      run,
      plannedAt: deps.now().toISOString(),
      input: rollOut,
      shops: rollOut.shops ?? Object.keys(shops),
      products: {
        inCatalogue: lacking.inCatalogue,
        settled: lacking.inCatalogue - lacking.products.length,
        leftOut: lacking.products.length - chosen.length,
        planned: chosen.length,
      },
      estimates: estimatesOf(work, config.models, model.key),
      budget,
      ...(batched === undefined ? {} : { batch: batched.plan }),
    };
    await write(objects, plan, linesOf(chosen, rollOut, run), job?.input);
    return runOf(deps, plan, job === undefined ? undefined : model);
  };

/** What there is none of is not written. */
const write = async (
  objects: PlanContentDeps['objects'],
  plan: RollOutPlan,
  lines: string,
  batchInput = '',
): Promise<void> => {
  const files = runFiles(plan.run);
  if (lines !== '') await objects.put(files.lines, lines, 'application/jsonl');
  if (batchInput !== '') await objects.put(files.batchInput, batchInput, 'application/jsonl');
  await objects.put(files.plan, `${JSON.stringify(plan, null, 2)}\n`, 'application/json');
};

/** @param model of the job. @default none is created */
const runOf = (
  { bucket, config, digest }: PlanContentDeps,
  { run, plannedAt, products, budget }: RollOutPlan,
  model?: ContentModel,
): PlannedRun => {
  const files = runFiles(run);
  // Names of executions have letters that names of jobs have not; 32 digits tell runs and their plans apart.
  const id = digest(JSON.stringify([run, plannedAt])).slice(0, 32);
  const batch = model && {
    name: `afterglow-${id}`,
    modelId: model.modelId,
    inputUri: `s3://${bucket}/${files.batchInput}`,
    outputUri: `s3://${bucket}/${files.batchOutput}`,
  };
  return {
    run,
    planned: products.planned,
    bucket,
    key: files.lines,
    resultsPrefix: files.results,
    concurrency: config.rollOut.concurrency,
    budget: { name: budgetOfRun(run), limit: budget },
    ...(batch === undefined ? {} : { batch }),
  };
};

type Planned = LackingProduct & Partial<Pick<RecordedProduct, 'records'>>;

/** @throws for an answer that is none of the model */
const readRevenue = async (results: QueryResults, queryId: string): Promise<Revenue> => {
  const sales: Sale[] = [];
  for await (const row of results.rows(queryId)) sales.push(saleOf(row));
  return revenueOf(sales);
};

const saleOf = (row: Readonly<Record<string, string>>): Sale => {
  const { data, error } = saleRow.safeParse(row);
  if (data !== undefined) return data;
  throw new Error(
    `content_sales answered ${JSON.stringify(row)}, which is no row of it. Deploy the Content stack: statement and code are of different versions`,
    { cause: error },
  );
};

const linesOf = (products: readonly Planned[], { again }: RollOut, run: string): string =>
  products
    .map(({ shop, sku, category, locales, records }) => {
      const line: PlannedProduct = {
        requestId: `${requestsOfRun(run)}${sku}`,
        shop,
        sku,
        locales,
        category,
        ...(again === true ? { again } : {}),
        ...(records === undefined ? {} : { records }),
      };
      return `${JSON.stringify(line)}\n`;
    })
    .join('');
