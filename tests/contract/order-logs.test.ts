import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { dynamoOrderLogs } from '#core/adapters/dynamo-order-logs.ts';
import { tables } from '#core/contracts/tables.ts';
import { emptyOrderLog, withWait } from '#core/domain/orders/order-log.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { inMemoryOrderLogs } from '#tests/fakes/in-memory-order-logs.ts';
import { histories, logOf } from '#tests/unit/orders/histories.ts';
import { at, dispatched, placed } from '#tests/unit/orders/order-events.ts';

const makers = {
  'in memory': async () => inMemoryOrderLogs(),
  'in DynamoDB': async () => dynamoOrderLogs(await inMemoryDynamoDb(), tables.orders.name),
};

describe.each(Object.entries(makers))('order logs %s', (_, make) => {
  let orders: OrderLogs;
  beforeAll(async () => {
    orders = await make();
  });

  test('give an empty log of an order nothing is known of', async () => {
    expect(await orders.read('hearth', 'unknown')).toEqual(emptyOrderLog('hearth', 'unknown'));
  });

  test('give back what was written, as the next version', async () => {
    const wait = { stage: 'fulfilment' as const, seen: [], registeredAt: at(11), token: 't-1' };
    const log = { ...withWait(logOf([placed()]), wait), orderId: 'written' };

    expect(await orders.write(log)).toBe(true);

    expect(await orders.read('hearth', 'written')).toEqual({ ...log, version: 1 });
  });

  test('give back any history', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        count += 1;
        const log = { ...logOf(history), orderId: `history-${count}` };

        await orders.write(log);

        expect(await orders.read('hearth', log.orderId)).toEqual({ ...log, version: 1 });
      }),
      { numRuns: 20 },
    );
  });

  test('refuse to write over a version that was not read', async () => {
    const fresh = emptyOrderLog('hearth', 'contested');
    await orders.write({ ...fresh, events: [placed()] });

    expect(await orders.write({ ...fresh, events: [dispatched(12, 'P1')] })).toBe(false);

    expect(await orders.read('hearth', 'contested')).toEqual({
      ...fresh,
      version: 1,
      events: [placed()],
    });
  });

  test('let one of several writers of the same version through', async () => {
    const fresh = emptyOrderLog('hearth', 'raced');
    await orders.write(fresh);
    const read = await orders.read('hearth', 'raced');

    const stored = await Promise.all([1, 2, 3, 4].map(() => orders.write(read)));

    expect(stored.filter(Boolean)).toHaveLength(1);
    expect(await orders.read('hearth', 'raced')).toMatchObject({ version: 2 });
  });

  test('keep the same id of two shops apart, and ids of many digits', async () => {
    const ids = ['9007199254740992', '9007199254740993'];
    for (const orderId of ids)
      for (const shop of ['hearth', 'northside'])
        await orders.write({
          ...emptyOrderLog(shop, orderId),
          events: [placed({ shop, orderId })],
        });

    expect(await orders.read('northside', '9007199254740993')).toMatchObject({
      shop: 'northside',
      orderId: '9007199254740993',
      events: [{ shop: 'northside', orderId: '9007199254740993' }],
    });
  });
});
