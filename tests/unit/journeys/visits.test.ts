import { describe, expect, test } from 'vitest';
import type { ProductFacts } from '#core/domain/catalogue/product.ts';
import { newCustomer } from '#core/domain/customers/customer.ts';
import { nextVisit, type VisitTouch, visitTouches } from '#core/domain/journeys/visits.ts';
import {
  amended,
  at,
  cancelled,
  delivered,
  disputed,
  line,
  received,
  returned,
  used,
} from '#tests/unit/orders/order-events.ts';
import { ARRIVAL, inputsOf, purchase, type Story, tenOclock } from './plan-inputs.ts';

/** The next visit of this touch, as if all others had been made. */
const visitOf = (touch: VisitTouch, story: Story) => {
  const others = visitTouches.filter((each) => each !== touch);
  const visit = nextVisit(inputsOf(story), others);
  return visit?.touch === touch ? { subjects: visit.subjects, at: visit.at } : undefined;
};

/** Facts of the mill; nothing is said of the tins. */
const mill = (facts: ProductFacts) => ({ facts: { 'SKU-mill': facts } });

const millIsBack = { events: [delivered(ARRIVAL), returned(70, 'mill')] };
const gift = { order: { gift: true } };
const twice = [purchase('1', at(-900)), purchase('100482', at(10))];
const member = { ...newCustomer('hearth', 'c-17'), loyalty: { at: at(1) } };
const subscribed = (state: 'active' | 'cancelled') => ({
  ...newCustomer('hearth', 'c-17'),
  subscriptions: { 'S-1': { sku: 'SKU-mill', state, at: at(1) } },
});

describe('a warranty', () => {
  const warranty = mill({ warrantyMonths: 24 });

  test('is to be registered after 16 days, where there is one', () => {
    expect(visitOf('warranty-registration', warranty)).toEqual({
      subjects: ['mill'],
      at: tenOclock(16),
    });
    expect(visitOf('warranty-registration', {})).toBeUndefined();
  });

  test('is nothing to whoever gave it away, gave it back or has no page to register on', () => {
    expect(visitOf('warranty-registration', { ...warranty, ...gift })).toBeUndefined();
    expect(visitOf('warranty-registration', { ...warranty, ...millIsBack })).toBeUndefined();
    expect(visitOf('warranty-registration', { ...warranty, pages: ['loyalty'] })).toBeUndefined();
  });
});

describe('an invitation to the loyalty programme', () => {
  test('comes 20 days after the second order, and not after the first', () => {
    expect(visitOf('loyalty-invitation', { purchases: twice })).toEqual({
      subjects: [],
      at: tenOclock(20),
    });
    expect(visitOf('loyalty-invitation', {})).toBeUndefined();
  });

  test('is not for members, for risks or for a shop without a programme', () => {
    const risk = { purchases: twice, order: { risk: 'review' } } as const;

    expect(visitOf('loyalty-invitation', { purchases: twice, customer: member })).toBeUndefined();
    expect(visitOf('loyalty-invitation', risk)).toBeUndefined();
    expect(visitOf('loyalty-invitation', { purchases: twice, pages: [] })).toBeUndefined();
  });
});

describe('an offer of a subscription', () => {
  const regular = { ...mill({ subscribable: true }), purchases: twice };

  test('comes after 21 days to whoever buys the product regularly', () => {
    expect(visitOf('subscription-offer', regular)).toEqual({
      subjects: ['mill'],
      at: tenOclock(21),
    });
    expect(visitOf('subscription-offer', { ...regular, facts: {} })).toBeUndefined();
    expect(
      visitOf('subscription-offer', { ...regular, purchases: twice.slice(1) }),
    ).toBeUndefined();
  });

  test('is not for whoever has it on subscription, but for whoever had', () => {
    const has = { ...regular, customer: subscribed('active') };
    const had = { ...regular, customer: subscribed('cancelled') };

    expect(visitOf('subscription-offer', has)).toBeUndefined();
    expect(visitOf('subscription-offer', had)).toMatchObject({ subjects: ['mill'] });
  });

  test('is not for gifts, returned lines or shops without subscriptions', () => {
    expect(visitOf('subscription-offer', { ...regular, ...gift })).toBeUndefined();
    expect(visitOf('subscription-offer', { ...regular, ...millIsBack })).toBeUndefined();
    expect(visitOf('subscription-offer', { ...regular, pages: ['warranty'] })).toBeUndefined();
  });
});

describe('what goes with a purchase', () => {
  const pairs = mill({ pairsWith: ['A', 'B', 'C', 'D'] });

  test('is offered after 24 days, the best three', () => {
    expect(visitOf('cross-sell', pairs)).toEqual({
      subjects: ['A', 'B', 'C'],
      at: tenOclock(24),
    });
    expect(visitOf('cross-sell', {})).toBeUndefined();
  });

  test('is offered a week later to whoever had to wait for stock', () => {
    const waited = [
      amended(12, { lines: [{ lineId: 'tin', backordered: true }] }),
      delivered(ARRIVAL),
    ];

    expect(visitOf('cross-sell', { ...pairs, events: waited })?.at).toBe(tenOclock(31));
  });

  test('is not offered to whoever has it, from this order or another', () => {
    const ofBoth = mill({ pairsWith: ['SKU-tin', 'A', 'B'] });
    const purchases = [purchase('1', at(2), { A: 1 })];

    expect(visitOf('cross-sell', { ...ofBoth, purchases })?.subjects).toEqual(['B']);
    expect(visitOf('cross-sell', { ...mill({ pairsWith: ['A'] }), purchases })).toBeUndefined();
  });

  test('comes for the leading line first, and each product once', () => {
    const facts = {
      'SKU-tin': { pairsWith: ['A', 'B'] },
      'SKU-mill': { complexity: 'complex', pairsWith: ['C', 'A'] },
    } as const;

    expect(visitOf('cross-sell', { facts })?.subjects).toEqual(['C', 'A', 'B']);
  });

  test('is offered to whoever gave it away, not to whoever gave it back', () => {
    expect(visitOf('cross-sell', { ...pairs, ...gift })).toMatchObject({ at: tenOclock(24) });
    expect(visitOf('cross-sell', { ...pairs, ...millIsBack })).toBeUndefined();
  });
});

describe('what comes above a purchase', () => {
  const plan = mill({ upgradeSku: 'PRO' });
  const reporting = mill({ upgradeSku: 'PRO', reportsUse: true });

  test('is told of after 40 days', () => {
    expect(visitOf('upgrade-nudge', plan)).toEqual({ subjects: ['PRO'], at: tenOclock(40) });
    expect(visitOf('upgrade-nudge', {})).toBeUndefined();
  });

  test('is told of only to whoever uses what they have, where use is reported', () => {
    const inUse = { ...reporting, events: [delivered(ARRIVAL), used(70, 'mill')] };

    expect(visitOf('upgrade-nudge', reporting)).toBeUndefined();
    expect(visitOf('upgrade-nudge', inUse)).toMatchObject({ subjects: ['PRO'] });
  });

  test('is not told of to whoever has it, gave this away or gave it back', () => {
    const purchases = [purchase('1', at(2), { PRO: 1 })];

    expect(visitOf('upgrade-nudge', { ...plan, purchases })).toBeUndefined();
    expect(visitOf('upgrade-nudge', { ...plan, ...gift })).toBeUndefined();
    expect(visitOf('upgrade-nudge', { ...plan, ...millIsBack })).toBeUndefined();
  });

  test('is told of once, though two lines lead to it', () => {
    const facts = { 'SKU-mill': { upgradeSku: 'PRO' }, 'SKU-tin': { upgradeSku: 'PRO' } };

    expect(visitOf('upgrade-nudge', { facts })?.subjects).toEqual(['PRO']);
  });
});

describe('a customer who does not come back', () => {
  const orders = (...days: readonly number[]) =>
    days.map((day) => purchase(day === 0 ? '100482' : `order-${day}`, at(10 - 24 * day)));

  test('is looked for 90 days after the order, when they have no rhythm', () => {
    // The order was placed two days before it arrived.
    expect(visitOf('win-back', {})).toEqual({ subjects: [], at: tenOclock(90 - 2) });
    expect(visitOf('win-back', { purchases: orders(0) })).toMatchObject({ at: tenOclock(88) });
  });

  test('is looked for after twice their rhythm, shrunk towards what is usual', () => {
    // Gaps of 50 and 40 days: (1.2 × 90 + 100 + 80) ÷ 3.2 = 90. Gaps of 60: (1.2 × 90 + 240) ÷ 3.2.
    expect(visitOf('win-back', { purchases: orders(90, 40, 0) })?.at).toBe(tenOclock(90 - 2));
    expect(visitOf('win-back', { purchases: orders(120, 60, 0) })?.at).toBe(tenOclock(109 - 2));
  });

  test('is looked for no earlier than after 60 days and no later than after 150', () => {
    const often = { purchases: orders(24, 20, 16, 12, 8, 4, 0) };
    const rarely = { purchases: orders(800, 400, 0) };

    expect(visitOf('win-back', often)?.at).toBe(tenOclock(60 - 2));
    // Summer time has begun: ten o’clock is an hour earlier.
    expect(visitOf('win-back', rarely)?.at).toBe('2027-04-17T08:00:00.000Z');
  });

  test('has no rhythm from several orders of one day', () => {
    expect(visitOf('win-back', { purchases: orders(0.5, 0.2, 0) })?.at).toBe(tenOclock(88));
  });
});

describe('an order that is over', () => {
  const everything = {
    facts: { 'SKU-mill': { warrantyMonths: 24, pairsWith: ['A'], daysOfSupply: 30 } },
    purchases: twice,
  };

  test.each<[string, Story]>([
    ['was given back', { events: [delivered(ARRIVAL), received(70, 'R1')] }],
    ['was cancelled', { events: [cancelled(12)] }],
    ['is disputed', { events: [delivered(ARRIVAL), disputed(70, 'D1')] }],
    ['has not arrived', { events: [] }],
  ])('because it %s has no visit left', (_, story) => {
    const inputs = inputsOf({ ...everything, ...story });

    expect(nextVisit(inputs, [])).toBeUndefined();
  });
});

test('a product whose lines are told apart by ids alone is offered once with its line', () => {
  const lines = [line('a', { sku: 'SKU-mill' }), line('b', { sku: 'SKU-mill' })];

  expect(
    visitOf('warranty-registration', { ...mill({ warrantyMonths: 12 }), order: { lines } }),
  ).toMatchObject({ subjects: ['a', 'b'] });
});
