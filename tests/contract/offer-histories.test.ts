import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { dynamoOfferHistories } from '#core/adapters/dynamo-offer-histories.ts';
import { customerKey, tables } from '#core/contracts/tables.ts';
import type { OfferSeen } from '#core/domain/offers/session-facts.ts';
import type { OfferHistories } from '#core/ports/offer-histories.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { inMemoryOfferHistories } from '#tests/fakes/in-memory-offer-histories.ts';
import { minute } from '#tests/unit/sessions/sessions.ts';

const client = await inMemoryDynamoDb();

const makers: Readonly<Record<string, () => OfferHistories>> = {
  'in memory': () => inMemoryOfferHistories(),
  'in DynamoDB': () => dynamoOfferHistories(client, tables.offerHistories.name),
};

const seen = (offerId: string, at: number): OfferSeen => ({
  offerId,
  kind: 'shown',
  at: minute(at),
});

describe.each(Object.entries(makers))('histories of customers %s', (_, make) => {
  let histories: OfferHistories;
  beforeAll(() => {
    histories = make();
  });

  test('are empty of who was shown nothing', async () => {
    expect(await histories.of('hearth', ['new'])).toEqual([]);
  });

  test('are told newest first, under all ids of the customer', async () => {
    await histories.add('hearth', 'c-1', [seen('a', 1), seen('b', 3)]);
    await histories.add('hearth', 'c-2', [seen('c', 2)]);
    await histories.add('northside', 'c-1', [seen('d', 4)]);

    expect(await histories.of('hearth', ['c-1', 'c-2', 'c-1'])).toEqual([
      seen('b', 3),
      seen('c', 2),
      seen('a', 1),
    ]);
  });

  test('have what is added again once', async () => {
    await histories.add('hearth', 'c-3', [seen('a', 1)]);
    await histories.add('hearth', 'c-3', [seen('a', 1), seen('a', 2)]);

    expect(await histories.of('hearth', ['c-3'])).toEqual([seen('a', 2), seen('a', 1)]);
  });

  test('lose nothing when two pages add at once', async () => {
    await Promise.all([1, 2, 3, 4, 5].map((at) => histories.add('hearth', 'c-4', [seen('a', at)])));

    expect(await histories.of('hearth', ['c-4'])).toHaveLength(5);
  });

  test('end with the latest two hundred', async () => {
    const many = Array.from({ length: 230 }, (__, index) => seen('a', index));
    await histories.add('hearth', 'c-5', many);

    const kept = await histories.of('hearth', ['c-5']);

    expect(kept).toHaveLength(200);
    expect(kept[0]).toEqual(seen('a', 229));
  });
});

test('a history is kept for a year after its last entry', async () => {
  await dynamoOfferHistories(client, tables.offerHistories.name).add('hearth', 'c-9', [
    seen('a', 5),
    seen('b', 0),
  ]);

  const Key = { customer: { S: customerKey('hearth', 'c-9') } };
  const { Item } = await client.send(
    new GetItemCommand({ TableName: tables.offerHistories.name, Key }),
  );
  expect(Item?.['expiresAt']).toEqual({ N: String(Date.parse(minute(5)) / 1000 + 365 * 86_400) });
});
