import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  expectedPurchases,
  nextPurchaseWithin,
  probabilityAlive,
  type PurchaseHistory,
  type PurchaseModel,
} from '#core/domain/scores/purchase-model.ts';

const positive = fc.double({ min: -7, max: 7, noNaN: true }).map(Math.exp);

const models: fc.Arbitrary<PurchaseModel> = fc.record({
  name: fc.constantFrom('BG/NBD', 'MBG/NBD'),
  r: positive,
  alpha: positive,
  a: positive,
  b: positive,
});

const histories: fc.Arbitrary<PurchaseHistory> = fc
  .record({
    frequency: fc.nat({ max: 400 }),
    last: fc.double({ min: 0.1, max: 1, noNaN: true }),
    age: fc.double({ min: 0.1, max: 500, noNaN: true }),
  })
  .map(({ frequency, last, age }) => ({
    frequency,
    recency: frequency === 0 ? 0 : last * age,
    age,
  }));

const weeks = fc.double({ min: 0.01, max: 104, noNaN: true });

/** What doubles cannot tell apart. */
const within = (value: number): number => value * (1 + 1e-9) + 1e-300;

describe('whatever the parameters', () => {
  test('P(alive) is a probability that falls with silence', () => {
    fc.assert(
      fc.property(models, histories, weeks, (model, history, longer) => {
        const now = probabilityAlive(model, history);
        const later = probabilityAlive(model, { ...history, age: history.age + longer });

        expect(now).toBeGreaterThanOrEqual(0);
        expect(now).toBeLessThanOrEqual(1);
        expect(later).toBeLessThanOrEqual(within(now));
      }),
    );
  });

  test('expected orders are a number that grows with the time looked ahead and falls with silence', () => {
    fc.assert(
      fc.property(models, histories, weeks, weeks, (model, history, ahead, longer) => {
        const expected = expectedPurchases(model, history, ahead);
        const further = expectedPurchases(model, history, ahead + longer);
        const silent = { ...history, age: history.age + longer };

        expect(expected).toBeGreaterThanOrEqual(0);
        expect(expected).toBeLessThan(Infinity);
        expect(expected).toBeLessThanOrEqual(within(further));
        expect(expectedPurchases(model, silent, ahead)).toBeLessThanOrEqual(within(expected));
      }),
    );
  });

  test('nobody orders more often than they would if they never left', () => {
    fc.assert(
      fc.property(models, histories, weeks, (model, history, ahead) => {
        const rate = (model.r + history.frequency) / (model.alpha + history.age);

        expect(expectedPurchases(model, history, ahead)).toBeLessThanOrEqual(within(rate * ahead));
      }),
    );
  });

  test('by the next-purchase quantile that share of those who stay has ordered', () => {
    // With one order the quantile may lie beyond what a double holds.
    const repeated = histories.filter(({ frequency }) => frequency > 0);
    const shares = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(models, repeated, shares, (model, history, share) => {
        const waited = nextPurchaseWithin(model, history, share);

        const { frequency, age } = history;
        // P(no order within s) at a rate of Gamma(r + x, α + T): its Laplace transform at s.
        const none = (1 + waited / (model.alpha + age)) ** -(model.r + frequency);
        expect(1 - none).toBeCloseTo(share, 8);
      }),
    );
  });
});

test('BG/NBD has everyone with one order alive; MBG/NBD has not', () => {
  const params = { r: 0.5, alpha: 6, a: 0.9, b: 1.6 };
  const once = { frequency: 0, recency: 0, age: 50 };

  expect(probabilityAlive({ name: 'BG/NBD', ...params }, once)).toBe(1);
  expect(probabilityAlive({ name: 'MBG/NBD', ...params }, once)).toBeLessThan(0.5);
});

test('nothing is expected of no time', () => {
  const model: PurchaseModel = { name: 'MBG/NBD', r: 1, alpha: 6, a: 1, b: 2 };

  expect(expectedPurchases(model, { frequency: 2, recency: 5, age: 9 }, 0)).toBe(0);
});
