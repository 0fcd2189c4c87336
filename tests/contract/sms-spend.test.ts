import { describe, expect, test } from 'vitest';
import { dynamoSmsSpend } from '#core/adapters/dynamo-sms-spend.ts';
import { tables } from '#core/contracts/tables.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { inMemorySmsSpend } from '#tests/fakes/in-memory-sms-spend.ts';

const client = await inMemoryDynamoDb();

describe.each([
  ['in memory', () => inMemorySmsSpend()],
  ['in DynamoDB', () => dynamoSmsSpend(client, tables.counters.name)],
])('what texts cost, %s', (_, open) => {
  test('is nothing in a month without one', async () => {
    expect(await open().ofMonth('2026-01')).toBe(0);
  });

  test('adds up, month by month', async () => {
    const spend = open();

    expect(await spend.add('2026-02', 0.00645)).toBeCloseTo(0.00645, 8);
    expect(await spend.add('2026-02', 0.1)).toBeCloseTo(0.10645, 8);
    await spend.add('2026-03', 7);

    expect(await spend.ofMonth('2026-02')).toBeCloseTo(0.10645, 8);
    expect(await spend.ofMonth('2026-03')).toBe(7);
  });

  test('loses no price that is added at the same time', async () => {
    const spend = open();

    await Promise.all(Array.from({ length: 20 }, () => spend.add('2026-04', 0.01)));

    expect(await spend.ofMonth('2026-04')).toBeCloseTo(0.2, 8);
  });
});
