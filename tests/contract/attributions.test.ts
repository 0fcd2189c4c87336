import { describe, expect, test } from 'vitest';
import { dynamoAttributions } from '#core/adapters/dynamo-attributions.ts';
import { tables } from '#core/contracts/tables.ts';
import type { Evidence } from '#core/domain/ledger/evidence.ts';
import { inMemoryAttributions } from '#tests/fakes/in-memory-attributions.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { at } from '#tests/unit/orders/order-events.ts';

const client = await inMemoryDynamoDb();

describe.each([
  ['in memory', () => inMemoryAttributions()],
  ['in DynamoDB', () => dynamoAttributions(client, tables.attributions.name)],
])('attributions %s', (where, open) => {
  const shop = `hearth-${where.replaceAll(' ', '-')}`;

  const click = (id: string, hours: number, change: Partial<Evidence> = {}): Evidence => ({
    kind: 'click',
    id,
    shop,
    orderId: '100482',
    touchId: 'cross-sell:1',
    touch: 'cross-sell',
    channel: 'email',
    at: at(hours),
    expiresAt: at(hours + 24 * 30),
    ...change,
  });

  test('give what is known of ids of one kind, newest first, of one shop', async () => {
    const attributions = open();
    await attributions.keep(click('a', 1));
    await attributions.keep(click('a', 3));
    await attributions.keep(click('b', 2));
    await attributions.keep(click('c', 4));
    await attributions.keep(click('a', 5, { kind: 'session' }));
    await attributions.keep(click('a', 6, { shop: `${shop}-2` }));

    const found = await attributions.byId(shop, 'click', ['a', 'b', 'a', 'unknown']);

    expect(found).toEqual([click('a', 3), click('b', 2), click('a', 1)]);
  });

  test('give everything of a customer since a time, newest first', async () => {
    const attributions = open();
    const ofCustomer = (id: string, hours: number, customerId = 'c-17') =>
      click(id, hours, { customerId });
    await attributions.keep(ofCustomer('d', 1));
    await attributions.keep(ofCustomer('e', 2));
    await attributions.keep(ofCustomer('f', 3));
    await attributions.keep(ofCustomer('g', 4, 'c-18'));
    await attributions.keep(click('h', 5));

    const found = await attributions.ofCustomer(shop, 'c-17', at(2));

    expect(found.map(({ id }) => id)).toEqual(['f', 'e']);
  });

  test('keep the same evidence once', async () => {
    const attributions = open();
    await attributions.keep(click('again', 1, { customerId: 'c-20' }));
    await attributions.keep(click('again', 1, { customerId: 'c-20' }));

    expect(await attributions.byId(shop, 'click', ['again'])).toHaveLength(1);
    expect(await attributions.ofCustomer(shop, 'c-20', at(0))).toHaveLength(1);
  });

  test('give nothing of ids that are not known, or of none', async () => {
    expect(await open().byId(shop, 'code', ['SPRING'])).toEqual([]);
    expect(await open().byId(shop, 'code', [])).toEqual([]);
  });
});
