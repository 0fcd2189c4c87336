import { describe, expect, test } from 'vitest';
import { dynamoLedger } from '#core/adapters/dynamo-ledger.ts';
import { tables } from '#core/contracts/tables.ts';
import { UnbalancedTransaction } from '#core/domain/ledger/books.ts';
import type { Transaction } from '#core/domain/ledger/transaction.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { inMemoryLedger } from '#tests/fakes/in-memory-ledger.ts';
import { booked } from '#tests/unit/ledger/booked.ts';
import { cancelled, line, placed, refunded } from '#tests/unit/orders/order-events.ts';

const client = await inMemoryDynamoDb();

describe.each([
  ['in memory', () => inMemoryLedger()],
  ['in DynamoDB', () => dynamoLedger(client, tables.ledger.name)],
])('a ledger %s', (where, open) => {
  const transactionsOf = (orderId: string): readonly Transaction[] => {
    const of = { shop: `hearth-${where.replaceAll(' ', '-')}`, orderId };
    return booked([placed(of), cancelled(11, of), refunded(12, of)]);
  };

  test('gives the transactions of an order as they were booked, whatever order they were posted in', async () => {
    const ledger = open();
    const transactions = transactionsOf('in-order');
    const [first] = transactions;
    for (const each of transactions.toReversed()) await ledger.post(each);

    const found = await ledger.ofOrder(first?.shop ?? '', 'in-order');

    expect(found).toEqual(JSON.parse(JSON.stringify(transactions)));
    expect(found).toHaveLength(2);
  });

  test('takes a transaction once, however often it is posted', async () => {
    const ledger = open();
    const [transaction] = transactionsOf('again');
    if (transaction === undefined) throw new Error('nothing was booked');

    const results = [await ledger.post(transaction), await ledger.post(transaction)];

    expect(results).toEqual([true, false]);
    expect(await ledger.ofOrder(transaction.shop, 'again')).toHaveLength(1);
  });

  test('refuses a transaction that does not sum to zero, and stores nothing of it', async () => {
    const ledger = open();
    const [transaction] = transactionsOf('unbalanced');
    if (transaction === undefined) throw new Error('nothing was booked');
    const wrong = { ...transaction, entries: transaction.entries.slice(1) };

    await expect(ledger.post(wrong)).rejects.toThrow(UnbalancedTransaction);
    expect(await ledger.ofOrder(transaction.shop, 'unbalanced')).toEqual([]);
  });

  test('holds all parts of the books of an order with the most lines', async () => {
    const ledger = open();
    const shop = `long-${where.replaceAll(' ', '-')}`;
    const lines = Array.from({ length: 500 }, (_, index) => line(`line-${index}`));
    const transactions = booked([
      placed({ shop, lines, total: { amountMinor: 500_000, currency: 'EUR' } }),
    ]);

    for (const each of transactions) await ledger.post(each);

    const found = await ledger.ofOrder(shop, '100482');
    expect(found.map(({ part }) => part)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(found.flatMap(({ entries }) => entries)).toHaveLength(506);
  });

  test('has nothing of an order of which nothing was booked', async () => {
    expect(await open().ofOrder('hearth', 'nobody-ordered-this')).toEqual([]);
  });
});
