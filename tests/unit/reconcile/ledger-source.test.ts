import { describe, expect, it } from 'vitest';
import { dynamoLedger } from '#core/adapters/dynamo-ledger.ts';
import { tables } from '#core/contracts/tables.ts';
import type { Transaction } from '#core/domain/ledger/transaction.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { deployedTransactions } from '../../../bin/reconcile/ledger-source.ts';

const entry = { kind: 'due', currency: 'EUR', reportingCurrency: 'EUR' } as const;

/** Of 20 KB: a scan's page takes 1 MB. */
const saleOf = (shop: string, orderId: string): Transaction => ({
  transactionId: `${orderId}-sale`,
  shop,
  orderId,
  eventId: 'x'.repeat(20_000),
  type: 'sale',
  occurredAt: '2026-01-01T00:00:00.000Z',
  sequence: 0,
  part: 1,
  entries: [
    { ...entry, entryId: 'a', account: 'receivable', amountMinor: 100, reportingMinor: 100 },
    { ...entry, entryId: 'b', account: 'revenue', amountMinor: -100, reportingMinor: -100 },
  ],
});

describe('the deployed ledger', () => {
  it('is read to its last page, and of one shop only', async () => {
    const client = await inMemoryDynamoDb();
    const ledger = dynamoLedger(client, tables.ledger.name);
    const orderIds = Array.from({ length: 120 }, (_, at) => `A-${at}`);
    for (const orderId of orderIds) await ledger.post(saleOf('hearth', orderId));
    await ledger.post(saleOf('hearth2', 'B-1'));

    const read: string[] = [];
    for await (const { orderId } of deployedTransactions(client, tables.ledger.name, 'hearth'))
      read.push(orderId);

    expect(read.toSorted()).toStrictEqual(orderIds.toSorted());
  });
});
