import { describe, expect, test } from 'vitest';
import config from '#config';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import type { PlannedProduct, RollOutPlan } from '#core/content/roll-out/roll-out-plan.ts';
import { contentConfig } from '#core/contracts/content-config.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import { productOf } from '#core/domain/catalogue/product.ts';
import { citableFacts, groundsOf } from '#core/domain/content/citable-facts.ts';
import type { ContentVersion, ProductTexts } from '#core/domain/content/product-texts.ts';
import { planContent } from '#lambdas/plan-content/plan-content.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryCatalogueScan } from '#tests/fakes/in-memory-catalogue-scan.ts';
import { inMemoryObjects } from '#tests/fakes/in-memory-objects.ts';
import { inMemoryProductContents } from '#tests/fakes/in-memory-product-contents.ts';
import { inMemoryQueryResults } from '#tests/fakes/in-memory-query-results.ts';
import { approved, draftOf } from '#tests/unit/content/versions.ts';

const [base] = Object.values(config.shops);
if (base === undefined) throw new Error('the configuration has no shop');
const bare = { ...base, categories: {}, products: {} };
const shops = {
  hearth: { ...bare, locales: ['en-GB', 'de-DE'] },
  northside: { ...bare, locales: ['en-GB'] },
};

const content = contentConfig.parse({
  models: {
    nova: { modelId: 'nova', inputUsdPerMillion: 1, outputUsdPerMillion: 4 },
    haiku: { modelId: 'haiku', inputUsdPerMillion: 2, outputUsdPerMillion: 8 },
  },
  kinds: ['care'],
  rollOut: { concurrency: 7, budgetUsd: 40, budgetTokens: 90_000 },
});

/** All that journeys go by is stated: nothing is to be proposed. */
const facts = { complexity: 'simple', careCategory: 'textile' } as const;

const item = (sku: string, change: Partial<CatalogItem> = {}): CatalogItem => ({
  shop: 'hearth',
  sku,
  name: `The ${sku}`,
  category: sku.slice(0, 1),
  kind: 'physical',
  facts,
  attributes: [{ id: 'wash', type: 'care', text: { en: 'Wash at 30 °C.' } }],
  updatedAt: '2026-01-01T00:00:00.000Z',
  ...change,
});

const sources = (of: CatalogItem, language: string) =>
  citableFacts({ item: of, product: productOf(of, bare), pairs: [] }, language);

/** A text of the item as it is, in its locale; drafted by the model in use. */
const textOf = (
  of: CatalogItem,
  locale: string,
  change: Partial<ContentVersion> = {},
): ProductTexts => {
  const known = sources(of, locale.slice(0, 2));
  const version = draftOf({
    blocks: [{ style: 'paragraph', text: 'Wash at 30 °C.', facts: ['wash'] }],
    groundsDigest: sha256Digest(groundsOf(known, new Set(['wash']))),
    sourceDigest: sha256Digest(JSON.stringify(known)),
    draftedBy: { model: 'nova', prompt: 'v1' },
    ...change,
  });
  const { shop, sku } = of;
  return { shop, sku, locale, revision: 1, versions: [{ ...version, version: 1 }] };
};

interface Options {
  readonly items?: readonly CatalogItem[];
  readonly texts?: readonly ProductTexts[];
  /** What facts were asked for from, by the item's SKU. */
  readonly askedFrom?: Readonly<Record<string, string>>;
  readonly input?: unknown;
  readonly sales?: Parameters<typeof inMemoryQueryResults>[0][string];
}

const [a1, a2, b1] = [item('A1'), item('A2'), item('B1')];

const plan = async ({
  items = [a1, a2, b1],
  texts = [],
  askedFrom = {},
  input = {},
  sales = [],
}: Options = {}) => {
  const { stored, ...objects } = inMemoryObjects();
  const contents = inMemoryProductContents(...texts);
  for (const [sku, source] of Object.entries(askedFrom))
    await contents.writeProposals({
      shop: 'hearth',
      sku,
      revision: 0,
      facts: [],
      askedFrom: source,
    });
  const planned = await planContent({
    results: inMemoryQueryResults({ sales }),
    catalogue: { ...inMemoryCatalogue(...items), ...inMemoryCatalogueScan(...items) },
    contents,
    objects,
    bucket: 'runs',
    config: content,
    shops,
    prompt: 'v1',
    batch: {
      record: () => {
        throw new Error('nobody has asked for a batch');
      },
    },
    digest: sha256Digest,
    now: () => new Date('2026-03-01T10:00:00Z'),
  })({ run: 'spring', queryId: 'sales', input });
  const lines = (stored.get(planned.key) ?? '').split('\n').filter((line) => line !== '');
  const written: RollOutPlan = JSON.parse(await objects.get('runs/spring/plan.json'));
  return { planned, written, lines: lines.map((line): PlannedProduct => JSON.parse(line)) };
};

const skusOf = async (options: Options): Promise<readonly string[]> =>
  (await plan(options)).lines.map(({ sku }) => sku);

describe('a plan', () => {
  test('has a line a product that lacks something, what sells most first', async () => {
    const sales = [
      { shop: 'hearth', category: 'B', sku: 'B1', revenue_minor: 900 },
      { shop: 'hearth', category: 'A', sku: 'A2', revenue_minor: 100 },
    ];

    const { lines } = await plan({ sales });

    expect(lines.map(({ sku }) => sku)).toEqual(['B1', 'A2', 'A1']);
    expect(lines[0]).toEqual({
      requestId: 'spring/B1',
      shop: 'hearth',
      sku: 'B1',
      locales: ['en-GB', 'de-DE'],
      category: 'B',
    });
  });

  test('tells the machine where it is, how fast it may go and what it is paid from', async () => {
    expect((await plan()).planned).toEqual({
      run: 'spring',
      planned: 3,
      bucket: 'runs',
      key: 'runs/spring/plan.jsonl',
      resultsPrefix: 'runs/spring/results',
      concurrency: 7,
      budget: { name: 'run/spring', limit: { usd: 40, tokens: 90_000 } },
    });
  });

  test('counts what it looked at, and estimates what it takes by every model', async () => {
    const { products, estimates } = (await plan({ input: { limit: 2 } })).written;

    expect(products).toEqual({ inCatalogue: 3, settled: 0, leftOut: 1, planned: 2 });
    expect(estimates.map(({ model, isInUse, calls }) => [model, isInUse, calls])).toEqual([
      ['nova', true, 4],
      ['haiku', false, 4],
    ]);
    const [nova, haiku] = estimates;
    expect(haiku?.usd).toBeCloseTo(2 * (nova?.usd ?? 0), 9);
    expect(nova?.outputTokens).toBe(4 * 230);
  });

  test('writes no lines where there is nothing to draft', async () => {
    const { planned, lines } = await plan({ items: [item('A1', { attributes: [] })] });

    expect(planned.planned).toBe(0);
    expect(lines).toEqual([]);
  });
});

describe('a product is settled', () => {
  const inBoth = (change: Partial<ContentVersion>) =>
    ['en-GB', 'de-DE'].map((locale) => textOf(a1, locale, change));
  const refused = { violations: [{ rule: 'number', because: 'got 40' }] };
  const left = (texts: readonly ProductTexts[], input: object = {}) =>
    skusOf({ items: [a1], texts, input });

  test.each([
    ['by a text that is in use', { decisions: [approved] }],
    ['by one that waits for a person', {}],
    ['by one that broke a rule: the same facts give the same again', refused],
  ])('%s', async (_, change) => {
    expect(await left(inBoth(change))).toEqual([]);
  });

  test.each([
    ['whose facts have changed', { sourceDigest: 'before' }],
    [
      'that another model wrote, where it is not in use',
      { draftedBy: { model: 'old', prompt: 'v1' } },
    ],
    ['that another prompt asked for', { draftedBy: { model: 'nova', prompt: 'v0' } }],
    ['in use whose grounds have changed', { groundsDigest: 'before', decisions: [approved] }],
  ])('not by one %s', async (_, change) => {
    expect(await left(inBoth(change))).toEqual(['A1']);
  });

  test('not while a locale is without', async () => {
    expect(await left(inBoth({}).slice(0, 1))).toEqual(['A1']);
    expect(await left(inBoth({}).slice(0, 1), { locales: ['en-GB'] })).toEqual([]);
  });

  test('not while there is a fact to be proposed, which is asked for once', async () => {
    const vague = item('A1', { facts: { careCategory: 'textile' } });
    const texts = ['en-GB', 'de-DE'].map((locale) => textOf(vague, locale, {}));

    const { written, lines } = await plan({ items: [vague], texts });

    expect(lines).toHaveLength(1);
    expect(written.estimates[0]?.calls).toBe(1);
  });

  test('when nobody could propose it from the same facts, and not once they are others', async () => {
    const vague = item('A1', { facts: { careCategory: 'textile' } });
    const texts = ['en-GB', 'de-DE'].map((locale) => textOf(vague, locale, {}));
    const source = sha256Digest(JSON.stringify(sources(vague, 'en')));

    expect(await skusOf({ items: [vague], texts, askedFrom: { A1: source } })).toEqual([]);
    expect(await skusOf({ items: [vague], texts, askedFrom: { A1: 'before' } })).toEqual(['A1']);
  });

  test('not by what was refused when it is to be drafted again, and the line says so', async () => {
    const { lines } = await plan({ items: [a1], texts: inBoth(refused), input: { again: true } });

    expect(lines).toEqual([expect.objectContaining({ sku: 'A1', again: true })]);
    expect(await left(inBoth({ decisions: [approved] }), { again: true })).toEqual([]);
    expect(await left(inBoth({}), { again: true })).toEqual([]);
  });

  test('by what this run itself has drafted again: a plan may be made twice', async () => {
    const texts = inBoth({ ...refused, requestId: 'spring/A1' });

    expect(await left(texts, { again: true })).toEqual([]);
  });
});

describe('a roll-out is narrowed', () => {
  const items = [a1, b1, item('A1', { shop: 'northside' }), item('C1', { category: undefined })];

  test.each([
    [{ shops: ['northside'] }, ['A1']],
    [{ categories: ['B'] }, ['B1']],
    [{ skus: ['A1'] }, ['A1', 'A1']],
    [{ skus: ['A1', 'unknown'], shops: ['hearth'] }, ['A1']],
    [{ locales: ['de-DE'] }, ['C1', 'A1', 'B1']],
    [{ limit: 1 }, ['C1']],
  ])('by %j', async (input, skus) => {
    expect(await skusOf({ items, input })).toEqual(skus);
  });

  test('by locales, of which the lines have those alone', async () => {
    const { lines } = await plan({ items, input: { locales: ['de-DE'] } });

    expect(new Set(lines.flatMap(({ locales }) => locales))).toEqual(new Set(['de-DE']));
  });

  test('by a budget above the configured one', async () => {
    const { planned } = await plan({ input: { budgetUsd: 3.5, budgetTokens: 1_000 } });

    expect(planned.budget.limit).toEqual({ usd: 3.5, tokens: 1_000 });
  });
});

describe('an input is refused, with what was expected', () => {
  test.each([
    [
      { shop: 'hearth' },
      /Unrecognized key: "shop".*Expected an object of any of shops, categories/s,
    ],
    [{ shops: ['heart'] }, /shops: got heart, expected some of hearth, northside/],
    [{ locales: ['fr-FR'] }, /locales: got fr-FR, expected some of en-GB, de-DE/],
    [{ shops: ['northside'], locales: ['de-DE'] }, /locales: got de-DE, expected some of en-GB,/],
    [{ skus: [] }, /at least one; leave it out for all/],
    [{ limit: 0 }, /limit/],
    [{ budgetUsd: '5' }, /budgetUsd/],
    ['all', /got "all"/],
  ])('%j', async (input, problem) => {
    const planning = plan({ input });

    await expect(planning).rejects.toThrow(problem);
    await expect(planning).rejects.toMatchObject({ name: 'InvalidRollOut' });
  });
});

test('an answer that is none of the query fails, and is shown with what to do', async () => {
  const sales = [{ shop: 'hearth', sku: 'A1', revenue_minor: 'much' }];

  await expect(plan({ sales })).rejects.toThrow(
    /content_sales answered .*much.*Deploy the Content stack/s,
  );
});
