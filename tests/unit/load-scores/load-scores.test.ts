import { describe, expect, test } from 'vitest';
import { documentItem } from '#core/adapters/dynamo-items.ts';
import { DEFAULT_RISK_QUANTILES } from '#core/domain/scores/at-risk.ts';
import { fitModels, type ScoreModels } from '#core/domain/scores/fit-models.ts';
import type { PseudonymScore, ScoreWriter } from '#core/ports/scores.ts';
import { loadScores } from '#lambdas/load-scores/load-scores.ts';
import { inMemoryQueryResults } from '#tests/fakes/in-memory-query-results.ts';
import { cdnowGroups, cdnowSpend } from '#tests/unit/scores/cdnow.ts';

const models = fitModels({
  fittedAt: '2026-11-23T03:30:00.000Z',
  purchases: cdnowGroups,
  spend: cdnowSpend,
  firstReturn: [
    { day: 30, survival: 0.8 },
    { day: 90, survival: 0.5 },
  ],
  rfmCuts: {
    recency: [14, 45, 90, 180],
    frequency: [1, 1, 1, 2],
    monetary: [1_500, 3_000, 6_000, 12_000],
  },
  affinity: {
    Coffee: [
      { category: 'Mugs', score: 2 },
      { category: 'Tea', score: 1 },
    ],
  },
});

const row = (more: object = {}) => ({
  shop: 'hearth',
  customer: '0a-regular',
  frequency: 6,
  recency_days: 238,
  age_days: 252,
  days_since_last: 14,
  first_on: '2026-03-15',
  last_on: '2026-11-08',
  mean_gap_days: 39.7,
  order_count: 8,
  spend_minor: 21_000,
  valued_days: 7,
  mean_value: 3_000,
  categories: 'Coffee\nTea',
  ...more,
});

interface World {
  readonly rows?: readonly ReturnType<typeof row>[];
  readonly shops?: Readonly<Record<string, ScoreModels>>;
}

const load = async ({ rows = [row()], shops = { hearth: models } }: World = {}) => {
  const kept: (readonly PseudonymScore[])[] = [];
  const read: string[] = [];
  const scores: ScoreWriter = {
    keep: async (batch) => {
      kept.push(batch);
    },
  };
  const use = loadScores({
    results: inMemoryQueryResults({ q: rows }),
    models: {
      of: async (shop) => {
        read.push(shop);
        return shops[shop];
      },
    },
    scores,
    quantiles: DEFAULT_RISK_QUANTILES,
  });
  return { loaded: await use({ bucket: '0', queryId: 'q' }), kept, read, all: kept.flat() };
};

describe('a customer’s row', () => {
  test('becomes their score, by the models of their shop', async () => {
    const { all } = await load();

    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({
      pseudonym: '0a-regular',
      score: {
        scoredOn: '2026-11-22',
        lastOrderDay: '2026-11-08',
        // 79 days: (6.183 + 34) · (0.2^(−1/6.5248) − 1) weeks.
        dueBy: '2027-01-26',
        atRisk: { state: 'active', by: 'own-rhythm', daysSinceLast: 14 },
        rfm: { segment: 'champions' },
        propensities: [
          { category: 'Mugs', score: 0.6667 },
          { category: 'Tea', score: 0.3333 },
        ],
      },
    });
  });

  test('without categories or of no spend is scored by the rest', async () => {
    const { all } = await load({
      rows: [row({ categories: null, spend_minor: -100, valued_days: 0, mean_value: null })],
    });

    expect(all[0]?.score).toMatchObject({ propensities: [], rfm: { monetary: 1 } });
    expect(all[0]?.score.expectedValueMinor).toBeGreaterThan(0);
  });

  test('takes one write of a kilobyte, however many categories there are', async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({
      category: `Kitchen and dining ${index}`,
      score: 60 - index,
    }));
    const { all } = await load({ shops: { hearth: { ...models, affinity: { Coffee: many } } } });

    const item = documentItem({
      key: { pseudonym: '0a2b8f6e-3c1d-4f5a-9b7c-2d4e6f8a0b1c' },
      version: 1,
      document: all[0]?.score ?? {},
    });
    expect(JSON.stringify(item).length).toBeLessThan(1_024 * 1.5);
    expect((item['document']?.S ?? '').length + 80).toBeLessThan(1_024);
  });

  test('that is no row of the view fails, and is named', async () => {
    await expect(load({ rows: [row({ last_on: 'soon' })] })).rejects.toThrow(
      /customer_stats answered .*last_on/s,
    );
  });
});

describe('a bucket', () => {
  test('is written in batches as it comes, each customer once', async () => {
    const rows = Array.from({ length: 601 }, (_, index) => row({ customer: `0-${index}` }));

    const { loaded, kept, all } = await load({ rows });

    expect(loaded).toEqual({ bucket: '0', customers: 601, leftOut: 0 });
    expect(kept.map(({ length }) => length)).toEqual([250, 250, 101]);
    expect(new Set(all.map(({ pseudonym }) => pseudonym)).size).toBe(601);
  });

  test('has the models of a shop read once', async () => {
    const rows = [row(), row({ customer: '0b' }), row({ customer: '0c', shop: 'northside' })];

    const { read } = await load({ rows, shops: { hearth: models, northside: models } });

    expect(read).toEqual(['hearth', 'northside']);
  });

  test('leaves out, and counts, who has no models or ordered after the latest fact', async () => {
    const rows = [
      row(),
      row({ customer: '0b', shop: 'northside' }),
      row({ customer: '0c', age_days: 237, days_since_last: -1 }),
    ];

    const { loaded, all } = await load({ rows });

    expect(loaded).toEqual({ bucket: '0', customers: 1, leftOut: 2 });
    expect(all.map(({ pseudonym }) => pseudonym)).toEqual(['0a-regular']);
  });

  test('without customers writes nothing', async () => {
    expect(await load({ rows: [] })).toMatchObject({ loaded: { customers: 0 }, all: [] });
  });

  test('that is loaded again writes the same', async () => {
    const [first, second] = [await load(), await load()];

    expect(second.all).toEqual(first.all);
  });
});
