import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atRiskOf, DEFAULT_RISK_QUANTILES, tellAtRisk } from '#core/domain/scores/at-risk.ts';
import { categoryPropensities } from '#core/domain/scores/category-propensity.ts';
import { fitModels, type ScoreStatistics } from '#core/domain/scores/fit-models.ts';
import { replenishmentGap } from '#core/domain/scores/replenishment-gap.ts';
import { rfmOf, type RfmCuts } from '#core/domain/scores/rfm.ts';
import { type CustomerStats, scoreCustomer } from '#core/domain/scores/score-customer.ts';
import { cdnowGroups, cdnowSpend } from './cdnow.ts';

const curve = [
  { day: 10, survival: 0.9 },
  { day: 30, survival: 0.75 },
  { day: 60, survival: 0.6 },
  { day: 90, survival: 0.52 },
  { day: 180, survival: 0.5 },
];

const rfmCuts: RfmCuts = {
  recency: [14, 45, 90, 180],
  frequency: [1, 1, 1, 2],
  monetary: [1_500, 3_000, 6_000, 12_000],
};

const statistics: ScoreStatistics = {
  fittedAt: '1997-09-30T00:00:00.000Z',
  purchases: cdnowGroups,
  spend: cdnowSpend.map((group) => ({ ...group, meanValue: group.meanValue * 100 })),
  firstReturn: curve,
  rfmCuts,
  affinity: {
    Coffee: [
      { category: 'Mugs', score: 3 },
      { category: 'Coffee', score: 1 },
    ],
    Tea: [{ category: 'Mugs', score: 1 }],
  },
};

const models = fitModels(statistics);

const regular: CustomerStats = {
  frequency: 6,
  recency: 34,
  age: 36,
  lastOrderDay: '1997-09-16',
  spentMinor: 21_000,
  spend: { transactions: 6, meanValue: 3_000 },
  categories: ['Coffee', 'Tea'],
};

const newcomer: CustomerStats = {
  frequency: 0,
  recency: 0,
  age: 4,
  lastOrderDay: '1997-09-02',
  spentMinor: 2_000,
  categories: [],
};

const silent = (stats: CustomerStats, weeks: number): CustomerStats => ({
  ...stats,
  age: stats.recency + weeks,
});

describe('a customer’s score', () => {
  test('has what is expected of them, what it is worth, and until when', () => {
    const score = scoreCustomer(models, regular);

    expect(score.probabilityAlive).toBeCloseTo(0.89, 1);
    expect(score.expectedPurchases).toBeGreaterThan(1);
    expect(score.expectedPurchases).toBeLessThan(2);
    // Their mean of 30.00 drawn towards everybody's 35.17.
    expect((score.expectedValueMinor ?? 0) / (score.expectedPurchases ?? 1)).toBeCloseTo(3_034, -2);
    expect(score).toMatchObject({
      atRisk: { state: 'active', by: 'own-rhythm', orders: 7, daysSinceLast: 14 },
      // 79 days: (6.183 + 34) · (0.2^(−1/6.5248) − 1) weeks.
      dueBy: '1997-12-04',
      rfm: { score: 555, segment: 'champions' },
      propensities: [
        { category: 'Mugs', score: 0.8 },
        { category: 'Coffee', score: 0.2 },
      ],
    });
  });

  test('ranks a regular before who ordered once, which P(alive) of BG/NBD would not', () => {
    const once = scoreCustomer(models, silent(newcomer, 36));

    expect(scoreCustomer(models, regular).expectedPurchases).toBeGreaterThan(
      10 * (once.expectedPurchases ?? 1),
    );
  });

  test('is the same by models that were kept as JSON', () => {
    const kept: typeof models = JSON.parse(JSON.stringify(models));

    expect(kept).toEqual(models);
    expect(scoreCustomer(kept, regular)).toEqual(scoreCustomer(models, regular));
  });

  test('leaves out what was not fitted, which says why', () => {
    const none = fitModels({ fittedAt: 'x', purchases: [], spend: [], firstReturn: [] });

    expect(none.purchases).toMatchObject({ kind: 'not-fitted', reason: 'too-few-customers' });
    expect(none.spend).toMatchObject({ kind: 'not-fitted', reason: 'too-few-customers' });
    for (const stats of [regular, newcomer])
      expect(scoreCustomer(none, stats)).toEqual({ propensities: [] });
  });

  test('is refused where the statistics cannot be', () => {
    expect(() => scoreCustomer(models, { ...regular, age: 30 })).toThrow('0 ≤ recency ≤ age');
    expect(() => scoreCustomer(models, { ...regular, frequency: Number.NaN })).toThrow('whole');
  });
});

describe('lateness', () => {
  const limits = { dueAfterDays: 30, atRiskAfterDays: 60, lapsedAfterDays: 90 };

  test.each([
    [3, 'new'],
    [30 / 7, 'new'],
    [5, 'due'],
    [60 / 7, 'due'],
    [9, 'at-risk'],
    [13, 'lapsed'],
  ])('of who ordered once %d weeks ago is %s, by when others came back', (weeks, state) => {
    expect(scoreCustomer(models, silent(newcomer, weeks)).atRisk).toMatchObject({
      state,
      by: 'first-return',
      orders: 1,
      ...limits,
    });
  });

  test('goes from active over due and at risk to lapsed as a regular keeps silent', () => {
    const states = [0, 2, 3, 4, 6, 8, 10, 12, 15, 18, 25, 60].map(
      (weeks) => scoreCustomer(models, silent(regular, weeks)).atRisk?.state,
    );

    expect([...new Set(states)]).toEqual(['active', 'due', 'at-risk', 'lapsed']);
    expect(states).toEqual(
      states.toSorted((a, b) => order.indexOf(`${a}`) - order.indexOf(`${b}`)),
    );
  });

  const order = ['active', 'due', 'at-risk', 'lapsed'];

  test('begins at (α + tₓ)((1 − q)^(−1/(r+x)) − 1) weeks', () => {
    const risk = atRiskOf(
      { purchases: { name: 'MBG/NBD', r: 0.5, alpha: 6, a: 1, b: 2 }, firstReturn: [] },
      { frequency: 1, recency: 4, age: 9 },
    );

    // 10 · (0.2^(−1/1.5) − 1) = 19.24 weeks.
    expect(risk?.atRiskAfterDays).toBe(135);
  });

  test('comes sooner to who orders more often', () => {
    const afterDays = (frequency: number): number =>
      scoreCustomer(models, { ...regular, frequency }).atRisk?.atRiskAfterDays ?? Infinity;

    expect(afterDays(12)).toBeLessThan(afterDays(6));
    expect(afterDays(6)).toBeLessThan(afterDays(1));
  });

  test('is told in words with its numbers', () => {
    const late = scoreCustomer(models, silent(newcomer, 9)).atRisk;

    expect(late && tellAtRisk(late)).toBe(
      'at-risk: 63 days since the last order; of those who come back after their first order 80 % do so within 60 days',
    );
  });

  test('is told of a regular by their own rhythm', () => {
    const risk = scoreCustomer(models, regular).atRisk;

    expect(risk && tellAtRisk(risk)).toBe(
      'active: 14 days since the last order; after 7 orders in this rhythm 80 % of those who come back do so within 79 days',
    );
  });

  test('is judged by quantiles that ascend', () => {
    const wrong = { ...DEFAULT_RISK_QUANTILES, atRisk: 0.4 };

    expect(() => scoreCustomer(models, regular, wrong)).toThrow('due 0.5, at risk 0.4');
  });

  test('of a rhythm that goes on for ever still has a day', () => {
    const slow = {
      purchases: { name: 'MBG/NBD', r: 1e-4, alpha: 1e7, a: 1, b: 1 },
      firstReturn: [],
    } as const;

    expect(atRiskOf(slow, { frequency: 1, recency: 1, age: 2 })?.lapsedAfterDays).toBe(36_500);
  });
});

describe('RFM', () => {
  test.each([
    [{ recency: 1, frequency: 1, monetary: 1_000 }, 511, 'newcomers'],
    [{ recency: 20, frequency: 1, monetary: 1_500 }, 411, 'promising'],
    [{ recency: 60, frequency: 2, monetary: 2_000 }, 342, 'needing-attention'],
    [{ recency: 60, frequency: 1, monetary: 20_000 }, 315, 'needing-attention'],
    [{ recency: 120, frequency: 3, monetary: 20_000 }, 255, 'cannot-lose'],
    [{ recency: 400, frequency: 2, monetary: 4_000 }, 143, 'slipping'],
    [{ recency: 400, frequency: 1, monetary: 1_000 }, 111, 'hibernating'],
  ])('of %j is %d: %s', (values, score, segment) => {
    expect(rfmOf(rfmCuts, values)).toMatchObject({ score, segment });
  });

  test('never scores who ordered later, more or for more below who did not', () => {
    const values = fc.record({
      recency: fc.nat(400),
      frequency: fc.integer({ min: 1, max: 9 }),
      monetary: fc.nat(20_000),
    });
    fc.assert(
      fc.property(values, values, (one, other) => {
        const [a, b] = [rfmOf(rfmCuts, one), rfmOf(rfmCuts, other)];

        expect((a.recency - b.recency) * (one.recency - other.recency)).toBeLessThanOrEqual(0);
        expect(
          (a.frequency - b.frequency) * (one.frequency - other.frequency) + 0,
        ).toBeGreaterThanOrEqual(0);
        expect(
          (a.monetary - b.monetary) * (one.monetary - other.monetary) + 0,
        ).toBeGreaterThanOrEqual(0);
        expect(a.score).toBeGreaterThanOrEqual(111);
        expect(a.score).toBeLessThanOrEqual(555);
      }),
    );
  });

  test('is refused without cut points that ascend and a value that is a number', () => {
    const values = { recency: 1, frequency: 1, monetary: 1 };

    expect(() => rfmOf({ ...rfmCuts, recency: [1, 3, 2, 4] }, values)).toThrow(
      'the cut points of recency are 1, 3, 2, 4',
    );
    expect(() => rfmOf(rfmCuts, { ...values, monetary: Number.NaN })).toThrow('monetary');
  });
});

describe('category propensities', () => {
  const { affinity = {} } = statistics;

  test('sum to one, the likeliest first; what was bought twice counts twice', () => {
    expect(categoryPropensities(affinity, ['Tea', 'Coffee', 'Coffee'])).toEqual([
      { category: 'Mugs', score: 7 / 9 },
      { category: 'Coffee', score: 2 / 9 },
    ]);
  });

  test('are none where nothing is known', () => {
    expect(categoryPropensities(affinity, ['constructor', 'Garden'])).toEqual([]);
    expect(categoryPropensities({ Tea: [{ category: 'Mugs', score: 0 }] }, ['Tea'])).toEqual([]);
  });

  test('do not depend on the order in which categories were bought', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['Tea', 'Coffee', 'Mugs']), (bought) => {
        expect(categoryPropensities(affinity, bought)).toEqual(
          categoryPropensities(affinity, bought.toSorted()),
        );
      }),
    );
  });
});

describe('a replenishment gap', () => {
  const none = { gaps: 0, meanDays: 0 };

  test('is the usual one where nothing else is known', () => {
    expect(replenishmentGap({ own: [], customer: none, sku: none, usualDays: 30 })).toBeCloseTo(30);
  });

  test('goes from what customer and product let expect to the customer’s own', () => {
    const knowledge = {
      customer: { gaps: 1e9, meanDays: 20 },
      sku: { gaps: 1e9, meanDays: 80 },
      usualDays: 30,
    };

    expect(replenishmentGap({ ...knowledge, own: [] })).toBeCloseTo(40, 4);
    // (1.2 · 40 + 60) / 2.2
    expect(replenishmentGap({ ...knowledge, own: [60] })).toBeCloseTo(49.0909, 4);
    expect(replenishmentGap({ ...knowledge, own: [60] }, 5)).toBeCloseTo(43.3333, 4);
    expect(replenishmentGap({ ...knowledge, own: Array(500).fill(60) })).toBeCloseTo(60, 0);
  });

  test('lies between the least and the most that anything says', () => {
    const days = fc.double({ min: 1, max: 400, noNaN: true });
    const summary = fc.record({ gaps: fc.integer({ min: 1, max: 50 }), meanDays: days });
    fc.assert(
      fc.property(fc.array(days), summary, summary, days, (own, customer, sku, usualDays) => {
        const said = [...own, customer.meanDays, sku.meanDays, usualDays];

        const gap = replenishmentGap({ own, customer, sku, usualDays });

        expect(gap).toBeGreaterThanOrEqual(Math.min(...said) - 1e-9);
        expect(gap).toBeLessThanOrEqual(Math.max(...said) + 1e-9);
      }),
    );
  });

  test('is refused for a gap of no days', () => {
    expect(() => replenishmentGap({ own: [0], customer: none, sku: none, usualDays: 30 })).toThrow(
      'a gap of 0 days was given',
    );
  });
});
