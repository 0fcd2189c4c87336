import { beforeAll, describe, expect, test } from 'vitest';
import { dynamoChargedTexts } from '#core/adapters/dynamo-charged-texts.ts';
import { dynamoTouchRecords } from '#core/adapters/dynamo-touch-records.ts';
import { tables } from '#core/contracts/tables.ts';
import type { ChargedTexts } from '#core/ports/charged-texts.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { bySms, inMemoryChargedTexts } from './set-up.ts';

const makers = {
  'in memory': async () => inMemoryChargedTexts([bySms]),
  'in DynamoDB': async () => {
    const client = await inMemoryDynamoDb();
    await dynamoTouchRecords(client, tables.touches.name).claim(bySms);
    return dynamoChargedTexts(client, tables.touches.name);
  },
};

describe.each(Object.entries(makers))('charged texts %s', (_, make) => {
  let charged: ChargedTexts;
  beforeAll(async () => {
    charged = await make();
  });

  test('mark a message once, and each message of a touch that was sent twice', async () => {
    const answers = [
      await charged.mark(bySms, 'first'),
      await charged.mark(bySms, 'first'),
      await charged.mark(bySms, 'second'),
    ];

    expect(answers).toEqual([true, false, true]);
  });

  test('mark one of several at once', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => charged.mark(bySms, 'raced')));

    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  test('mark again what could not be charged', async () => {
    await charged.mark(bySms, 'failed');
    await charged.unmark(bySms, 'failed');

    expect(await charged.mark(bySms, 'failed')).toBe(true);
  });

  test('mark nothing of a touch that nobody knows', async () => {
    expect(await charged.mark({ ...bySms, touchId: 'unknown' }, 'first')).toBe(false);
  });
});
