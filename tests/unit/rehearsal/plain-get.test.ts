import batchGetItem from 'dynalite/actions/batchGetItem.js';
import getItem from 'dynalite/actions/getItem.js';
import batchGetItemRules from 'dynalite/validations/batchGetItem.js';
import getItemRules from 'dynalite/validations/getItem.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { askDynalite } from '#rehearsal/services/dynalite-actions.ts';
import { checkerOf } from '#rehearsal/services/input-checks.ts';
import { createItemStore } from '#rehearsal/services/item-store.ts';
import { plainBatch, plainGet } from '#rehearsal/services/plain-get.ts';

const store = createItemStore();

/** Tables with the same items, the key of the second has two attributes. */
const names = ['single', 'double'] as const;

const keyOf = (name: string, text: string): object =>
  name === 'single' ? { id: { S: text } } : { id: { S: text }, at: { S: text } };

const sizes = { a: 30, b: 5000, large: 400_000, larger: 409_000, largest: 409_400, other: 400_000 };

const isActive = async (TableName: string): Promise<boolean> => {
  const { Table } = await askDynalite(store, 'DescribeTable', { TableName });
  return Object(Table).TableStatus === 'ACTIVE';
};

beforeAll(async () => {
  for (const name of names) {
    const attributes = Object.keys(keyOf(name, ''));
    const schema = attributes.map((AttributeName, at) => ({
      AttributeName,
      KeyType: at === 0 ? 'HASH' : 'RANGE',
    }));
    await askDynalite(store, 'CreateTable', {
      TableName: name,
      KeySchema: schema,
      AttributeDefinitions: schema.map(({ AttributeName }) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      BillingMode: 'PAY_PER_REQUEST',
    });
    // A table is there a moment after it was asked for.
    await vi.waitUntil(() => isActive(name));
    for (const [text, size] of Object.entries(sizes)) {
      const Item = { ...keyOf(name, text), text: { S: 'x'.repeat(size - 20) } };
      await askDynalite(store, 'PutItem', { TableName: name, Item });
    }
  }
});

const texts = fc.constantFrom('a', 'b', 'large', 'none');
const odd = fc.constantFrom<object>(
  {},
  { id: { S: '' }, at: { S: 'a' } },
  { id: { N: '1' } },
  { at: { S: 'a' } },
  { id: { S: 'a', N: '1' } },
  { id: { S: 1 } },
  { id: 'a' },
  { id: { S: 'x'.repeat(2000) }, at: { S: 'x' } },
  { id: { S: 'a' }, at: { S: 'x'.repeat(1025) } },
);
const keysOf = (name: string) =>
  fc.oneof(
    { weight: 20, arbitrary: texts.map((text) => keyOf(name, text)) },
    { weight: 1, arbitrary: odd },
  );
const how = fc.oneof(
  { weight: 8, arbitrary: fc.record({ ConsistentRead: fc.boolean() }) },
  fc.constant({ AttributesToGet: ['id'] }),
  fc.constant({ ProjectionExpression: 'id' }),
  fc.constant({ ConsistentRead: 'yes' }),
  fc.constant({ ExpressionAttributeNames: { '#id': 'id' } }),
);
const ReturnConsumedCapacity = fc.constantFrom('TOTAL', 'INDEXES', 'NONE', undefined);

const gets = fc
  .constantFrom(...names, 'none')
  .chain((TableName) =>
    fc.record({
      TableName: fc.constant(TableName),
      Key: keysOf(TableName),
      ReturnConsumedCapacity,
      how,
    }),
  )
  .map(({ how: asked, ...input }) => ({ ...input, ...asked }));

const wantedOf = (name: string) =>
  fc
    .record({
      Keys: fc.oneof(
        {
          weight: 8,
          arbitrary: fc
            .subarray(['a', 'b', 'large', 'none'])
            .map((all) => all.map((text) => keyOf(name, text))),
        },
        fc.array(keysOf(name), { maxLength: 4 }),
      ),
      how,
    })
    .map(({ how: asked, Keys }) => ({ Keys, ...asked }));

const batches = fc.record({
  RequestItems: fc.oneof(
    {
      weight: 9,
      arbitrary: fc.record(
        { single: wantedOf('single'), double: wantedOf('double') },
        { requiredKeys: ['double'] },
      ),
    },
    fc.record({ double: wantedOf('double'), none: wantedOf('single') }),
  ),
  ReturnConsumedCapacity,
});

interface Operation {
  readonly act: typeof getItem;
  readonly check: ReturnType<typeof checkerOf>;
}

const getting: Operation = { act: getItem, check: checkerOf('GetItem', getItemRules) };
const batching: Operation = {
  act: batchGetItem,
  check: checkerOf('BatchGetItem', batchGetItemRules),
};

/** As it comes over the wire, with the items of each table in an order and long texts by their length. */
const told = (answer: object): unknown => {
  const plain: unknown = JSON.parse(JSON.stringify(answer), (_, value: unknown) =>
    typeof value === 'string' && value.length > 100 ? `text of ${value.length}` : value,
  );
  return JSON.parse(JSON.stringify(plain), (_, value: unknown) =>
    Array.isArray(value) ? value.map((each) => JSON.stringify(each)).toSorted() : value,
  );
};

const byDynalite = async ({ act, check }: Operation, input: object): Promise<unknown> =>
  new Promise((resolve) => {
    act(store, check(structuredClone(input), store), (error, answer) => {
      resolve(error ? 'refused' : told({ ...answer }));
    });
  });

/** @returns how many of the inputs were answered, all of them as dynalite does */
const answeredOf = async (
  inputs: fc.Arbitrary<object>,
  plain: (input: object) => object | undefined,
  operation: Operation,
): Promise<number> => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(inputs, async (input) => {
      const answer = plain(input);
      if (answer === undefined) return;
      answered += 1;
      expect(told(answer)).toEqual(await byDynalite(operation, input));
    }),
    { numRuns: 600 },
  );
  return answered;
};

describe('plain gets', () => {
  test('of an item are answered as dynalite answers them', async () => {
    const answered = await answeredOf(gets, (input) => plainGet(store, Object(input)), getting);

    expect(answered).toBeGreaterThan(100);
  });

  test('of a batch are answered as dynalite answers them', async () => {
    const plain = (input: object) => plainBatch(store, Object(input));

    expect(await answeredOf(batches, plain, batching)).toBeGreaterThan(100);
  });

  test.each([
    [['a', 'b', 'large', 'larger'], true],
    [['large', 'larger', 'largest'], false],
  ])('leave to dynalite what is more than a batch may be: %j', (all, isPlain) => {
    const Keys = all.map((text) => keyOf('single', text));

    const answer = plainBatch(store, Object({ RequestItems: { single: { Keys } } }));

    expect(answer !== undefined).toBe(isPlain);
  });

  test('have what is more than a batch may be said by dynalite', async () => {
    const Keys = ['large', 'larger', 'largest', 'other', 'a'].map((text) => keyOf('double', text));
    const { Responses, UnprocessedKeys } = await askDynalite(store, 'BatchGetItem', {
      RequestItems: { double: { Keys } },
    });

    expect(Object(Responses).double).toHaveLength(4);
    expect(Object(UnprocessedKeys).double.Keys).toHaveLength(1);
  });

  test('give items in no order', () => {
    const Keys = ['a', 'b', 'large'].map((text) => keyOf('single', text));
    const input = Object({ RequestItems: { single: { Keys } } });
    const orders = Array.from({ length: 200 }, () =>
      Object(plainBatch(store, input))
        .Responses.single.map(({ id }: { readonly id: { readonly S: string } }) => id.S)
        .join(),
    );

    expect(new Set(orders).size).toBe(6);
  });
});
