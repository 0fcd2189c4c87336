import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitPurchaseModel, type PurchaseGroup } from '#core/domain/scores/fit-purchase-model.ts';
import { fitSpendModel, type SpendGroup } from '#core/domain/scores/fit-spend-model.ts';
import { minimise } from '#core/domain/scores/minimise.ts';
import { expectedPurchases, probabilityAlive } from '#core/domain/scores/purchase-model.ts';
import { expectedValue } from '#core/domain/scores/spend-model.ts';
import { cdnowGroups, cdnowSpend } from './cdnow.ts';
import { fitted } from './fitted.ts';

const once = (customers: number): PurchaseGroup => ({
  frequency: 0,
  recency: 0,
  age: 20,
  customers,
});

const again = (customers: number, change: Partial<PurchaseGroup> = {}): PurchaseGroup => ({
  frequency: 1,
  recency: 5,
  age: 20,
  customers,
  ...change,
});

const worth = (transactions: number, meanValue: number, customers: number): SpendGroup => ({
  transactions,
  meanValue,
  customers,
});

describe('a purchase model is refused', () => {
  test.each([
    ['too-few-customers', 'there are 99 customers', [once(50), again(49)]],
    ['too-few-customers', 'there are 0 customers', []],
    ['too-few-repeat-buyers', '0 customers ordered again', [once(5_000)]],
    ['too-few-repeat-buyers', '19 customers ordered again', [once(5_000), again(19)]],
  ])('as %s: %s', (reason, because, groups) => {
    expect(fitPurchaseModel('MBG/NBD', groups)).toMatchObject({
      kind: 'not-fitted',
      reason,
      because: expect.stringContaining(because),
    });
  });

  test.each([
    again(1, { recency: 21 }),
    again(1, { recency: 0 }),
    again(1, { frequency: 1.5 }),
    again(1, { frequency: -1 }),
    again(0),
    again(1, { age: Number.NaN }),
    { ...once(1), recency: 3 },
  ])('with the row that cannot be: %j', (group) => {
    expect(() => fitPurchaseModel('MBG/NBD', [once(200), again(30), group])).toThrow(
      `row 2 of the purchase groups is ${JSON.stringify(group)}; wanted are`,
    );
  });
});

describe('a spend model is refused', () => {
  test.each([
    ['too-few-customers', [worth(2, 10, 99)]],
    ['too-few-repeat-buyers', [worth(1, 10, 500), worth(2, 10, 19)]],
  ])('as %s', (reason, groups) => {
    expect(fitSpendModel(groups)).toMatchObject({ kind: 'not-fitted', reason });
  });

  test.each([worth(0, 10, 1), worth(1, 0, 1), worth(1, Infinity, 1), worth(1, 10, 0.5)])(
    'with the row that cannot be: %j',
    (group) => {
      expect(() => fitSpendModel([worth(2, 10, 200), group])).toThrow(
        'row 1 of the spend groups is',
      );
    },
  );
});

describe('a fit holds', () => {
  test('where nobody leaves: it says at which edge it is', () => {
    const regular = [3, 4, 5, 6].map((frequency) =>
      again(100, { frequency, recency: 19.5, age: 20 }),
    );

    const { model, atEdge } = fitted(fitPurchaseModel('MBG/NBD', regular));

    expect(atEdge).toContain('a');
    expect(probabilityAlive(model, { frequency: 4, recency: 19, age: 20 })).toBeGreaterThan(0.99);
    expect(expectedPurchases(model, { frequency: 4, recency: 19, age: 20 }, 20)).toBeCloseTo(
      4.5,
      0,
    );
  });

  test('where one customer ordered every day', () => {
    const reseller = { frequency: 269, recency: 38.5, age: 38.5, customers: 1 };

    const { model } = fitted(fitPurchaseModel('MBG/NBD', [...cdnowGroups, reseller]));

    const usual = expectedPurchases(model, { frequency: 2, recency: 30, age: 38.86 }, 13);
    expect(usual).toBeGreaterThan(0.2);
    expect(usual).toBeLessThan(1.5);
    expect(expectedPurchases(model, reseller, 13)).toBeGreaterThan(60);
    expect(expectedPurchases(model, reseller, 13)).toBeLessThan(92);
  });

  test('where less than one customer in a hundred orders again', () => {
    const { check } = fitted(fitPurchaseModel('MBG/NBD', [once(20_000), again(100)]));

    expect(check.expected / check.observed).toBeCloseTo(1, 1);
  });

  test('where all orders cost the same', () => {
    const { model } = fitted(fitSpendModel([worth(3, 1_990, 500)]));

    expect(expectedValue(model)).toBeCloseTo(1_990, 0);
  });

  test('where one order cost a million times the others', () => {
    const { model } = fitted(fitSpendModel([...cdnowSpend, worth(1, 3e7, 1)]));

    expect(expectedValue(model)).toBeGreaterThan(25);
    expect(expectedValue(model)).toBeLessThan(60);
  });

  test('in any unit of money and time', () => {
    const cents = cdnowSpend.map((group) => ({ ...group, meanValue: group.meanValue * 100 }));
    const days = cdnowGroups.map((group) => ({
      ...group,
      recency: group.recency * 7,
      age: group.age * 7,
    }));

    const inCents = fitted(fitSpendModel(cents)).model;
    const inDays = fitted(fitPurchaseModel('MBG/NBD', days)).model;

    expect(inCents.v).toBeCloseTo(1_544.35, 1);
    expect(inCents.p).toBeCloseTo(6.2496, 3);
    expect(inDays.alpha / 7).toBeCloseTo(6.183, 3);
    expect(inDays.r).toBeCloseTo(0.5248, 4);
  });
});

test('whatever a shop looks like, a score is a number or the fit is refused', () => {
  const shops = fc.array(
    fc.record({
      frequency: fc.nat({ max: 60 }),
      last: fc.double({ min: 0.01, max: 1, noNaN: true }),
      age: fc.double({ min: 0.01, max: 300, noNaN: true }),
      customers: fc.integer({ min: 1, max: 400 }),
    }),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(shops, (rows) => {
      // Order days are counted: there are no more of them than days.
      const groups = rows.map(({ frequency: most, last, age, customers }) => {
        const frequency = Math.min(most, Math.floor(7 * age));
        return { frequency, recency: frequency === 0 ? 0 : last * age, age, customers };
      });

      const fit = fitPurchaseModel('MBG/NBD', groups);

      if (fit.kind === 'not-fitted') return;
      for (const group of groups) {
        const expected = expectedPurchases(fit.model, group, 13);
        expect(expected).toBeGreaterThanOrEqual(0);
        expect(expected).toBeLessThan(1e4);
      }
    }),
    { numRuns: 40 },
  );
});

describe('the simplex search', () => {
  const banana = ([x = 0, y = 0]: readonly number[]): number =>
    100 * (y - x * x) ** 2 + (1 - x) ** 2;

  test('finds the minimum of Rosenbrock’s valley at (1, 1)', () => {
    const { at, value, converged } = minimise(banana, [-1.2, 1], 10);

    expect(converged).toBe(true);
    expect(at[0]).toBeCloseTo(1, 5);
    expect(at[1]).toBeCloseTo(1, 5);
    expect(value).toBeLessThan(1e-10);
  });

  test('stops at the edge it is given', () => {
    const { at, converged } = minimise(banana, [-1.2, 0.5], 0.5);

    expect(converged).toBe(true);
    expect(at[0]).toBeCloseTo(0.5, 6);
    expect(at[1]).toBeCloseTo(0.25, 6);
  });

  test('does not go where the function is no number, and says when there is nothing to find', () => {
    const half = ([x = 0]: readonly number[]): number => (x < 0 ? Number.NaN : x);

    expect(minimise(half, [3], 10).at[0]).toBeCloseTo(0, 6);
    expect(minimise(() => Number.NaN, [0, 0], 10).converged).toBe(false);
  });
});
