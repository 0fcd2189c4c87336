import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newCustomer } from '#core/domain/customers/customer.ts';
import { daysBetween } from '#core/domain/journeys/elapsed.ts';
import type { PlanInputs } from '#core/domain/journeys/plan.ts';
import {
  dueVisit,
  nextVisit,
  type Visit,
  visitId,
  visitTouches,
} from '#core/domain/journeys/visits.ts';
import { at, delivered, line, returned } from '#tests/unit/orders/order-events.ts';
import { ARRIVAL, inputsOf, purchase, type Story, tenOclock } from './plan-inputs.ts';

/** Every visit to the end, each made when it is due. */
const chainOf = (inputs: PlanInputs): readonly Visit[] => {
  const visits: Visit[] = [];
  for (
    let visit = nextVisit(inputs, []);
    visit !== undefined;
    visit = nextVisit(inputs, visits.map(visitId), visits.at(-1)?.at)
  ) {
    visits.push(visit);
    if (visits.length > 50) throw new Error('the visits never end');
  }
  return visits;
};

const supplies = (days: Readonly<Record<string, number>>): Story => ({
  order: { lines: Object.keys(days).map((lineId) => line(lineId)) },
  facts: Object.fromEntries(
    Object.entries(days).map(([lineId, daysOfSupply]) => [`SKU-${lineId}`, { daysOfSupply }]),
  ),
});

const replenishments = (story: Story) =>
  chainOf(inputsOf(story))
    .filter(({ touch }) => touch === 'replenishment')
    .map(({ subjects, at: due }) => [subjects.toSorted(), due]);

describe('the visits of an order', () => {
  test('come in order of time, two days apart at least', () => {
    const story = {
      facts: { 'SKU-mill': { warrantyMonths: 24, pairsWith: ['A'], upgradeSku: 'PRO' } },
      purchases: [purchase('1', at(2), { OTHER: 1 })],
    };

    expect(chainOf(inputsOf(story)).map(({ touch, at: due }) => [touch, due])).toEqual([
      ['warranty-registration', tenOclock(16)],
      ['loyalty-invitation', tenOclock(20)],
      ['cross-sell', tenOclock(24)],
      ['upgrade-nudge', tenOclock(40)],
      ['win-back', expect.any(String)],
    ]);
  });

  test('that are due on one day come in the order of their touches, two days apart', () => {
    const facts = { 'SKU-mill': { pairsWith: ['A'], daysOfSupply: 31 } };

    const [first, second] = chainOf(inputsOf({ facts }));

    expect(first).toEqual({ touch: 'cross-sell', subjects: ['A'], at: tenOclock(24) });
    expect(second).toEqual({ touch: 'replenishment', subjects: ['mill'], at: tenOclock(26) });
  });

  test('that are overdue are made one by one, two days apart', () => {
    const inputs = inputsOf({ facts: { 'SKU-mill': { warrantyMonths: 24, pairsWith: ['A'] } } });
    const now = '2026-12-20T15:30:00.000Z';

    expect(dueVisit(inputs, [], now)?.touch).toBe('warranty-registration');
    expect(nextVisit(inputs, ['warranty-registration'], now)).toMatchObject({
      touch: 'cross-sell',
      at: '2026-12-22T09:00:00.000Z',
    });
  });

  test('are due from their hour on, and not before', () => {
    const inputs = inputsOf({ facts: { 'SKU-mill': { warrantyMonths: 24 } } });

    expect(dueVisit(inputs, [], tenOclock(15))).toBeUndefined();
    expect(dueVisit(inputs, [], tenOclock(16))?.subjects).toEqual(['mill']);
    expect(dueVisit(inputs, ['warranty-registration'], tenOclock(20))).toBeUndefined();
  });

  test('that were made are not made again', () => {
    const inputs = inputsOf({ facts: { 'SKU-mill': { warrantyMonths: 24 } } });

    expect(nextVisit(inputs, ['warranty-registration'], tenOclock(16))).toMatchObject({
      touch: 'win-back',
    });
    expect(nextVisit(inputs, ['warranty-registration', 'win-back'], tenOclock(90))).toBeUndefined();
  });
});

describe('a supply', () => {
  test('is spoken of seven days before it runs out', () => {
    expect(replenishments(supplies({ beans: 30 }))).toEqual([[['beans'], tenOclock(23)]]);
    expect(replenishments({})).toEqual([]);
  });

  test('of several pieces lasts as many times as long', () => {
    const order = { lines: [line('beans', { quantity: 3 })] };

    expect(replenishments({ ...supplies({ beans: 30 }), order })).toEqual([
      [['beans'], tenOclock(83)],
    ]);
  });

  test('lasts as long as the pieces that were kept', () => {
    const order = { lines: [line('beans', { quantity: 3 })] };
    const events = [delivered(ARRIVAL), returned(70, 'beans')];

    expect(replenishments({ ...supplies({ beans: 30 }), order, events })).toEqual([
      [['beans'], tenOclock(53)],
    ]);
  });

  test('lasts as long as it does with this customer', () => {
    const purchases = [
      purchase('1', at(10 - 24 * 52), { 'SKU-beans': 1 }),
      purchase('100482', at(10), { 'SKU-beans': 1 }),
    ];

    // (1.2 × 40 + 52) ÷ 2.2 = 45.45 days, see the laws of the estimate.
    expect(replenishments({ ...supplies({ beans: 30 }), purchases })).toEqual([
      [['beans'], tenOclock(45 - 7)],
    ]);
  });

  test('that lasts less than a week is spoken of the day after it came', () => {
    expect(replenishments(supplies({ milk: 5 }))).toEqual([[['milk'], tenOclock(1)]]);
  });

  test('is spoken of with those that run out in the same week', () => {
    expect(replenishments(supplies({ beans: 30, filters: 37, care: 38 }))).toEqual([
      [['beans', 'filters'], tenOclock(23)],
      [['care'], tenOclock(31)],
    ]);
  });

  test('is spoken of with those of the same week, be it the one in which summer time ends', () => {
    expect(replenishments(supplies({ beans: 350, filters: 357 }))).toEqual([
      [['beans', 'filters'], '2027-10-29T08:00:00.000Z'],
    ]);
  });

  test('that comes by subscription is not spoken of', () => {
    const customer = {
      ...newCustomer('hearth', 'c-17'),
      subscriptions: { 'S-1': { sku: 'SKU-beans', state: 'active', at: at(1) } },
    } as const;

    expect(replenishments({ ...supplies({ beans: 30, care: 90 }), customer })).toEqual([
      [['care'], tenOclock(83)],
    ]);
  });

  test('that was given away is not spoken of', () => {
    const story = supplies({ beans: 30 });

    expect(replenishments({ ...story, order: { ...story.order, gift: true } })).toEqual([]);
  });
});

describe('a visit’s id', () => {
  test('is its touch’s name, but for replenishments, which are several', () => {
    expect(visitId({ touch: 'cross-sell', subjects: ['A'] })).toBe('cross-sell');
    expect(visitId({ touch: 'replenishment', subjects: ['1', '2'] })).toBe('replenishment:1+2');
  });

  test('keeps lines apart whose ids have its own signs', () => {
    expect(visitId({ touch: 'replenishment', subjects: ['1+2'] })).toBe('replenishment:1%2B2');
    expect(visitId({ touch: 'replenishment', subjects: ['a:b', '%'] })).toBe(
      'replenishment:a%3Ab+%25',
    );
  });
});

test('whatever the lines are called, each supply is spoken of once, and the visits end', () => {
  const signs = fc.string({
    unit: fc.constantFrom('+', ':', '%', '2', 'B', 'é', '🫘', ' '),
    minLength: 1,
    maxLength: 4,
  });
  const days = fc.dictionary(signs, fc.integer({ min: 1, max: 400 }), { minKeys: 1, maxKeys: 6 });

  fc.assert(
    fc.property(days, (some) => {
      const visits = chainOf(inputsOf(supplies(some)));
      const told = visits
        .filter(({ touch }) => touch === 'replenishment')
        .flatMap(({ subjects }) => subjects);
      const ids = visits.map(visitId);

      expect(told.toSorted()).toEqual(Object.keys(some).toSorted());
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});

test('no visit comes sooner than two days after another', () => {
  const facts = fc.record({
    warrantyMonths: fc.option(fc.constant(24), { nil: undefined }),
    pairsWith: fc.subarray(['A', 'B']),
    upgradeSku: fc.option(fc.constant('PRO'), { nil: undefined }),
    daysOfSupply: fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
    subscribable: fc.boolean(),
  });
  const regular = [1, 2].map((day) => purchase(String(day), at(day), { 'SKU-mill': 1 }));

  fc.assert(
    fc.property(facts, facts, (ofMill, ofTin) => {
      const story = { facts: { 'SKU-mill': ofMill, 'SKU-tin': ofTin }, purchases: regular };

      const visits = chainOf(inputsOf(story));

      expect(visits.length).toBeLessThanOrEqual(visitTouches.length + 1);
      for (const [index, { at: due }] of visits.slice(1).entries())
        // A day on which summer time begins has 23 hours.
        expect(daysBetween(visits[index]?.at ?? '', due)).toBeGreaterThanOrEqual(2 - 1 / 24);
    }),
  );
});
