import { describe, expect, test } from 'vitest';
import { Authorizer } from '#rehearsal/services/authorizer.ts';
import { createTables } from '#rehearsal/services/dynamodb.ts';
import { arnOf, awsErrorOf, cloudOf, getAtt, type Grants, roleOf } from './stage.ts';

const principal = { arn: 'arn:aws:iam::111122223333:role/App-IngestRole' };
const ORDERS = 'App-Orders';

const table = {
  Type: 'AWS::DynamoDB::GlobalTable',
  Properties: {
    AttributeDefinitions: [{ AttributeName: 'order', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'order', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  },
};

const readWrite: Grants = ['GetItem', 'PutItem', 'BatchGetItem'].map(
  (action) => [`dynamodb:${action}`, getAtt('Orders')] as const,
);

const stage = async (grants: Grants = readWrite) => {
  const cloud = cloudOf({ ...roleOf('Ingest', grants), Orders: table, Customers: table });
  const authorizer = new Authorizer(cloud);
  const tables = await createTables(cloud, authorizer);
  const call = (operation: string, input: Readonly<Record<string, unknown>>) =>
    tables.service({ principal, operation, input });
  const put = (order: string, more: object = {}) =>
    call('PutItem', { TableName: ORDERS, Item: { order: { S: order } }, ...more });
  return { authorizer, tables, call, put };
};

describe('the tables', () => {
  test('tell what is under a key, which counts as no call', async () => {
    const { tables, put } = await stage();
    const orders = tables.all.find(({ name }) => name === ORDERS);
    await put('hearth#1');
    await put('hearth#2');

    const { reads } = tables.meter;
    const found = orders && (await tables.query(orders, { attribute: 'order', value: 'hearth#2' }));

    expect(found).toEqual([{ order: { S: 'hearth#2' } }]);
    expect(tables.meter.reads).toBe(reads);
  });

  test('keep what is put into them', async () => {
    const { call, put } = await stage();

    await put('hearth#1');
    const found = await call('GetItem', { TableName: ORDERS, Key: { order: { S: 'hearth#1' } } });

    expect(found).toMatchObject({ Item: { order: { S: 'hearth#1' } } });
  });

  test('hold conditions', async () => {
    const { put } = await stage();
    await put('hearth#1');

    const error = await awsErrorOf(() =>
      put('hearth#1', {
        ConditionExpression: 'attribute_not_exists(#o)',
        ExpressionAttributeNames: { '#o': 'order' },
      }),
    );

    expect(error).toMatch(/^ConditionalCheckFailedException/);
  });

  test('can be read whole as soon as they are there', async () => {
    const { tables } = await stage();

    const contents = await Promise.all(tables.all.map((each) => tables.dump(each)));

    expect(contents).toEqual([[], []]);
  });

  test('give all of what is in them, also when it takes several pages', async () => {
    const { tables, put } = await stage();
    for (let at = 0; at < 4; at += 1)
      await put(`hearth#${at}`, {
        Item: { order: { S: `${at}` }, text: { S: 'x'.repeat(350_000) } },
      });

    const [orders] = tables.all;
    const items = orders === undefined ? [] : await tables.dump(orders);

    expect(items.map(({ order }) => String(order?.S)).toSorted()).toEqual(['0', '1', '2', '3']);
  });

  test('count requests and capacity units', async () => {
    const { tables, call, put } = await stage();
    const Key = { order: { S: 'hearth#1' } };

    await put('hearth#1');
    await call('GetItem', { TableName: ORDERS, Key, ConsistentRead: true });
    await call('GetItem', { TableName: ORDERS, Key });

    expect(tables.meter).toEqual({ reads: 2, writes: 1, readUnits: 1.5, writeUnits: 1 });
  });

  test('are each asked for their own grant', async () => {
    const { authorizer, call } = await stage();
    const Keys = [{ order: { S: 'hearth#1' } }];

    await awsErrorOf(() =>
      call('BatchGetItem', { RequestItems: { [ORDERS]: { Keys }, 'App-Customers': { Keys } } }),
    );

    expect(authorizer.denials).toMatchObject([
      {
        principal: 'App-IngestRole',
        action: 'dynamodb:BatchGetItem',
        resource: arnOf('dynamodb', 'table/App-Customers'),
      },
    ]);
  });

  test('that do not exist are not found', async () => {
    const { call } = await stage();

    expect(await awsErrorOf(() => call('GetItem', { TableName: 'Other', Key: {} }))).toContain(
      'ResourceNotFoundException',
    );
  });
});
