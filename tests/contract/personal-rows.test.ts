import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { documentItem, type Item } from '#core/adapters/dynamo-items.ts';
import { dynamoPersonalRows } from '#core/adapters/dynamo-personal-rows.ts';
import type { PersonalRows } from '#core/adapters/personal-rows.ts';
import { tables } from '#core/contracts/tables.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';
import { inMemoryPersonalRows } from '#tests/fakes/in-memory-personal-rows.ts';
import { stateRows } from '../../bin/privacy/state-rows.ts';

const root = mkdtempSync(join(tmpdir(), 'afterglow-'));
afterAll(() => rmSync(root, { recursive: true }));

const nameOf = {
  orders: tables.orders.name,
  customers: tables.customers.name,
  purchases: tables.purchases.name,
  touches: tables.touches.name,
  identities: tables.identities.name,
  contacts: tables.contacts.name,
  inbox: tables.inbox.name,
  links: tables.links.name,
  attributions: tables.attributions.name,
  pseudonyms: tables.pseudonyms.name,
  scores: tables.scores.name,
  sessions: tables.sessions.name,
  offerHistories: tables.offerHistories.name,
};

const customer = documentItem({
  key: { customer: 'hearth#c-1' },
  version: 3,
  document: { name: 'Ada' },
});
const other = documentItem({
  key: { customer: 'hearth#c-2' },
  version: 1,
  document: { name: 'Kim' },
});
const purchases = Array.from({ length: 3 }, (_, at) =>
  documentItem({ key: { customer: 'hearth#c-1', placed: `${at}` }, version: 1, document: { at } }),
);

const makers = {
  'in DynamoDB': async (): Promise<PersonalRows> => {
    const client = await inMemoryDynamoDb();
    for (const Item of [customer, other])
      await client.send(new PutItemCommand({ TableName: tables.customers.name, Item }));
    for (const Item of purchases)
      await client.send(new PutItemCommand({ TableName: tables.purchases.name, Item }));
    return dynamoPersonalRows(client, nameOf);
  },
  'in memory': async (): Promise<PersonalRows> =>
    inMemoryPersonalRows({ customers: [customer, other], purchases }),
  'in the files of a rehearsal': async (): Promise<PersonalRows> => {
    const dir = mkdtempSync(join(root, 'state-'));
    const write = (table: string, items: readonly Item[]) =>
      writeFileSync(
        join(dir, 'tables', `${table}.jsonl`),
        items.map((item) => `${JSON.stringify(item)}\n`).join(''),
      );
    mkdirSync(join(dir, 'tables'));
    write(tables.customers.name, [customer, other]);
    write(tables.purchases.name, purchases);
    return stateRows(dir);
  },
};

describe.each(Object.entries(makers))('what is stored of people, %s,', (_, make) => {
  let rows: PersonalRows;
  beforeEach(async () => {
    rows = await make();
  });
  const read = async (): Promise<Item> => (await rows.of('customers', 'hearth#c-1'))[0] ?? {};

  test('is found by its partition, all of it', async () => {
    expect(await read()).toEqual(customer);
    expect(await rows.of('purchases', 'hearth#c-1')).toEqual(purchases);
    expect(await rows.of('purchases', 'hearth#c-2')).toEqual([]);
    expect(await rows.of('inbox', 'hearth#c-1')).toEqual([]);
  });

  test('is found by any of some texts in its document', async () => {
    const texts = Array.from({ length: 150 }, (__, at) => `"nobody-${at}"`);

    expect(await rows.holding('customers', [...texts, '"Kim"'])).toEqual([other]);
    expect(await rows.holding('customers', [])).toEqual([]);
  });

  test('is written over what was read', async () => {
    const next = documentItem({ key: { customer: 'hearth#c-1' }, version: 4, document: {} });

    expect(await rows.change('customers', await read(), next)).toBe(true);

    expect(await read()).toEqual(next);
  });

  test('is taken away, and nothing beside it', async () => {
    const [first = {}, ...rest] = await rows.of('purchases', 'hearth#c-1');

    expect(await rows.change('purchases', first, undefined)).toBe(true);

    expect(await rows.of('purchases', 'hearth#c-1')).toEqual(rest);
    expect(await read()).toEqual(customer);
  });

  test('is left when somebody else wrote since, or took it away', async () => {
    const before = await read();
    const next = documentItem({ key: { customer: 'hearth#c-1' }, version: 4, document: {} });
    await rows.change('customers', before, next);

    expect(await rows.change('customers', before, undefined)).toBe(false);
    expect(await read()).toEqual(next);

    await rows.change('customers', await read(), undefined);
    expect(await rows.change('customers', next, { ...next, version: { N: '5' } })).toBe(false);
    expect(await rows.of('customers', 'hearth#c-1')).toEqual([]);
  });
});
