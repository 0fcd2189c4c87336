import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Purchase } from '#core/domain/customers/purchase.ts';
import { daysPerPiece, PRIOR_STRENGTH, shrunk } from '#core/domain/journeys/replenishment.ts';
import { purchase } from './plan-inputs.ts';

const dayOf = (day: number): string => new Date(Date.UTC(2026, 0, 1 + day)).toISOString();

const beans = { sku: 'BEANS', daysOfSupply: 30 };
const filters = { sku: 'FILTERS', daysOfSupply: 60 };

/** One piece of the beans on each of these days. */
const beansOn = (...days: readonly number[]): readonly Purchase[] =>
  days.map((day) => purchase(`order-${day}`, dayOf(day), { BEANS: 1 }));

const beansLast = (purchases: readonly Purchase[]): number =>
  daysPerPiece([beans], purchases).get('BEANS') ?? Number.NaN;

describe('an estimate from few observations', () => {
  test('is what is expected while nothing was observed', () => {
    expect(shrunk([], 90)).toBe(90);
  });

  test('has the expectation weigh as much as 1.2 observations', () => {
    expect(PRIOR_STRENGTH).toBe(1.2);
    // (1.2 × 90 + 46) ÷ 2.2 = 154 ÷ 2.2
    expect(shrunk([46], 90)).toBeCloseTo(70, 10);
    // (1.2 × 90 + 40 + 60 + 50) ÷ 4.2 = 258 ÷ 4.2
    expect(shrunk([40, 60, 50], 90)).toBeCloseTo(61.4286, 4);
  });

  const days = fc.double({ min: 1, max: 1_000, noNaN: true });

  test('lies between what is expected and what was observed', () => {
    fc.assert(
      fc.property(fc.array(days, { minLength: 1, maxLength: 20 }), days, (observed, expected) => {
        const estimate = shrunk(observed, expected);

        expect(estimate).toBeGreaterThanOrEqual(Math.min(expected, ...observed) - 1e-9);
        expect(estimate).toBeLessThanOrEqual(Math.max(expected, ...observed) + 1e-9);
      }),
    );
  });

  test('comes nearer to what was observed with each observation', () => {
    fc.assert(
      fc.property(days, days, fc.integer({ min: 0, max: 20 }), (each, expected, count) => {
        const fewer = shrunk(
          Array.from({ length: count }, () => each),
          expected,
        );
        const more = shrunk(
          Array.from({ length: count + 1 }, () => each),
          expected,
        );

        expect(Math.abs(more - each)).toBeLessThanOrEqual(Math.abs(fewer - each) + 1e-9);
      }),
    );
  });
});

describe('the days that a piece lasts', () => {
  test('are the merchant’s while the customer has no gap', () => {
    expect(beansLast([])).toBe(30);
    expect(beansLast(beansOn(5))).toBe(30);
  });

  test('are the customer’s own gaps, shrunk towards their pace', () => {
    // Pace: (1.2 × 1 + 52 ÷ 30) ÷ 2.2 = 1.3333. Beans: (1.2 × 30 × 1.3333 + 52) ÷ 2.2.
    expect(beansLast(beansOn(0, 52))).toBeCloseTo((1.2 * 40 + 52) / 2.2, 10);
  });

  test('are counted a piece: twice as many last twice as long', () => {
    const two = purchase('1', dayOf(0), { BEANS: 2 });

    // A gap of 104 days for two pieces is one of 52 for each.
    expect(beansLast([two, ...beansOn(104)])).toBeCloseTo(beansLast(beansOn(0, 52)), 10);
  });

  test('of a product without a gap follow the pace of the others', () => {
    const purchases = beansOn(0, 52);

    const last = daysPerPiece([beans, filters], purchases);

    // Who takes 4 ÷ 3 of the time over beans takes it over filters too.
    expect(last.get('FILTERS')).toBeCloseTo(80, 10);
  });

  test('are not changed by other products of the same orders', () => {
    const others = [0, 10, 20].map((day) => purchase(`other-${day}`, dayOf(day), { MILL: 1 }));

    expect(beansLast([...beansOn(0, 52), ...others])).toBe(beansLast(beansOn(0, 52)));
  });

  test('count several orders of one day as one', () => {
    const later = new Date(Date.parse(dayOf(0)) + 3_600_000).toISOString();
    const split = [...beansOn(0), purchase('same-day', later, { BEANS: 1 }), ...beansOn(104)];
    const whole = [purchase('whole', dayOf(0), { BEANS: 2 }), ...beansOn(104)];

    expect(beansLast(split)).toBeCloseTo(beansLast(whole), 10);
  });

  const days = fc.uniqueArray(fc.nat({ max: 400 }), { minLength: 2, maxLength: 8 });

  test('do not depend on the order in which the purchases come', () => {
    fc.assert(
      fc.property(
        days.chain((some) =>
          fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
        ),
        ([some, shuffled]) => {
          expect(beansLast(beansOn(...shuffled))).toBeCloseTo(beansLast(beansOn(...some)), 9);
        },
      ),
    );
  });

  test('lie between the merchant’s and the customer’s, and nearer to theirs with more gaps', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 200 }),
        fc.integer({ min: 2, max: 12 }),
        (gap, count) => {
          const regular = (orders: number) =>
            beansLast(beansOn(...Array.from({ length: orders }, (_, index) => index * gap)));

          const [fewer, more] = [regular(count), regular(count + 1)];

          expect(fewer).toBeGreaterThanOrEqual(Math.min(30, gap) - 1e-9);
          expect(fewer).toBeLessThanOrEqual(Math.max(30, gap) + 1e-9);
          expect(Math.abs(more - gap)).toBeLessThanOrEqual(Math.abs(fewer - gap) + 1e-9);
        },
      ),
    );
  });
});
