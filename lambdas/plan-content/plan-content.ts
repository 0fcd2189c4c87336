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
import { chosenModel } from '#core/contracts/content-config.ts';
import { readRollOut, type PlanContentInput, type RollOut, saleRow } from './contract.ts';
import { type LackingProduct, lackingProducts, type LackingDeps } from './lacking-products.ts';

export interface PlanContentDeps extends LackingDeps {
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
    const { config, shops, objects, bucket } = deps;
    const rollOut = readRollOut(input, shops);
    const revenue = await readRevenue(deps.results, queryId);
    const lacking = await lackingProducts(deps, rollOut, run);
    const chosen = inPlanOrder(lacking.products, revenue).slice(0, rollOut.limit);
    const files = runFiles(run);
    const budget: DraftSpend = {
      usd: rollOut.budgetUsd ?? config.rollOut.budgetUsd,
      tokens: rollOut.budgetTokens ?? config.rollOut.budgetTokens,
    };
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
      estimates: estimatesOf(work, config.models, chosenModel(config).key),
      budget,
    };
    if (chosen.length > 0)
      await objects.put(files.lines, linesOf(chosen, rollOut, run), 'application/jsonl');
    await objects.put(files.plan, `${JSON.stringify(plan, null, 2)}\n`, 'application/json');
    return {
      run,
      planned: chosen.length,
      bucket,
      key: files.lines,
      resultsPrefix: files.results,
      concurrency: config.rollOut.concurrency,
      budget: { name: budgetOfRun(run), limit: budget },
    };
  };

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

const linesOf = (products: readonly LackingProduct[], { again }: RollOut, run: string): string =>
  products
    .map(({ shop, sku, category, locales }) => {
      const line: PlannedProduct = {
        requestId: `${requestsOfRun(run)}${sku}`,
        shop,
        sku,
        locales,
        category,
        ...(again === true ? { again } : {}),
      };
      return `${JSON.stringify(line)}\n`;
    })
    .join('');
