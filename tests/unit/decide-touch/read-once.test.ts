import { expect, test } from 'vitest';
import { readingOnce } from '#lambdas/decide-touch/read-once.ts';
import { inMemoryCustomers } from '#tests/fakes/in-memory-customers.ts';
import { inMemoryOrderLogs } from '#tests/fakes/in-memory-order-logs.ts';
import { inMemoryPurchases } from '#tests/fakes/in-memory-purchases.ts';
import { inMemorySuppressions } from '#tests/fakes/in-memory-suppressions.ts';

test('what is read of one customer is read once, and of two twice', async () => {
  const asked: string[] = [];
  const noting =
    <Asked extends readonly unknown[], Read>(read: (...asked: Asked) => Promise<Read>) =>
    (...key: Asked): Promise<Read> => {
      asked.push(JSON.stringify(key));
      return read(...key);
    };
  const orders = inMemoryOrderLogs();
  const customers = inMemoryCustomers();
  const purchases = inMemoryPurchases();
  const suppressions = inMemorySuppressions();
  const deps = {
    orders: { ...orders, read: noting((shop: string, id: string) => orders.read(shop, id)) },
    customers: { read: noting((shop: string, id: string) => customers.read(shop, id)) },
    purchases: {
      of: noting((shop: string, ids: readonly string[]) => purchases.of(shop, ids)),
    },
    suppressions: { of: noting((ids: readonly string[]) => suppressions.of(ids)) },
  };

  const knowing = readingOnce(deps);
  for (const id of ['c-17', 'c-17', 'c-18', 'c-17']) {
    await knowing.orders.read('hearth', '100482');
    await knowing.customers.read('hearth', id);
    await knowing.purchases.of('hearth', [id]);
    await knowing.suppressions.of([`${id}@mail.example`]);
  }

  expect(asked.toSorted()).toEqual([
    '["hearth","100482"]',
    '["hearth","c-17"]',
    '["hearth","c-18"]',
    '["hearth",["c-17"]]',
    '["hearth",["c-18"]]',
    '[["c-17@mail.example"]]',
    '[["c-18@mail.example"]]',
  ]);
});
