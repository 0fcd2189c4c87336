import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  hasBought,
  type Purchase,
  purchaseOf,
  purchasesAfter,
  purchasesBefore,
} from '#core/domain/customers/purchase.ts';
import { told } from '#tests/unit/orders/histories.ts';
import {
  amended,
  at,
  cancelled,
  euros,
  line,
  placed,
  returned,
} from '#tests/unit/orders/order-events.ts';

const purchase = (
  orderId: string,
  hours: number,
  lines: Purchase['lines'] = [{ sku: 'BEANS', quantity: 1 }],
): Purchase => ({
  shop: 'hearth',
  customerId: 'c-17',
  orderId,
  placedAt: at(hours),
  total: euros(1000),
  lines,
});

const idsOf = (purchases: readonly Purchase[]) => purchases.map(({ orderId }) => orderId);

describe('what a customer’s other orders see of an order', () => {
  test('is when it was placed, for how much, and what is wanted of it', () => {
    const lines = [line('mill', { category: 'Mills' }), line('tin', { quantity: 2 })];

    expect(purchaseOf(told([placed({ lines })]))).toEqual({
      shop: 'hearth',
      customerId: 'c-17',
      orderId: '100482',
      placedAt: at(10),
      total: euros(3000),
      lines: [
        { sku: 'SKU-mill', category: 'Mills', quantity: 1 },
        { sku: 'SKU-tin', category: undefined, quantity: 2 },
      ],
    });
  });

  test('leaves out what was cancelled, and keeps what goes back', () => {
    const events = [
      placed(),
      amended(11, { lines: [{ lineId: 'tin', quantity: 5 }] }),
      cancelled(12, { lines: [{ lineId: 'mill', quantity: 1 }] }),
      returned(20, 'tin'),
    ];

    expect(purchaseOf(told(events))?.lines).toEqual([
      { sku: 'SKU-tin', category: undefined, quantity: 5 },
    ]);
    expect(purchaseOf(told([placed(), cancelled(12)]))?.lines).toEqual([]);
  });

  test('is kept under the guest whom the order’s address names', () => {
    const reach = { email: { address: 'a@mail.example', id: 'email:a' } };
    const order = told([placed({ contact: { email: 'a@mail.example', reach } })]);

    expect(purchaseOf(order)).toMatchObject({ customerId: 'guest:email:a' });
  });

  test('is nothing of an order that names nobody, or of a test', () => {
    expect(purchaseOf(told([placed({ contact: { name: 'Mia' } })]))).toBeUndefined();
    expect(purchaseOf(told([placed({ test: true })]))).toBeUndefined();
  });
});

describe('of a customer’s orders', () => {
  const all = [purchase('3', 30), purchase('2', 20), purchase('1', 10)];

  test('those before and those after another leave it out', () => {
    const second = { orderId: '2', placedAt: at(20) };

    expect(idsOf(purchasesBefore(all, second))).toEqual(['1']);
    expect(idsOf(purchasesAfter(all, second))).toEqual(['3']);
  });

  test('a cancelled one is neither before nor after', () => {
    const cancelledOne = [purchase('2', 20, [])];

    expect(purchasesBefore(cancelledOne, { orderId: '3', placedAt: at(30) })).toEqual([]);
    expect(purchasesAfter(cancelledOne, { orderId: '1', placedAt: at(10) })).toEqual([]);
  });

  test('of two of one instant the greater id is the later', () => {
    const [a, b] = [purchase('A', 10), purchase('B', 10)];

    expect(idsOf(purchasesAfter([a, b], a))).toEqual(['B']);
    expect(idsOf(purchasesBefore([a, b], b))).toEqual(['A']);
    expect(purchasesBefore([a, b], a)).toEqual([]);
  });

  test('each is either before or after any other', () => {
    const some = fc.uniqueArray(
      fc.record({ orderId: fc.constantFrom('a', 'b', 'c', 'd'), hours: fc.nat({ max: 2 }) }),
      { selector: ({ orderId }) => orderId, minLength: 1 },
    );

    fc.assert(
      fc.property(some, (orders) => {
        const bought = orders.map(({ orderId, hours }) => purchase(orderId, hours));

        for (const each of bought) {
          const around = [...purchasesBefore(bought, each), each, ...purchasesAfter(bought, each)];

          expect(idsOf(around).toSorted()).toEqual(idsOf(bought).toSorted());
        }
      }),
    );
  });

  test('any may have a product', () => {
    const bought = [purchase('1', 10), purchase('2', 20, [{ sku: 'FILTERS', quantity: 1 }])];

    expect(hasBought(bought, 'FILTERS')).toBe(true);
    expect(hasBought(bought, 'GRINDER')).toBe(false);
    expect(hasBought([], 'FILTERS')).toBe(false);
  });
});

test('an order that was placed twice is neither before nor after itself', () => {
  const twice = [purchase('1', 10), purchase('1', 12)];

  expect(purchasesAfter(twice, { orderId: '1', placedAt: at(10) })).toEqual([]);
  expect(purchasesBefore(twice, { orderId: '1', placedAt: at(12) })).toEqual([]);
});
