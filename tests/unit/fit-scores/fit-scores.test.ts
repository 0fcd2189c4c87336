import { describe, expect, test } from 'vitest';
import { fileViews } from '#analytics/views.ts';
import { scoreViews, statisticsViews } from '#core/contracts/score-views.ts';
import { fitScores } from '#lambdas/fit-scores/fit-scores.ts';
import { inMemoryQueryResults } from '#tests/fakes/in-memory-query-results.ts';
import { inMemoryScoreModels } from '#tests/fakes/in-memory-scores.ts';
import { cdnowGroups, cdnowSpend } from '#tests/unit/scores/cdnow.ts';

type Rows = readonly Readonly<Record<string, string | number | null>>[];

const queries = {
  score_groups: 'q-groups',
  spend_groups: 'q-spend',
  time_to_second_purchase: 'q-returns',
  rfm_cuts: 'q-cuts',
  category_affinity: 'q-pairs',
};

const cdnow = {
  'q-groups': cdnowGroups.map((group) => ({ shop: 'hearth', ...group })),
  'q-spend': cdnowSpend.map(({ meanValue, ...group }) => ({
    shop: 'hearth',
    ...group,
    mean_value: meanValue,
  })),
  'q-returns': [
    { shop: 'hearth', day: 60, survival: 0.6, at_risk: 80, events: 10 },
    { shop: 'hearth', day: 10, survival: 0.9, at_risk: 100, events: 10 },
  ],
  'q-cuts': ['recency', 'frequency', 'monetary'].map((measure) => ({
    shop: 'hearth',
    measure,
    p20: 1,
    p40: 2,
    p60: 3,
    p80: '4.0E8',
  })),
  'q-pairs': [] as Rows,
};

const fit = async (answers: Readonly<Record<string, Rows>>) => {
  const { models, store } = inMemoryScoreModels();
  const input = { fittedAt: '2026-11-23T03:30:00.000Z', queries };
  const results = inMemoryQueryResults({ ...cdnow, ...answers });
  return { models, fitted: await fitScores({ results, models: store })(input) };
};

describe('the models of a shop', () => {
  test('are fitted to its groups, as published for CDNOW', async () => {
    const { models, fitted } = await fit({});

    expect(fitted.shops).toEqual([
      { shop: 'hearth', customers: 2_357, leftOut: 0, purchases: 'fitted', spend: 'fitted' },
    ]);
    const { purchases } = models.get('hearth') ?? {};
    // MBG/NBD on CDNOW, tests/fixtures/reference/score-models.json.
    expect(purchases).toMatchObject({ kind: 'fitted', model: { name: 'MBG/NBD' } });
    expect(purchases?.kind === 'fitted' ? purchases.model.r : 0).toBeCloseTo(0.5248, 3);
  });

  test('have the curve in the order of days, and the cut points', async () => {
    const { models } = await fit({});

    expect(models.get('hearth')).toMatchObject({
      fittedAt: '2026-11-23T03:30:00.000Z',
      firstReturn: [
        { day: 10, survival: 0.9 },
        { day: 60, survival: 0.6 },
      ],
      rfmCuts: { recency: [1, 2, 3, 4e8], frequency: [1, 2, 3, 4e8] },
    });
  });

  test.each([
    ['19 who came back', { at_risk: 100, events: 9 }],
    ['99 customers', { at_risk: 99, events: 10 }],
  ])('have no curve of %s: nobody is late by so few', async (_, first) => {
    const [last] = cdnow['q-returns'];
    const returns = [{ shop: 'hearth', day: 10, survival: 0.9, ...first }, ...(last ? [last] : [])];

    const { models } = await fit({ 'q-returns': returns });

    expect(models.get('hearth')?.firstReturn).toEqual([]);
  });

  test('have no cut points when one measure is missing', async () => {
    const { models } = await fit({ 'q-cuts': cdnow['q-cuts'].slice(1) });

    expect(models.get('hearth')).not.toHaveProperty('rfmCuts');
  });

  test('are of that shop alone', async () => {
    const few = { shop: 'northside', frequency: 1, recency: 2, age: 3, customers: 7 };

    const { models, fitted } = await fit({ 'q-groups': [...cdnow['q-groups'], few] });

    expect(fitted.shops[0]).toMatchObject({ shop: 'hearth', customers: 2_357 });
    expect(models.get('northside')).toMatchObject({ firstReturn: [], affinity: {} });
  });
});

describe('what cannot be fitted', () => {
  const few = [{ shop: 'hearth', frequency: 1, recency: 2, age: 3, customers: 7 }];

  test('is kept as such, and says why', async () => {
    const { models, fitted } = await fit({ 'q-groups': few, 'q-spend': [] });

    expect(fitted.shops).toMatchObject([
      { purchases: expect.stringContaining('7'), spend: expect.stringContaining('100') },
    ]);
    expect(models.get('hearth')?.purchases).toMatchObject({ reason: 'too-few-customers' });
  });

  test('is nothing where there are no buyers yet', async () => {
    const { models, fitted } = await fit({ 'q-groups': [] });

    expect(fitted.shops).toEqual([]);
    expect(models.size).toBe(0);
  });

  test('leaves out customers who ordered after the latest fact of the lake, and counts them', async () => {
    const ahead = { shop: 'hearth', frequency: 0, recency: 0, age: -1, customers: 3 };

    const { fitted } = await fit({ 'q-groups': [...cdnow['q-groups'], ahead] });

    expect(fitted.shops).toMatchObject([{ customers: 2_357, leftOut: 3 }]);
  });

  test('is an answer of another view, which is named', async () => {
    const wrong = [{ shop: 'hearth', frequency: 'many', recency: 2, age: 3, customers: 7 }];

    await expect(fit({ 'q-groups': wrong })).rejects.toThrow(
      /score_groups answered .*"many".*frequency.*Deploy the Insight stack/s,
    );
  });
});

test('categories go together by who bought of both, divided by how many buy of either', async () => {
  const pair = (category: string, other: string, both: number, customers: number) => ({
    shop: 'hearth',
    category,
    with_category: other,
    customers_with_both: both,
    customers,
  });

  const { models } = await fit({
    'q-pairs': [
      pair('Coffee', 'Mugs', 40, 100),
      pair('Mugs', 'Coffee', 40, 1_000),
      pair('Coffee', 'Tea', 20, 100),
      pair('Tea', 'Coffee', 20, 50),
      pair('Coffee', 'Gifts', 0, 100),
      pair('Gifts', 'Coffee', 0, 0),
    ],
  });

  // 40 / (100 · 1000^0.3) and 20 / (100 · 50^0.3): the smaller category is the more telling.
  expect(models.get('hearth')?.affinity).toEqual({
    Coffee: [
      { category: 'Tea', score: 0.0618499 },
      { category: 'Mugs', score: 0.050357 },
    ],
    Mugs: [{ category: 'Coffee', score: 0.0100475 }],
    Tea: [{ category: 'Coffee', score: 0.100475 }],
    Gifts: [],
  });
});

test('every column that is read is one of its view', () => {
  const views = new Map(fileViews().map((view) => [view.name, view.columns]));

  for (const [name, { shape }] of Object.entries(scoreViews)) {
    const columns = (views.get(name) ?? []).map((column) => column.name);
    expect(columns).toEqual(expect.arrayContaining(Object.keys(shape)));
  }
  expect(Object.keys(queries).toSorted()).toEqual([...statisticsViews].toSorted());
});
