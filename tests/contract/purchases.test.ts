import { beforeAll, describe, expect, test } from 'vitest';
import { dynamoPurchases } from '#core/adapters/dynamo-purchases.ts';
import { tables } from '#core/contracts/tables.ts';
import type { Purchase } from '#core/domain/customers/purchase.ts';
import type { Purchases } from '#core/ports/purchases.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { inMemoryPurchases } from '#tests/fakes/in-memory-purchases.ts';

const makers = {
  'in memory': async () => inMemoryPurchases(),
  'in DynamoDB': async () => dynamoPurchases(await inMemoryDynamoDb(), tables.purchases.name),
};

const dayOf = (day: number): string => new Date(Date.UTC(2026, 0, 1 + day)).toISOString();

const purchase = (
  customerId: string,
  orderId: string,
  change: Partial<Purchase> = {},
): Purchase => ({
  shop: 'hearth',
  customerId,
  orderId,
  placedAt: dayOf(0),
  total: { amountMinor: 4_900, currency: 'EUR' },
  lines: [{ sku: 'HG-BEA-1000', category: 'Coffee beans', quantity: 2 }],
  ...change,
});

const idsOf = (purchases: readonly Purchase[]) => purchases.map(({ orderId }) => orderId);

describe.each(Object.entries(makers))('purchases %s', (_, make) => {
  let purchases: Purchases;
  beforeAll(async () => {
    purchases = await make();
  });

  test('of a customer who has bought nothing are none', async () => {
    expect(await purchases.of('hearth', ['nobody'])).toEqual([]);
  });

  test('come back as they were kept', async () => {
    const kept = purchase('c-17', '100482', { lines: [{ sku: 'Ö #1', quantity: 1 }] });

    await purchases.keep(kept, 1);

    expect(await purchases.of('hearth', ['c-17'])).toEqual([kept]);
  });

  test('come newest first, and of one instant by their ids', async () => {
    for (const [orderId, day] of [
      ['2', 20],
      ['9', 1],
      ['1', 300],
      ['3', 20],
    ] as const)
      await purchases.keep(purchase('sorted', orderId, { placedAt: dayOf(day) }), 1);

    expect(idsOf(await purchases.of('hearth', ['sorted']))).toEqual(['1', '3', '2', '9']);
  });

  test('are what the latest version of their order says, whichever is kept last', async () => {
    const cancelled = purchase('versions', '1', { lines: [] });

    await purchases.keep(purchase('versions', '1'), 1);
    await purchases.keep(cancelled, 3);
    await purchases.keep(purchase('versions', '1'), 2);

    expect(await purchases.of('hearth', ['versions'])).toEqual([cancelled]);
  });

  test('are kept once, however often a version is kept', async () => {
    const kept = purchase('again', '1');

    await purchases.keep(kept, 4);
    await purchases.keep({ ...kept, lines: [] }, 4);

    expect(await purchases.of('hearth', ['again'])).toEqual([kept]);
  });

  test('of two shops, and of customers with like ids, are kept apart', async () => {
    await purchases.keep(purchase('apart', '1'), 1);
    await purchases.keep(purchase('apart', '2', { shop: 'northside' }), 1);
    await purchases.keep(purchase('apart2', '3'), 1);

    expect(idsOf(await purchases.of('hearth', ['apart']))).toEqual(['1']);
    expect(idsOf(await purchases.of('northside', ['apart']))).toEqual(['2']);
  });

  test('of a customer with several ids are of all of them, each once, newest first', async () => {
    await purchases.keep(purchase('one-id', '1', { placedAt: dayOf(1) }), 1);
    await purchases.keep(purchase('another-id', '2', { placedAt: dayOf(2) }), 1);
    await purchases.keep(purchase('one-id', '3', { placedAt: dayOf(3) }), 1);

    const ids = ['one-id', 'another-id', 'one-id', 'nobody'];

    expect(idsOf(await purchases.of('hearth', ids))).toEqual(['3', '2', '1']);
    expect(await purchases.of('hearth', [])).toEqual([]);
  });

  test('of a customer with very many are the latest 200', async () => {
    const days = Array.from({ length: 203 }, (__, day) => day);
    await Promise.all(
      days.map((day) =>
        purchases.keep(purchase('regular', `order-${day}`, { placedAt: dayOf(day) }), 1),
      ),
    );

    await purchases.keep(purchase('regular-too', 'oldest', { placedAt: dayOf(-1) }), 1);
    const latest = days
      .toReversed()
      .slice(0, 200)
      .map((day) => `order-${day}`);

    expect(idsOf(await purchases.of('hearth', ['regular']))).toEqual(latest);
    expect(idsOf(await purchases.of('hearth', ['regular', 'regular-too']))).toEqual(latest);
  });
});
