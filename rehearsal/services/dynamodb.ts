import { setTimeout } from 'node:timers/promises';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Cloud, Resource } from '../assembly/cloud.ts';
import type { Authorizer } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import { consumedUnits, isRead } from './consumed-units.ts';
import { askDynalite } from './dynalite-actions.ts';
import { createItemStore } from './item-store.ts';
import type { Service, ServiceCall } from './service.ts';
import type { WriteJournal } from './write-journal.ts';

export type Item = Record<string, AttributeValue>;

export interface TableMeter {
  reads: number;
  writes: number;
  readUnits: number;
  writeUnits: number;
}

/** The tables of the templates, kept by dynalite in memory. */
export interface Tables {
  readonly service: Service;
  readonly meter: TableMeter;
  /** Every item of a table, by its logical name in the template, in dynalite's order. */
  readonly dump: (table: Resource) => Promise<readonly Item[]>;
  /** The same, one after the other. */
  readonly items: (table: Resource) => Iterable<Item>;
  /** The items under one partition key, as they are stored: nobody's call, so that nothing is asked or counted. */
  readonly query: (table: Resource, key: PartitionKey) => Promise<readonly Item[]>;
  /** Puts items as they were dumped. */
  readonly fill: (table: Resource, items: readonly Item[]) => Promise<void>;
  readonly all: readonly Resource[];
}

export interface PartitionKey {
  readonly attribute: string;
  readonly value: string;
}

/** @param journal of writes: what it has is done first, what is written is added */
export const createTables = async (
  cloud: Cloud,
  authorizer: Authorizer,
  journal?: WriteJournal,
): Promise<Tables> => {
  const store = createItemStore();
  const meter: TableMeter = { reads: 0, writes: 0, readUnits: 0, writeUnits: 0 };
  const all = cloud.ofType('AWS::DynamoDB::GlobalTable');
  const byName = new Map(all.map((table) => [table.name, table]));
  /** Who may do what with which table: policies do not change. */
  const granted = new WeakMap<ServiceCall['principal'], Map<string, Set<Resource>>>();
  const ask = (operation: string, input: Input) => askDynalite(store, operation, input);

  for (const table of all) {
    await ask('CreateTable', definitionOf(table));
    await untilActive(ask, table.name);
  }
  await journal?.replay(ask);

  return {
    meter,
    all,
    service: async (call) => {
      const { principal, operation, input } = call;
      const ofPrincipal = granted.get(principal) ?? new Map<string, Set<Resource>>();
      granted.set(principal, ofPrincipal);
      const allowed = ofPrincipal.get(operation) ?? new Set();
      ofPrincipal.set(operation, allowed);
      for (const table of tablesOf(call, byName)) {
        if (allowed.has(table)) continue;
        authorizer.assert({ principal, action: `dynamodb:${operation}`, resource: table.arn });
        authorizer.assertKeyUse(principal, keyOf(table), 'Decrypt', 'dynamodb');
        allowed.add(table);
      }
      const answer = await ask(operation, { ...input, ReturnConsumedCapacity: 'TOTAL' });
      journal?.add(operation, input);
      count(meter, operation, answer);
      return answer;
    },
    query: async ({ name: TableName }, { attribute, value }) => {
      const asked = {
        TableName,
        KeyConditionExpression: '#key = :value',
        ExpressionAttributeNames: { '#key': attribute },
        ExpressionAttributeValues: { ':value': { S: value } },
      };
      return pagesOf((start) => ask('Query', { ...asked, ...start }));
    },
    fill: async ({ name: TableName }, items) => {
      for (const Item of items) {
        await ask('PutItem', { TableName, Item });
        journal?.add('PutItem', { TableName, Item });
      }
    },
    dump: async ({ name }) => Array.from(store.getItemDb(name).values({}), itemOf),
    items: ({ name }) => store.getItemDb(name).values({}).map(itemOf),
  };
};

/** Dynalite's own types know less of it. */
const itemOf = (item: object): Item => Object(item);

type Input = Readonly<Record<string, unknown>>;

type Ask = (operation: string, input: Input) => Promise<Readonly<Record<string, unknown>>>;

/** Every item, however many pages they are on. */
const pagesOf = async (page: (start: object) => ReturnType<Ask>): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let start: object | undefined = {};
  while (start !== undefined) {
    const { Items, LastEvaluatedKey } = await page(start);
    items.push(...listOfObjects(Items));
    start = LastEvaluatedKey === undefined ? undefined : { ExclusiveStartKey: LastEvaluatedKey };
  }
  return items;
};

/** A table is there a moment after it was asked for. */
const untilActive = async (ask: Ask, TableName: string): Promise<void> => {
  const { Table } = await ask('DescribeTable', { TableName });
  if (Object(Table).TableStatus === 'ACTIVE') return;
  await setTimeout();
  await untilActive(ask, TableName);
};

const listOfObjects = (value: unknown): readonly Item[] =>
  Array.isArray(value) ? value.map((item) => ({ ...Object(item) })) : [];

/** Dynalite knows fewer properties than DynamoDB: keys and billing mode are enough for it. */
const definitionOf = ({ name, properties }: Resource): Input => ({
  TableName: name,
  AttributeDefinitions: properties['AttributeDefinitions'],
  KeySchema: properties['KeySchema'],
  BillingMode: properties['BillingMode'],
});

const keyOf = ({ properties }: Resource): unknown => {
  const replicas: unknown = properties['Replicas'];
  const replica: unknown = Array.isArray(replicas) ? replicas[0] : undefined;
  return Object(Object(replica).SSESpecification).KMSMasterKeyId;
};

const tablesOf = (
  { input }: ServiceCall,
  byName: ReadonlyMap<string, Resource>,
): readonly Resource[] => {
  const names =
    typeof input['TableName'] === 'string'
      ? [input['TableName']]
      : Object.keys(Object(input['RequestItems']));
  return names.map((name) => {
    const table = byName.get(name);
    if (table === undefined)
      throw new AwsError('ResourceNotFoundException', `Requested resource not found: ${name}`);
    return table;
  });
};

const count = (meter: TableMeter, operation: string, answer: Record<string, unknown>): void => {
  const units = consumedUnits(answer);
  if (isRead(operation)) {
    meter.reads += 1;
    meter.readUnits += units;
  } else {
    meter.writes += 1;
    meter.writeUnits += units;
  }
};
