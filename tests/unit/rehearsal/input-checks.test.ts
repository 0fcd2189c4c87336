import validations, { type Custom, type Rules } from 'dynalite/validations/index.js';
import batchGetItem from 'dynalite/validations/batchGetItem.js';
import deleteItem from 'dynalite/validations/deleteItem.js';
import getItem from 'dynalite/validations/getItem.js';
import putItem from 'dynalite/validations/putItem.js';
import query from 'dynalite/validations/query.js';
import updateItem from 'dynalite/validations/updateItem.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkerOf } from '#rehearsal/services/input-checks.ts';

interface OperationRules {
  readonly types: Rules;
  readonly custom?: Custom;
}

const store = { options: { maxItemSize: 400 } };

/** Most of the time the first, which is right. */
const mostly = <T, U>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<U>): fc.Arbitrary<T | U> =>
  fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: wrong });

const odd = fc.constantFrom<unknown>(
  null,
  true,
  7,
  '',
  'b',
  [],
  {},
  { S: 'a', N: '1' },
  { Q: 'a' },
);

const text = fc.constantFrom('a', 'é', 'S', 'x'.repeat(300));
const number = mostly(
  fc.constantFrom('1', '01.50', '-3e2', '0'),
  fc.constantFrom('', 'one', '1e200'),
);

const { value } = fc.letrec((tie) => ({
  value: mostly(
    fc.oneof(
      { maxDepth: 2 },
      fc.record({ S: text }),
      fc.record({ N: number }),
      fc.record({ BOOL: mostly(fc.boolean(), odd) }),
      fc.record({ NULL: fc.constant(true) }),
      fc.record({ B: fc.constantFrom('YQ==', 'YQ', 7) }),
      fc.record({ SS: fc.array(text, { maxLength: 2 }) }),
      fc.record({ NS: fc.array(number, { maxLength: 2 }) }),
      fc.record({ L: fc.array(tie('value'), { maxLength: 2 }) }),
      fc.record({ M: fc.dictionary(text, tie('value'), { maxKeys: 2 }) }),
    ),
    odd,
  ),
}));

const anything = mostly(value, odd);
const item = mostly(fc.dictionary(fc.constantFrom('id', 'at', 'name'), anything), odd);

const conditions = fc.constantFrom(
  'attribute_not_exists(#a)',
  '#a = :a',
  '#a = :a AND (#b < :b OR attribute_exists(c.d[0]))',
  'size(#a) > :a',
  '#a BETWEEN :a AND :b',
  'attribute_type(#a, :a)',
  'contains(#a, :a) AND NOT begins_with(#b, :b)',
  '#a IN (:a, :b)',
  '((#a = :a))',
  'name = :a',
  '#a == :a',
  '',
);
const updates = fc.constantFrom(
  'SET #a = :a',
  'SET #a = :a, #b = if_not_exists(#b, :b) + :b REMOVE c',
  'ADD #a :a',
  'DELETE #a :a',
  'SET #a = list_append(#a, :a)',
  'SET #a = :a, #a.x = :b',
  'SET #a',
);
const keyConditions = fc.constantFrom(
  '#a = :a',
  '#a = :a AND #b >= :b',
  ':a = #a',
  '#a = :a AND #b BETWEEN :a AND :b',
  'begins_with(#a, :a)',
  '#a <> :a',
);

const all = {
  TableName: mostly(fc.constantFrom('a-table', 'another'), fc.constantFrom('no', 'a b', 7)),
  Key: item,
  Item: item,
  ConsistentRead: mostly(fc.boolean(), odd),
  ScanIndexForward: fc.boolean(),
  Limit: mostly(fc.integer({ min: 1, max: 3 }), fc.constantFrom(0, 1.5, '1')),
  ReturnValues: fc.constantFrom('ALL_OLD', 'NONE', 'ALL_NEW', 'all'),
  ReturnConsumedCapacity: fc.constantFrom('TOTAL', 'SOME'),
  ConditionExpression: conditions,
  FilterExpression: conditions,
  UpdateExpression: updates,
  KeyConditionExpression: keyConditions,
  ProjectionExpression: fc.constantFrom('#a', 'c, #b.d[1]', '#a, #a', ''),
  ExpressionAttributeNames: fc.constantFrom<object>(
    { '#a': 'a' },
    { '#a': 'a', '#b': 'b' },
    { '#a': 'b', '#b': 'b' },
    {},
    { a: 'a' },
  ),
  ExpressionAttributeValues: mostly(
    fc.oneof(fc.record({ ':a': value }), fc.record({ ':a': value, ':b': value })),
    odd,
  ),
  AttributesToGet: fc.constantFrom(['a'], ['a', 'a'], []),
  KeyConditions: fc.record({
    a: fc.record({ ComparisonOperator: fc.constant('EQ'), AttributeValueList: fc.array(value) }),
  }),
  Expected: fc.record({ a: fc.record({ Value: value }) }),
  RequestItems: mostly(
    fc.dictionary(
      fc.constantFrom('a-table', 'no'),
      fc.record(
        { Keys: fc.array(item, { maxLength: 3 }), ConsistentRead: fc.boolean() },
        { requiredKeys: ['Keys'] },
      ),
    ),
    odd,
  ),
  Unknown: fc.constant('a'),
};

type Name = keyof typeof all;

/** Those that a call needs, those that it often has, and a rare one. */
const inputs = (needed: readonly Name[], usual: readonly Name[]) => {
  const some = fc.subarray([...usual]);
  const rare = mostly(
    fc.constant<readonly Name[]>([]),
    fc.constantFrom(...Object.keys(all)).map((each) => [each]),
  );
  return fc.tuple(some, rare).chain(([often, rarely]) => {
    const names = new Set<string>([...needed, ...often, ...rarely]);
    return fc.record(Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name))));
  });
};

const expressions: readonly Name[] = ['ExpressionAttributeNames', 'ExpressionAttributeValues'];

const cases: readonly (readonly [string, OperationRules, fc.Arbitrary<object>])[] = [
  ['GetItem', getItem, inputs(['TableName', 'Key'], ['ConsistentRead', 'ReturnConsumedCapacity'])],
  ['BatchGetItem', batchGetItem, inputs(['RequestItems'], ['ReturnConsumedCapacity'])],
  ['PutItem', putItem, inputs(['TableName', 'Item'], ['ReturnValues'])],
  ['PutItem', putItem, inputs(['TableName', 'Item', 'ConditionExpression', ...expressions], [])],
  [
    'DeleteItem',
    deleteItem,
    inputs(['TableName', 'Key', 'ConditionExpression', ...expressions], []),
  ],
  [
    'UpdateItem',
    updateItem,
    inputs(['TableName', 'Key', 'UpdateExpression', ...expressions], ['ConditionExpression']),
  ],
  [
    'Query',
    query,
    inputs(['TableName', 'KeyConditionExpression', ...expressions], ['Limit', 'FilterExpression']),
  ],
];

const EXPRESSION_MEMBERS = /Expression|^_keyCondition$/;

/** What an action gets, or how it is refused. */
const outcome = (check: () => object): unknown => {
  try {
    return Object.fromEntries(
      Object.entries(check()).filter(([name]) => !EXPRESSION_MEMBERS.test(name)),
    );
  } catch (error) {
    return Object(error).body;
  }
};

const byDynalite = (input: object, { types, custom }: OperationRules): object => {
  const checked = validations.checkTypes(structuredClone(input), types);
  validations.checkValidations(checked, types, custom, store);
  return checked;
};

describe('checks of an input', () => {
  test.each(cases)('come to what dynalite’s own do: %s', (operation, rules, arbitrary) => {
    const check = checkerOf(operation, rules);
    fc.assert(
      fc.property(arbitrary, (input) => {
        const expected = outcome(() => byDynalite(input, rules));

        for (const _ of ['first', 'again'])
          expect(outcome(() => check(structuredClone(input), store))).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  test('leave an input that is in order as it was', () => {
    const input = { TableName: 'a-table', Key: { id: { N: '01.0' } } };

    const checked = checkerOf('GetItem', getItem)(input, store);

    expect(checked).toEqual({ TableName: 'a-table', Key: { id: { N: '1' } } });
    expect(input.Key.id.N).toBe('01.0');
  });
});
