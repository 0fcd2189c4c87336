import { liveTexts } from '#core/content/live-texts.ts';
import {
  EVERY_LOCALE,
  orderCoverage,
  type OrderGroup,
  withoutRun,
} from '#core/content/roll-out/order-coverage.ts';
import { reportPage } from '#core/content/roll-out/report-page.ts';
import { ResultTally } from '#core/content/roll-out/result-sums.ts';
import {
  budgetOfRun,
  requestsOfRun,
  type RollOutPlan,
  runFiles,
} from '#core/content/roll-out/roll-out-plan.ts';
import type {
  OrderCoverage,
  ResultSums,
  RollOutReport,
} from '#core/content/roll-out/roll-out-report.ts';
import type { ShopConfig } from '#core/contracts/config.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';
import type { Digest } from '#core/ports/digest.ts';
import type { DraftBudget } from '#core/ports/draft-budget.ts';
import type { Objects } from '#core/ports/objects.ts';
import type { ProductContents } from '#core/ports/product-contents.ts';
import type { QueryResults } from '#core/ports/query-results.ts';
import {
  failedLine,
  manifest,
  ordersRow,
  type ReportContentInput,
  succeededLine,
} from './contract.ts';

export interface ReportContentDeps {
  readonly results: QueryResults;
  readonly objects: Objects;
  readonly contents: Pick<ProductContents, 'textsOf'>;
  readonly catalogue: Pick<Catalogue, 'find'>;
  readonly budget: Pick<DraftBudget, 'used'>;
  readonly shops: Readonly<Record<string, ShopConfig>>;
  readonly digest: Digest;
  readonly now: () => Date;
}

/** What a run comes to, in a few numbers. */
export interface ReportedRun {
  readonly run: string;
  readonly planned: number;
  readonly drafted: number;
  readonly failed: number;
  readonly overBudget: number;
  readonly approved: number;
  readonly pending: number;
  readonly refused: number;
  readonly tokens: number;
  readonly usd: number;
  /** Of a drafted product; 0 where none was. */
  readonly usdPerProduct: number;
  /** Last month's orders. */
  readonly orders: number;
  /** Those of which a line has a text that says how to use or care for it, in every locale of its shop. */
  readonly ordersWithContent: number;
  /** Keys of the whole report. */
  readonly report: string;
  readonly page: string;
}

/**
 * Reports what became of a run: what was drafted, refused and why, what it cost, and how many of last month's orders
 * now have something to be told. Results are read line by line. Called again, it reports again.
 *
 * @throws when a file of the run is missing or not as it should be, and when a table, the query or the bucket did not answer
 */
export const reportContent =
  (deps: ReportContentDeps) =>
  async ({ run, queryId, manifest: key, batch }: ReportContentInput): Promise<ReportedRun> => {
    const files = runFiles(run);
    const plan: RollOutPlan = JSON.parse(await deps.objects.get(files.plan));
    const results = await readResults(deps.objects, key);
    const report: RollOutReport = {
      run,
      reportedAt: deps.now().toISOString(),
      plan,
      results,
      counted: await deps.budget.used(budgetOfRun(run)),
      orders: await coverageOf(deps, plan, queryId),
      ...(batch === undefined ? {} : { batch }),
    };
    const json = `${JSON.stringify(report, null, 2)}\n`;
    await deps.objects.put(files.report, json, 'application/json');
    await deps.objects.put(files.page, reportPage(report), 'text/markdown; charset=utf-8');
    return headlineOf(report);
  };

/** File after file: Step Functions begins another where one would be too large. */
const readResults = async (objects: Objects, key: string | undefined): Promise<ResultSums> => {
  const tally = new ResultTally();
  if (key === undefined) return tally.sums;
  const { ResultFiles: exported } = manifest.parse(JSON.parse(await objects.get(key)));
  for (const { Key } of exported.SUCCEEDED)
    for await (const line of objects.lines(Key)) tally.add(succeededLine.parse(JSON.parse(line)));
  for (const { Key } of exported.FAILED)
    for await (const line of objects.lines(Key)) tally.add(failedLine.parse(JSON.parse(line)));
  return tally.sums;
};

const coverageOf = (
  { results, contents, catalogue, shops, digest }: ReportContentDeps,
  plan: RollOutPlan,
  queryId: string,
): Promise<readonly OrderCoverage[]> => {
  const earlier = withoutRun(contents, requestsOfRun(plan.run));
  return orderCoverage(
    {
      live: liveTexts({ contents, catalogue, shops, digest }),
      liveBefore: liveTexts({ contents: earlier, catalogue, shops, digest }),
      locales: Object.fromEntries(
        plan.shops.flatMap((shop) => {
          const locales = shops[shop]?.locales;
          return locales === undefined ? [] : [[shop, locales]];
        }),
      ),
    },
    groupsOf(results, queryId),
  );
};

async function* groupsOf(results: QueryResults, queryId: string): AsyncGenerator<OrderGroup> {
  for await (const row of results.rows(queryId)) {
    const { data, error } = ordersRow.safeParse(row);
    if (data === undefined)
      throw new Error(
        `content_orders answered ${JSON.stringify(row)}, which is no row of it. Deploy the Content stack: statement and code are of different versions`,
        { cause: error },
      );
    yield data;
  }
}

const headlineOf = ({ run, plan, results, orders }: RollOutReport): ReportedRun => {
  const { products, all } = results;
  const { drafted, approved, pending, refused, tokens, usd } = all;
  const everywhere = orders.filter(({ locale }) => locale === EVERY_LOCALE);
  const files = runFiles(run);
  return {
    run,
    planned: plan.products.planned,
    drafted,
    failed: products['failed'] ?? 0,
    overBudget: products['over-budget'] ?? 0,
    approved,
    pending,
    refused,
    tokens,
    usd,
    usdPerProduct: drafted === 0 ? 0 : usd / drafted,
    orders: everywhere.reduce((sum, row) => sum + row.orders, 0),
    ordersWithContent: everywhere.reduce((sum, { after }) => sum + after.some, 0),
    report: files.report,
    page: files.page,
  };
};
