import { describe, expect, test } from 'vitest';
import config from '#config';
import { runFiles } from '#core/content/roll-out/roll-out-plan.ts';
import type { RollOutPlan } from '#core/content/roll-out/roll-out-plan.ts';
import type { RollOutReport } from '#core/content/roll-out/roll-out-report.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import { productOf } from '#core/domain/catalogue/product.ts';
import { citableFacts, groundsOf } from '#core/domain/content/citable-facts.ts';
import type { ProductTexts } from '#core/domain/content/product-texts.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { reportContent } from '#lambdas/report-content/report-content.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryDraftBudget } from '#tests/fakes/in-memory-draft-budget.ts';
import { inMemoryObjects } from '#tests/fakes/in-memory-objects.ts';
import { inMemoryProductContents } from '#tests/fakes/in-memory-product-contents.ts';
import { inMemoryQueryResults } from '#tests/fakes/in-memory-query-results.ts';
import { approved, draftOf } from '#tests/unit/content/versions.ts';

const { hearth } = config.shops;
if (hearth === undefined) throw new Error('the configuration has no shop hearth');
const shop = { ...hearth, locales: ['en-GB', 'de-DE'] };

const files = runFiles('spring');
const EXPORT = 'runs/spring/results/1';

const plan: RollOutPlan = {
  run: 'spring',
  plannedAt: '2026-03-01T10:00:00.000Z',
  input: {},
  shops: ['hearth'],
  products: { inCatalogue: 9, settled: 4, leftOut: 0, planned: 5 },
  estimates: [
    {
      model: 'nova',
      isInUse: true,
      calls: 5,
      inputTokens: 900,
      outputTokens: 100,
      tokens: 1_000,
      usd: 0.5,
    },
  ],
  budget: { usd: 10, tokens: 50_000 },
};

const text = (kind: string, outcome: string, rules?: readonly string[]) => ({
  locale: 'en-GB',
  kind,
  outcome,
  ...(['approved', 'pending', 'refused'].includes(outcome) ? { version: 1 } : {}),
  ...(rules === undefined ? {} : { rules }),
});

const answer = (sku: string, change: object = {}) => ({
  shop: 'hearth',
  sku,
  category: 'Kitchen',
  texts: [text('care', 'approved'), text('pairing', 'no-facts')],
  facts: [],
  calls: 1,
  inputTokens: 100,
  outputTokens: 50,
  usd: 0.25,
  ...change,
});

const lambdaCause = JSON.stringify({ errorType: 'Error', errorMessage: 'no room', trace: [] });

const results = [
  answer('A'),
  answer('B', {
    category: 'Bath',
    texts: [
      text('care', 'refused', ['number', 'material']),
      text('usage-guide', 'pending'),
      text('upsell', 'refused', ['number']),
    ],
    facts: [{ fact: 'complexity', outcome: 'pending' }],
    calls: 2,
    usd: 0.5,
  }),
  answer('C', {
    texts: [],
    calls: 0,
    inputTokens: 0,
    outputTokens: 0,
    usd: 0,
    stopped: 'over-budget',
  }),
  { shop: 'hearth', sku: 'D', category: '', failed: 'ThrottlingException', cause: lambdaCause },
];

const failedChild = {
  ExecutionArn: 'arn:…',
  Status: 'TIMED_OUT',
  Input: JSON.stringify({ shop: 'hearth', sku: 'E', category: 'Bath' }),
  Error: 'States.Timeout',
};

const jsonLines = (rows: readonly object[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');

const exported = {
  [files.plan]: JSON.stringify(plan),
  [`${EXPORT}/manifest.json`]: JSON.stringify({
    DestinationBucket: 'runs',
    MapRunArn: 'arn:…',
    ResultFiles: {
      SUCCEEDED: [{ Key: `${EXPORT}/SUCCEEDED_0.jsonl` }, { Key: `${EXPORT}/SUCCEEDED_1.jsonl` }],
      FAILED: [{ Key: `${EXPORT}/FAILED_0.jsonl` }],
      PENDING: [],
    },
  }),
  [`${EXPORT}/SUCCEEDED_0.jsonl`]: jsonLines(results.slice(0, 2)),
  [`${EXPORT}/SUCCEEDED_1.jsonl`]: jsonLines(results.slice(2)),
  [`${EXPORT}/FAILED_0.jsonl`]: jsonLines([failedChild]),
};

const item = (sku: string): CatalogItem => ({
  shop: 'hearth',
  sku,
  name: `The ${sku}`,
  updatedAt: '2026-01-01T00:00:00.000Z',
});

/** An approved text that rests on the name alone. */
const textsOf = (sku: string, locale: string, requestId: string): ProductTexts => {
  const product = productOf(item(sku), shop);
  const facts = citableFacts({ item: item(sku), product, pairs: [] }, locale.slice(0, 2));
  const version = draftOf({
    requestId,
    blocks: [{ style: 'paragraph', text: 'Wipe it.', facts: ['name'] }],
    groundsDigest: sha256Digest(groundsOf(facts, new Set(['name']))),
    decisions: [approved],
  });
  return { shop: 'hearth', sku, locale, revision: 1, versions: [{ ...version, version: 1 }] };
};

const orders = [
  { shop: 'hearth', skus: 'A\u001fB', orders: 6 },
  { shop: 'hearth', skus: 'A', orders: 3 },
  { shop: 'hearth', skus: 'B\u001fX', orders: 1 },
  { shop: 'elsewhere', skus: 'A', orders: 99 },
];

interface Options {
  readonly manifest?: string | undefined;
  readonly texts?: readonly ProductTexts[];
  /** Objects in the place of those above. */
  readonly others?: Readonly<Record<string, string>>;
}

const report = async ({
  manifest = `${EXPORT}/manifest.json`,
  texts = [],
  others = {},
}: Options = {}) => {
  const objects = inMemoryObjects({ ...exported, ...others });
  const budget = inMemoryDraftBudget();
  await budget.reserve('run/spring', { usd: 0.8, tokens: 400 }, plan.budget);
  const headline = await reportContent({
    results: inMemoryQueryResults({ orders }),
    objects,
    contents: inMemoryProductContents(...texts),
    catalogue: inMemoryCatalogue(item('A'), item('B'), item('X')),
    budget,
    shops: { hearth: shop },
    digest: sha256Digest,
    now: () => new Date('2026-03-01T12:00:00Z'),
  })({ run: 'spring', queryId: 'orders', ...(manifest === '' ? {} : { manifest }) });
  const written: RollOutReport = JSON.parse(await objects.get(files.report));
  return { headline, written, page: await objects.get(files.page) };
};

describe('the report of a run', () => {
  test('counts what became of products and texts, over all files of the results', async () => {
    const { written } = await report();

    expect(written.results.products).toEqual({ drafted: 2, 'over-budget': 1, failed: 2 });
    expect(written.results.texts).toEqual({ approved: 1, 'no-facts': 1, refused: 2, pending: 1 });
    expect(written.results.facts).toEqual({ pending: 1 });
  });

  test('adds up what was taken, by category and by shop', async () => {
    const { all, byCategory, byShop } = (await report()).written.results;

    expect(all).toEqual({
      products: 5,
      drafted: 2,
      approved: 1,
      pending: 1,
      refused: 2,
      tokens: 300,
      usd: 0.75,
    });
    expect(byCategory.map(({ category, products, usd }) => [category, products, usd])).toEqual([
      ['Bath', 2, 0.5],
      ['Kitchen', 2, 0.25],
      ['', 1, 0],
    ]);
    expect(byShop).toEqual([{ shop: 'hearth', ...all }]);
  });

  test('says which rules were broken, with examples, and what failed and why', async () => {
    const { refusals, failures } = (await report()).written.results;

    expect(refusals).toEqual([
      { rule: 'number', texts: 2, examples: ['B'] },
      { rule: 'material', texts: 1, examples: ['B'] },
    ]);
    expect(failures).toEqual([
      { error: 'ThrottlingException', products: 1, examples: [{ sku: 'D', cause: 'no room' }] },
      { error: 'States.Timeout', products: 1, examples: [{ sku: 'E', cause: '' }] },
    ]);
  });

  test('says in a few numbers what it comes to', async () => {
    expect((await report()).headline).toMatchObject({
      run: 'spring',
      planned: 5,
      drafted: 2,
      failed: 2,
      overBudget: 1,
      approved: 1,
      pending: 1,
      refused: 2,
      usd: 0.75,
      usdPerProduct: 0.375,
      report: 'runs/spring/report.json',
      page: 'runs/spring/report.md',
    });
  });

  test('of a run without anything to draft has no results', async () => {
    const { written, headline } = await report({ manifest: '' });

    expect(written.results.all.products).toBe(0);
    expect(headline).toMatchObject({ drafted: 0, usdPerProduct: 0, orders: 10 });
  });
});

describe('the share of orders', () => {
  const texts = [
    textsOf('A', 'en-GB', 'spring/A'),
    textsOf('A', 'de-DE', 'spring/A'),
    textsOf('B', 'en-GB', 'winter/B'),
  ];

  test('is of those that a message can tell something of, before the run and after it', async () => {
    const { written, headline } = await report({ texts });

    expect(written.orders).toEqual([
      {
        shop: 'hearth',
        locale: 'every',
        orders: 10,
        before: { some: 0, every: 0 },
        after: { some: 9, every: 3 },
      },
      {
        shop: 'hearth',
        locale: 'en-GB',
        orders: 10,
        before: { some: 7, every: 0 },
        after: { some: 10, every: 9 },
      },
      {
        shop: 'hearth',
        locale: 'de-DE',
        orders: 10,
        before: { some: 0, every: 0 },
        after: { some: 9, every: 3 },
      },
    ]);
    expect(headline).toMatchObject({ orders: 10, ordersWithContent: 9 });
  });

  test('has no text whose facts have changed since, as messages have none', async () => {
    const stale = texts.map((each) => ({
      ...each,
      versions: each.versions.map((version) => ({ ...version, groundsDigest: 'before' })),
    }));

    expect((await report({ texts: stale })).headline.ordersWithContent).toBe(0);
  });
});

describe('the page', () => {
  test('has a table of each thing that a person would ask for', async () => {
    const { page } = await report();

    expect(page.match(/^#+ .+$/gm)).toEqual([
      '# Roll-out spring',
      "## Last month's orders",
      '## Texts',
      '## Refused, and why',
      '## Products',
      '## Failures',
      '## Cost',
    ]);
    expect(page).toContain('| number | 2 | B |');
    expect(page).toContain('$0.375 for a drafted product');
    expect(page).toContain('$0.80 of it is used');
  });

  test('has rows of as many cells as its heads, whatever a category is called', async () => {
    const odd = { ...answer('A'), category: 'Pots | pans <b>\nand "lids" \\' };

    const { page } = await report({
      others: { [`${EXPORT}/SUCCEEDED_0.jsonl`]: jsonLines([odd]) },
    });

    const [, table = ''] = page.split('USD a text |\n');
    const cells = table.split('\n').map((row) => row.split(/(?<!\\)\|/).length);
    expect(new Set(cells.filter((count) => count > 1)).size).toBe(1);
    expect(page).toContain('Pots \\| pans &lt;b> and "lids" \\\\');
  });
});
