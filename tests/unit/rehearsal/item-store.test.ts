import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tables } from '#core/contracts/tables.ts';
import { askDynalite } from '#rehearsal/services/dynalite-actions.ts';
import { createItemStore } from '#rehearsal/services/item-store.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';

const { name: TableName, partitionKey: hash, sortKey: range } = tables.content;

const definition = {
  TableName,
  KeySchema: [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: hash, AttributeType: 'S' },
    { AttributeName: range, AttributeType: 'S' },
  ],
  BillingMode: 'PAY_PER_REQUEST',
};

const keys = fc.constantFrom('a', 'b', 'é', '10', '9', '~');
/** Few, so that most are written more than once. */
const key = fc
  .tuple(fc.constantFrom('a', 'é'), fc.constantFrom('10', '9', '~'))
  .map(([partition, sort]): Record<string, AttributeValue> => ({
    [hash]: { S: partition },
    [range]: { S: sort },
  }));
const amount = fc.integer({ min: 0, max: 9 }).map(String);

const writes = fc.record({
  kind: fc.constantFrom<'put' | 'remove' | 'add' | 'copy'>('put', 'remove', 'add', 'copy'),
  key,
  amount,
});

const reads = fc.record({
  partition: keys,
  from: keys,
  to: keys,
  comparison: fc.constantFrom('=', '<', '<=', '>', '>=', 'BETWEEN'),
  ScanIndexForward: fc.boolean(),
  ConsistentRead: fc.boolean(),
  ReturnConsumedCapacity: fc.constantFrom('TOTAL', 'INDEXES', 'NONE'),
  Limit: fc.integer({ min: 1, max: 4 }),
});

type Write = typeof writes extends fc.Arbitrary<infer T> ? T : never;
type Read = typeof reads extends fc.Arbitrary<infer T> ? T : never;

const writeOf = ({ kind, key: Key, amount: N }: Write) => {
  const told = { TableName, ReturnConsumedCapacity: 'TOTAL' as const };
  switch (kind) {
    case 'put':
      return {
        operation: 'PutItem',
        input: { ...told, Item: { ...Key, amount: { N }, parts: { M: { a: { S: N } } } } },
      } as const;
    case 'remove':
      return {
        operation: 'DeleteItem',
        input: { ...told, Key, ConditionExpression: 'attribute_exists(amount)' },
      } as const;
    case 'copy':
      return {
        operation: 'UpdateItem',
        input: {
          ...told,
          Key,
          UpdateExpression: 'SET copied = parts, parts.b = amount, amount = :amount',
          ExpressionAttributeValues: { ':amount': { N } },
          ReturnValues: 'UPDATED_OLD' as const,
        },
      } as const;
    case 'add':
      return {
        operation: 'UpdateItem',
        input: {
          ...told,
          Key,
          UpdateExpression: 'ADD amount :more',
          ConditionExpression: 'attribute_not_exists(amount) OR amount < :most',
          ExpressionAttributeValues: { ':more': { N }, ':most': { N: '12' } },
          ReturnValues: 'ALL_NEW' as const,
        },
      } as const;
  }
};

const queryOf = ({ partition, from, to, comparison, ...how }: Read) => ({
  TableName,
  ...how,
  KeyConditionExpression:
    comparison === 'BETWEEN'
      ? '#hash = :partition AND #range BETWEEN :from AND :to'
      : `#hash = :partition AND #range ${comparison} :from`,
  ExpressionAttributeNames: { '#hash': hash, '#range': range },
  ExpressionAttributeValues: {
    ':partition': { S: partition },
    ':from': { S: from < to ? from : to },
    ...(comparison === 'BETWEEN' ? { ':to': { S: from < to ? to : from } } : {}),
  },
});

/** What was answered, or the name of the refusal. */
const outcome = async (answer: Promise<object>): Promise<unknown> => {
  try {
    const { $metadata: _, ...said } = Object(await answer);
    return JSON.parse(JSON.stringify(said));
  } catch (error) {
    return Object(error).code ?? Object(error).name;
  }
};

const bothOf = async () => {
  const client = await inMemoryDynamoDb();
  const store = createItemStore();
  await askDynalite(store, 'CreateTable', definition);
  await expect
    .poll(async () => Object(await askDynalite(store, 'DescribeTable', { TableName })).Table)
    .toMatchObject({ TableStatus: 'ACTIVE' });
  const theirs = (write: ReturnType<typeof writeOf>) => {
    switch (write.operation) {
      case 'PutItem':
        return client.send(new PutItemCommand(write.input));
      case 'DeleteItem':
        return client.send(new DeleteItemCommand(write.input));
      case 'UpdateItem':
        return client.send(new UpdateItemCommand(write.input));
    }
  };
  return { client, store, theirs };
};

describe('the store under dynalite’s actions', () => {
  test('answers as dynalite does over its own', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(writes, { minLength: 5, maxLength: 30 }),
        fc.array(reads, { minLength: 1, maxLength: 10 }),
        async (written, asked) => {
          const { client, store, theirs } = await bothOf();
          const ours = (operation: string, input: object) =>
            outcome(askDynalite(store, operation, { ...structuredClone(input) }));

          for (const each of written) {
            const one = { TableName, Key: each.key };
            const read = async () =>
              expect(await ours('GetItem', one)).toEqual(
                await outcome(client.send(new GetItemCommand(one))),
              );
            const write = writeOf(each);
            await read();
            expect(await ours(write.operation, write.input)).toEqual(await outcome(theirs(write)));
            await read();
          }
          for (const query of asked.map(queryOf)) {
            const found = await ours('Query', query);
            expect(found).toEqual(await outcome(client.send(new QueryCommand(query))));
            const { LastEvaluatedKey: ExclusiveStartKey } = Object(found);
            if (ExclusiveStartKey === undefined) continue;
            const next = { ...query, ExclusiveStartKey };
            expect(await ours('Query', next)).toEqual(
              await outcome(client.send(new QueryCommand(next))),
            );
            const one = { TableName, Key: ExclusiveStartKey };
            expect(await ours('GetItem', one)).toEqual(
              await outcome(client.send(new GetItemCommand(one))),
            );
          }
          const all = { TableName, Limit: 7 };
          expect(await ours('Scan', all)).toEqual(await outcome(client.send(new ScanCommand(all))));
        },
      ),
      { numRuns: 20 },
    );
  });

  test('ends a page at a megabyte as dynalite does', async () => {
    const { client, store } = await bothOf();
    const items = Array.from({ length: 5 }, (_, at) => ({
      [hash]: { S: 'a' },
      [range]: { S: String(at) },
      text: { S: 'x'.repeat(300_000 + at) },
    }));
    const query = {
      TableName,
      ReturnConsumedCapacity: 'TOTAL' as const,
      KeyConditionExpression: '#hash = :partition',
      ExpressionAttributeNames: { '#hash': hash },
      ExpressionAttributeValues: { ':partition': { S: 'a' } },
    };
    for (const Item of items) {
      await askDynalite(store, 'PutItem', { TableName, Item });
      await client.send(new PutItemCommand({ TableName, Item }));
    }

    const page = await outcome(askDynalite(store, 'Query', structuredClone(query)));

    expect(page).toMatchObject({ Count: 4, LastEvaluatedKey: { [range]: { S: '3' } } });
    expect(page).toEqual(await outcome(client.send(new QueryCommand(query))));
  });

  test('has no table that was not made', async () => {
    await expect(
      askDynalite(createItemStore(), 'GetItem', { TableName, Key: { [hash]: { S: 'a' } } }),
    ).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });
});
