import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fitPurchaseModel, logLikelihoodOf } from '#core/domain/scores/fit-purchase-model.ts';
import { fitSpendModel } from '#core/domain/scores/fit-spend-model.ts';
import {
  expectedPurchases,
  probabilityAlive,
  type PurchaseHistory,
} from '#core/domain/scores/purchase-model.ts';
import { logRising } from '#core/domain/scores/special-functions.ts';
import { expectedValue, populationValue } from '#core/domain/scores/spend-model.ts';
import { logGamma } from '#core/domain/statistics/log-gamma.ts';
import { cdnowGroups, cdnowSpend } from './cdnow.ts';
import { fitted } from './fitted.ts';

const reference = z
  .object({
    logGamma: z.array(z.tuple([z.number(), z.number()])),
    expectedPurchases: z.array(
      z.object({
        name: z.enum(['BG/NBD', 'MBG/NBD']),
        params: z.tuple([z.number(), z.number(), z.number(), z.number()]),
        history: z.tuple([z.number(), z.number(), z.number()]),
        weeks: z.number(),
        expected: z.number(),
      }),
    ),
  })
  .parse(
    JSON.parse(
      readFileSync(new URL('../../fixtures/reference/score-models.json', import.meta.url), 'utf8'),
    ),
  );

const easy = fitted(fitPurchaseModel('BG/NBD', cdnowGroups));
const modified = fitted(fitPurchaseModel('MBG/NBD', cdnowGroups));

describe('on the CDNOW sample', () => {
  test('BG/NBD is what Fader, Hardie & Lee published in 2005', () => {
    const { r, alpha, a, b } = easy.model;

    expect(easy.customers).toBe(2357);
    expect(r).toBeCloseTo(0.2426, 4);
    expect(alpha).toBeCloseTo(4.4135, 4);
    expect(a).toBeCloseTo(0.7929, 4);
    expect(b).toBeCloseTo(2.4258, 4);
    expect(easy.logLikelihood).toBeCloseTo(-9582.4256, 4);
  });

  test('MBG/NBD is what scipy’s Nelder–Mead finds', () => {
    const { r, alpha, a, b } = modified.model;

    expect(r).toBeCloseTo(0.5248, 4);
    expect(alpha).toBeCloseTo(6.183, 4);
    expect(a).toBeCloseTo(0.8914, 4);
    expect(b).toBeCloseTo(1.614, 4);
    expect(modified.logLikelihood).toBeCloseTo(-9582.1327, 4);
  });

  test('a fit is the same each time and counts one customer a row as it counts groups', () => {
    const single = cdnowGroups.flatMap((group) =>
      Array.from({ length: group.customers }, () => ({ ...group, customers: 1 })),
    );

    expect(fitPurchaseModel('MBG/NBD', cdnowGroups)).toEqual(modified);
    expect(logLikelihoodOf(modified.model, single)).toBeCloseTo(modified.logLikelihood, 8);
  });

  test('gamma–gamma is what Fader & Hardie published in 2013, with CLVTools’ likelihood', () => {
    const { model, customers, logLikelihood } = fitted(fitSpendModel(cdnowSpend));

    expect(customers).toBe(946);
    expect(model.p).toBeCloseTo(6.25, 2);
    expect(model.q).toBeCloseTo(3.74, 1);
    expect(model.v).toBeCloseTo(15.44, 2);
    expect(logLikelihood).toBeCloseTo(-4055.9177, 4);
  });

  test('gamma–gamma on means rounded to cents is what lifetimes fits', () => {
    const rounded = cdnowSpend.map((group) => ({
      ...group,
      meanValue: Math.round(group.meanValue * 100 + 1e-6) / 100,
    }));

    const { p, q, v } = fitted(fitSpendModel(rounded)).model;

    expect(p).toBeCloseTo(6.2488, 4);
    expect(q).toBeCloseTo(3.7446, 4);
    expect(Math.abs(v - 15.4478)).toBeLessThan(1e-4);
  });

  test('an unknown customer is worth the mean, a known one is between it and theirs', () => {
    const { model } = fitted(fitSpendModel(cdnowSpend));

    expect(populationValue(model)).toBeCloseTo(35.17, 1);
    expect(expectedValue(model)).toBe(populationValue(model));
    expect(expectedValue(model, { transactions: 0, meanValue: 0 })).toBe(populationValue(model));
    // 2 orders of 22.345 on average: 6.2496 · (15.4435 + 44.69) / (12.4991 + 2.7442), by hand.
    expect(expectedValue(model, { transactions: 2, meanValue: 22.345 })).toBeCloseTo(24.654, 2);
  });

  test.each([
    [{ frequency: 0, recency: 0, age: 38.86 }, 0.389716, 0.153954],
    [{ frequency: 1, recency: 1.71, age: 38.86 }, 0.17082, 0.188789],
    [{ frequency: 26, recency: 30.86, age: 31 }, 0.965553, 19.448036],
  ])('MBG/NBD says of %j that it is alive with %d and expects %d orders in 39 weeks', (...row) => {
    const [history, alive, orders] = row;

    expect(probabilityAlive(modified.model, history)).toBeCloseTo(alive, 6);
    expect(Math.abs(expectedPurchases(modified.model, history, 39) - orders)).toBeLessThan(2e-6);
  });

  test('expected orders, not P(alive), tell who came back in the next 39 weeks', () => {
    const byAlive = aucOf((history) => probabilityAlive(modified.model, history));
    const byEasyAlive = aucOf((history) => probabilityAlive(easy.model, history));
    const byExpected = aucOf((history) => expectedPurchases(modified.model, history, 39));

    expect(byEasyAlive).toBeCloseTo(0.316, 3);
    expect(byAlive).toBeCloseTo(0.687, 3);
    expect(byExpected).toBeCloseTo(0.773, 3);
  });

  test('the orders expected of all are those that came within a fifth, a little too few', () => {
    const expected = sum((group) => group.customers * expectedPurchases(modified.model, group, 39));
    const came = sum(({ holdoutOrders }) => holdoutOrders);

    expect(came).toBe(1882);
    expect(expected / came).toBeCloseTo(0.838, 3);
    expect(modified.check.expected).toBeCloseTo(2475.6, 0);
  });
});

type Cdnow = (typeof cdnowGroups)[number];

const sum = (of: (group: Cdnow) => number): number =>
  cdnowGroups.reduce((total, group) => total + of(group), 0);

/** Area under the ROC curve for ordering in the holdout: Mann & Whitney's U, ties counting a half. */
const aucOf = (score: (history: PurchaseHistory) => number): number => {
  const byScore = [...Map.groupBy(cdnowGroups, score)].toSorted(([a], [b]) => a - b);
  let [below, wins] = [0, 0];
  for (const [, same] of byScore) {
    const buyers = same.reduce((total, { holdoutBuyers }) => total + holdoutBuyers, 0);
    const others = same.reduce((total, { customers }) => total + customers, 0) - buyers;
    wins += buyers * (below + others / 2);
    below += others;
  }
  return wins / (sum(({ holdoutBuyers }) => holdoutBuyers) * below);
};

describe('against mpmath', () => {
  test.each(reference.logGamma)('ln Γ(%d) is %d to ten digits', (x, expected) => {
    expect(Math.abs(logGamma(x) / expected - 1)).toBeLessThan(1e-10);
  });

  test('ln of a rising factorial is the difference of two ln Γ', () => {
    for (const a of [0.01, 0.5248, 3, 40])
      for (const n of [0, 1, 7, 60])
        expect(logRising(a, 60)[n]).toBeCloseTo(logGamma(a + n) - logGamma(a), 10);
  });

  test.each(reference.expectedPurchases)(
    'the sum is the closed form with ₂F₁: $name $params $history, $weeks weeks: $expected',
    ({ name, params: [r, alpha, a, b], history: [frequency, recency, age], weeks, expected }) => {
      const model = { name, r, alpha, a, b };

      const actual = expectedPurchases(model, { frequency, recency, age }, weeks);

      expect(Math.abs(actual / expected - 1)).toBeLessThan(1e-10);
    },
  );
});
