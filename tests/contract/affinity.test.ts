import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { dynamoAffinity, dynamoAffinityWriter } from '#core/adapters/dynamo-affinity.ts';
import { tables } from '#core/contracts/tables.ts';
import { awsAnswer, fakeAws } from '#tests/fakes/fake-aws.ts';
import { inMemoryAffinity } from '#tests/fakes/in-memory-affinity.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { list, neighbour } from '#tests/unit/affinity/lists.ts';

const client = await inMemoryDynamoDb();
const { name } = tables.affinity;
const patience = { pause: async () => {}, draw: () => 0 };
const expiresAt = new Date('2026-12-06T02:30:00.999Z');

const mug = list('sku', 'MUG#1', [neighbour('SAUCER', 0.0123), neighbour('SPOON', 1.5e-7)]);
const mugs = list('category', 'Mugs', [neighbour('SAUCER', 0.01)]);
const best = list('best-seller', '', [neighbour('POT', 0.001)]);

describe.each([
  ['in memory', () => inMemoryAffinity()],
  [
    'in DynamoDB',
    () => ({
      reader: dynamoAffinity(client, name),
      writer: dynamoAffinityWriter(client, name, patience),
    }),
  ],
])('affinity lists, %s', (where, open) => {
  const shop = where.replaceAll(' ', '-').toLowerCase();
  const of = (id: string, ...lists: readonly (typeof mug)[]) =>
    lists.map((each) => ({ shop: `${shop}-${id}`, list: each }));

  test('are found by product, category and shop', async () => {
    const { reader, writer } = open();
    await writer.keep(of('a', mug, mugs, best), expiresAt);

    const found = await reader.of(`${shop}-a`, ['MUG#1', 'POT'], ['Mugs', 'Pots']);

    expect(found).toEqual({
      skus: new Map([['MUG#1', mug]]),
      categories: new Map([['Mugs', mugs]]),
      bestSellers: best,
    });
  });

  test('are none of what nobody learnt, and none of another shop', async () => {
    const { reader, writer } = open();
    await writer.keep(of('b', mug), expiresAt);

    const nothing = { skus: new Map(), categories: new Map(), bestSellers: undefined };
    expect(await reader.of(`${shop}-c`, ['MUG#1'], [])).toEqual(nothing);
    expect(await reader.of(`${shop}-b`, [], [])).toEqual(nothing);
  });

  test('asked for twice are found once', async () => {
    const { reader, writer } = open();
    await writer.keep(of('d', mug, mugs), expiresAt);

    const found = await reader.of(`${shop}-d`, ['MUG#1', 'MUG#1'], ['Mugs', 'Mugs']);

    expect([...found.skus.values(), ...found.categories.values()]).toEqual([mug, mugs]);
  });

  test('take the place of those before, and are found by the hundred', async () => {
    const { reader, writer } = open();
    const skus = Array.from({ length: 130 }, (_, at) => `S-${at}`);
    const all = (orders: number) => skus.map((sku) => list('sku', sku, [], { orders }));

    await writer.keep(of('e', ...all(1)), expiresAt);
    await writer.keep(of('e', ...all(2)), expiresAt);

    const found = await reader.of(`${shop}-e`, skus, []);
    expect(found.skus.size).toBe(130);
    expect(new Set([...found.skus.values()].map(({ orders }) => orders))).toEqual(new Set([2]));
  });
});

describe('in DynamoDB', () => {
  test('a list says the second from which on it may be gone', async () => {
    const { calls, config } = fakeAws(() => awsAnswer({ UnprocessedItems: {} }));
    const writer = dynamoAffinityWriter(new DynamoDBClient(config), name, patience);

    await writer.keep([{ shop: 'hearth', list: mug }], expiresAt);

    const [{ PutRequest }] = Object(calls[0]?.input['RequestItems'])[name];
    expect(PutRequest.Item).toMatchObject({
      list: { S: 'sku#hearth#MUG#1' },
      expiresAt: { N: '1796524200' },
    });
  });

  test('what a request left unread is asked for again', async () => {
    const document = JSON.stringify(mug);
    const { calls, config } = fakeAws(({ input }) => {
      const { Keys } = Object(input['RequestItems'])[name];
      const [first, ...left] = Keys;
      return awsAnswer({
        Responses: {
          [name]: first.list.S.startsWith('sku') ? [{ document: { S: document } }] : [],
        },
        UnprocessedKeys: left.length === 0 ? {} : { [name]: { Keys: left } },
      });
    });

    const found = await dynamoAffinity(new DynamoDBClient(config), name).of(
      'hearth',
      ['MUG#1'],
      [],
    );

    expect(calls).toHaveLength(2);
    expect(found.skus.get('MUG#1')).toEqual(mug);
  });

  test('what is never taken fails, and says how much it is', async () => {
    const { config } = fakeAws(({ input }) =>
      awsAnswer({ UnprocessedItems: Object(input['RequestItems']) }),
    );
    const writer = dynamoAffinityWriter(new DynamoDBClient(config), name, patience);

    await expect(writer.keep([{ shop: 'hearth', list: mug }], expiresAt)).rejects.toThrow(
      '1 of 1 items were not taken in 10 tries: the table Affinity is throttled',
    );
  });
});
