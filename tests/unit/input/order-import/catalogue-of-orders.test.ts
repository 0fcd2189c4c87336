import { describe, expect, test } from 'vitest';
import { incomingEvents } from '#core/contracts/incoming-events.ts';
import { catalogueOf } from '#rehearsal/input/order-import/catalogue-of-orders.ts';
import { consentsOf } from '#rehearsal/input/order-import/consents-of-orders.ts';
import type { PlacedOrder } from '#rehearsal/input/order-life.ts';

interface Sketch {
  readonly id: string;
  readonly customer?: string;
  readonly day: number;
  /** Pieces by SKU. */
  readonly pieces: Readonly<Record<string, number>>;
  readonly price?: number;
}

const orderOf = ({ id, customer, day, pieces, price = 100 }: Sketch): PlacedOrder => ({
  eventId: id,
  occurredAt: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
  schemaVersion: 1,
  shop: 'hearth',
  orderId: id,
  contact: customer === undefined ? {} : { customerId: customer },
  lines: Object.entries(pieces).map(([sku, quantity], at) => ({
    lineId: String(at + 1),
    sku,
    name: `The ${sku}`,
    quantity,
    unitPrice: { amountMinor: price, currency: 'EUR' },
  })),
  total: { amountMinor: price, currency: 'EUR' },
});

const itemsOf = (orders: readonly PlacedOrder[]) =>
  new Map(
    catalogueOf(orders).map(({ detail }) => {
      const { item } = incomingEvents.CatalogItemUpdated.parse(detail);
      return [item.sku, item] as const;
    }),
  );

/** Five customers who order two pieces again after these days. */
const rebuyers = (days: readonly number[]): readonly PlacedOrder[] =>
  days.flatMap((gap, at) => [
    orderOf({ id: `a${at}`, customer: `c${at}`, day: 0, pieces: { BEANS: 2 } }),
    orderOf({ id: `b${at}`, customer: `c${at}`, day: gap, pieces: { BEANS: 2 } }),
  ]);

describe('a catalogue made from orders', () => {
  test('has each product once, by name and price as last sold, a day before the first order', () => {
    const orders = [
      orderOf({ id: '1', day: 3, pieces: { MUG: 1 }, price: 900 }),
      orderOf({ id: '2', day: 5, pieces: { MUG: 1 }, price: 950 }),
    ];

    expect(itemsOf(orders).get('MUG')).toMatchObject({
      name: 'The MUG',
      price: { amountMinor: 950, currency: 'EUR' },
    });
    expect(catalogueOf(orders)).toMatchObject([
      { detail: { occurredAt: '2026-01-03T00:00:00.000Z' } },
    ]);
  });

  test('knows how long a piece lasts from five gaps between orders of one customer on', () => {
    expect(itemsOf(rebuyers([10, 20, 30, 40, 50])).get('BEANS')?.facts?.daysOfSupply).toBe(15);
    expect(itemsOf(rebuyers([10, 20, 30, 40])).get('BEANS')?.facts?.daysOfSupply).toBeUndefined();
  });

  test('learns nothing of that from guests, nor from two orders of a day', () => {
    const guests = Array.from({ length: 9 }, (_, at) =>
      orderOf({ id: `g${at}`, day: at * 10, pieces: { BEANS: 1 } }),
    );

    expect(itemsOf(guests).get('BEANS')?.facts?.daysOfSupply).toBeUndefined();
    expect(itemsOf(rebuyers([0, 0, 0, 0, 0])).get('BEANS')?.facts?.daysOfSupply).toBeUndefined();
  });

  test('pairs what is in five baskets together, the most frequent first', () => {
    const baskets = (count: number, ...skus: readonly string[]) =>
      Array.from({ length: count }, (_, at) =>
        orderOf({
          id: `${skus.join('-')}-${at}`,
          day: at,
          pieces: Object.fromEntries(skus.map((sku) => [sku, 1])),
        }),
      );

    const items = itemsOf([
      ...baskets(5, 'KNIFE', 'BLOCK'),
      ...baskets(7, 'KNIFE', 'STONE'),
      ...baskets(4, 'KNIFE', 'APRON'),
    ]);

    expect(items.get('KNIFE')?.facts?.pairsWith).toEqual(['STONE', 'BLOCK']);
    expect(items.get('APRON')?.facts?.pairsWith).toBeUndefined();
  });

  test('of no orders is empty', () => {
    expect(catalogueOf([])).toEqual([]);
  });
});

describe('consents made up for orders', () => {
  const orders = Array.from({ length: 200 }, (_, at) =>
    orderOf({ id: String(at), customer: `c${at % 100}`, day: at, pieces: { MUG: 1 } }),
  );

  test('are one a customer, before the first order', () => {
    const consents = consentsOf(orders, 1, '1');

    expect(consents).toHaveLength(100);
    for (const { detail } of consents) incomingEvents.ConsentChanged.parse(detail);
    expect(Math.max(...consents.map(({ atMs }) => atMs))).toBeLessThan(Date.UTC(2026, 0, 101));
  });

  test('are of the share that is asked for, the same each time', () => {
    const half = consentsOf(orders, 0.5, '1');

    expect(half.length).toBeGreaterThan(30);
    expect(half.length).toBeLessThan(70);
    expect(consentsOf(orders, 0.5, '1')).toEqual(half);
    expect(consentsOf(orders, 0, '1')).toEqual([]);
  });

  test('are none of guests', () => {
    expect(consentsOf([orderOf({ id: '1', day: 0, pieces: { MUG: 1 } })], 1, '1')).toEqual([]);
  });
});
