import { describe, expect, test } from 'vitest';
import type { ProductFacts } from '#core/domain/catalogue/product.ts';
import { missingFactsOf } from '#core/domain/journeys/classification.ts';
import { amended, at, delivered, euros, line } from '#tests/unit/orders/order-events.ts';
import { inputsOf, purchase, type Story } from './plan-inputs.ts';

const profileOf = (story: Story) => inputsOf(story).profile;

const complex: ProductFacts = { complexity: 'complex' };
const considered: ProductFacts = { complexity: 'considered' };
const bands = { priceBands: { mid: 5_000, high: 30_000 } };

describe('the class of a product', () => {
  const classOf = (facts: ProductFacts, change = {}, rules = {}) =>
    profileOf({ order: { lines: [line('mill', change)] }, facts: { 'SKU-mill': facts }, rules })
      .productClass;

  test('is what is said of how much help it needs', () => {
    expect(classOf(complex)).toBe('complex');
    expect(classOf(considered)).toBe('considered');
    expect(classOf({ complexity: 'simple' })).toBe('simple');
  });

  test('is simple when nobody says, and considered when it is dear', () => {
    const dear = { unitPrice: euros(30_000) };

    expect(classOf({}, {}, bands)).toBe('simple');
    expect(classOf({}, dear, bands)).toBe('considered');
    expect(classOf({}, dear)).toBe('simple');
    expect(classOf({ complexity: 'simple' }, dear, bands)).toBe('simple');
  });

  test.each(['digital', 'subscription', 'service'] as const)('is %s by its kind', (kind) => {
    expect(classOf(complex, { kind })).toBe(kind);
  });
});

describe('the line that leads an order', () => {
  test('is the one that needs the most help, whatever it costs', () => {
    const lines = [line('tin', { unitPrice: euros(90_000) }), line('mill')];

    const profile = profileOf({ order: { lines }, facts: { 'SKU-mill': complex } });

    expect(profile.productClass).toBe('complex');
    expect(profile.lines.map((each) => each.line.lineId)).toEqual(['mill', 'tin']);
  });

  test('is the dearest of one class, and of one price the first by its id', () => {
    const lines = [line('c'), line('b', { unitPrice: euros(2_000) }), line('a')];

    expect(profileOf({ order: { lines } }).lines.map((each) => each.line.lineId)).toEqual([
      'b',
      'a',
      'c',
    ]);
  });

  test('gives the order its price band', () => {
    const bandOf = (amount: number, rules = {}) =>
      profileOf({ order: { lines: [line('mill', { unitPrice: euros(amount) })] }, rules })
        .priceBand;

    expect([4_999, 5_000, 29_999, 30_000].map((amount) => bandOf(amount, bands))).toEqual([
      'low',
      'mid',
      'mid',
      'high',
    ]);
    expect(bandOf(30_000)).toBe('unknown');
  });
});

describe('a coffee machine and its filters', () => {
  const machine = {
    order: { lines: [line('mill', { sku: 'HG-ESP-100' })] },
    facts: { 'HG-ESP-100': { ...complex, returnableDays: 30, warrantyMonths: 24 } },
  };
  const filters = {
    order: { lines: [line('tin', { sku: 'HG-FLT-004' })] },
    facts: { 'HG-FLT-004': { complexity: 'simple', daysOfSupply: 60 } },
  } as const;

  test('get different journeys, by their facts alone', () => {
    expect(profileOf(machine)).toMatchObject({ productClass: 'complex', isConsumable: false });
    expect(profileOf(filters)).toMatchObject({ productClass: 'simple', isConsumable: true });
  });

  test('get the same journey when their facts are the same', () => {
    const alike = { ...filters, facts: { 'HG-FLT-004': machine.facts['HG-ESP-100'] } };

    expect(profileOf(alike)).toMatchObject({ productClass: 'complex', isConsumable: false });
  });
});

describe('a customer', () => {
  test('is new without an order before, and returns with one', () => {
    const [before, later] = [purchase('1', at(2)), purchase('9', at(90))];

    expect(profileOf({})).toMatchObject({ tenure: 'first', orderCount: 1 });
    expect(profileOf({ purchases: [later] })).toMatchObject({ tenure: 'first', orderCount: 1 });
    expect(profileOf({ purchases: [later, before] })).toMatchObject({
      tenure: 'returning',
      orderCount: 2,
    });
  });

  test('is as before when an order before was cancelled, or is this one', () => {
    const purchases = [purchase('1', at(2), {}), purchase('100482', at(10))];

    expect(profileOf({ purchases })).toMatchObject({ tenure: 'first', orderCount: 1 });
  });

  test('knows the lines that an order before had', () => {
    const { lines } = profileOf({ purchases: [purchase('1', at(2), { 'SKU-tin': 3 })] });

    expect(lines.map((each) => [each.line.lineId, each.isKnownToCustomer])).toEqual([
      ['mill', false],
      ['tin', true],
    ]);
  });

  test('is first in a category that no order before had', () => {
    const order = { lines: [line('mill', { category: 'Mills' })] };
    const before = (category?: string) => [
      { ...purchase('1', at(2)), lines: [{ sku: 'OTHER', category, quantity: 1 }] },
    ];

    expect(profileOf({ order, purchases: before('Tins') }).isFirstInCategory).toBe(true);
    expect(profileOf({ order, purchases: before() }).isFirstInCategory).toBe(true);
    expect(profileOf({ order, purchases: before('Mills') }).isFirstInCategory).toBe(false);
    expect(profileOf({ purchases: before() }).isFirstInCategory).toBe(false);
  });
});

describe('a customer of high value', () => {
  // The order itself is of 30.00 euros, an order before of 50.00.
  const rules = { highValueFrom: 8_000 };
  const spent = (placedAt: string, change = {}) =>
    profileOf({ rules, purchases: [{ ...purchase('1', placedAt), ...change }] }).isHighValue;
  const daysBefore = (days: number) => at(10 - 24 * days);

  test('has spent so much within a year, this order included', () => {
    expect(spent(daysBefore(365))).toBe(true);
    expect(spent(daysBefore(366))).toBe(false);
    expect(spent(daysBefore(1), { total: euros(4_999) })).toBe(false);
    expect(profileOf({ rules: { highValueFrom: 3_000 } }).isHighValue).toBe(true);
  });

  test('has spent it in the order’s currency', () => {
    expect(spent(daysBefore(1), { total: { amountMinor: 9_000, currency: 'USD' } })).toBe(false);
  });

  test('is nobody in a shop that does not say from what', () => {
    expect(profileOf({ purchases: [purchase('1', at(2))] }).isHighValue).toBe(false);
  });
});

describe('an order', () => {
  test('is what it says of itself', () => {
    expect(profileOf({})).toMatchObject({
      isGift: false,
      isHighRisk: false,
      isBackordered: false,
      isDiscounted: false,
      shippingMethod: 'standard',
    });
    expect(
      profileOf({
        order: {
          gift: true,
          risk: 'review',
          discount: euros(1),
          shippingMethod: 'express',
          lines: [line('mill', { backordered: true })],
        },
      }),
    ).toMatchObject({
      isGift: true,
      isHighRisk: true,
      isBackordered: true,
      isDiscounted: true,
      shippingMethod: 'express',
    });
  });

  test('of high risk stays one when its review has passed', () => {
    const story = {
      order: { risk: 'review' },
      events: [amended(12, { risk: 'passed' }), delivered(60)],
    } as const;

    expect(profileOf(story).isHighRisk).toBe(true);
  });

  test('that had to wait for stock was backordered, also when it has come', () => {
    const back = amended(12, { lines: [{ lineId: 'tin', backordered: true }] });
    const inStock = amended(20, { lines: [{ lineId: 'tin', backordered: false }] });

    expect(profileOf({ events: [back, inStock, delivered(60)] }).isBackordered).toBe(true);
  });

  test('without a discount to speak of is not discounted', () => {
    expect(profileOf({ order: { discount: euros(0) } }).isDiscounted).toBe(false);
  });

  test('is international when it goes abroad from a shop that says where it is', () => {
    const order = { shipTo: { country: 'AT' } };

    expect(profileOf({ order, rules: { country: 'DE' } }).isInternational).toBe(true);
    expect(profileOf({ order, rules: { country: 'AT' } }).isInternational).toBe(false);
    expect(profileOf({ order }).isInternational).toBe(false);
    expect(profileOf({ rules: { country: 'DE' } }).isInternational).toBe(false);
  });
});

describe('facts that nobody has stated', () => {
  test('are listed, by product', () => {
    const order = { lines: [line('mill', { category: 'Mills' }), line('tin')] };
    const facts = { 'SKU-mill': complex, 'SKU-tin': { returnableDays: 30 } };

    expect(profileOf({ order, facts }).missing).toEqual([
      { sku: 'SKU-mill', category: 'Mills', fact: 'returnableDays' },
      { sku: 'SKU-tin', category: undefined, fact: 'category' },
      { sku: 'SKU-tin', category: undefined, fact: 'complexity' },
    ]);
  });

  test('leave the journey to the safe path: nothing that would need them', () => {
    const [each] = profileOf({ order: { lines: [line('mill')] } }).lines;

    expect(each).toMatchObject({ productClass: 'simple', isKnownToCustomer: false });
    expect(profileOf({})).toMatchObject({ isConsumable: false, priceBand: 'unknown' });
  });

  test('are those that the kind of the product calls for', () => {
    const product = { sku: 'A', name: 'A', category: 'Courses' };

    expect(missingFactsOf(product, 'physical')).toEqual(['complexity', 'returnableDays']);
    expect(missingFactsOf(product, 'digital')).toEqual(['reportsUse']);
    expect(missingFactsOf({ ...product, reportsUse: false }, 'subscription')).toEqual([]);
  });
});
