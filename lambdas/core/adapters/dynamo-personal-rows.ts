import {
  DeleteItemCommand,
  type DynamoDBClient,
  paginateQuery,
  paginateScan,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type TableDefinition, tables } from '../contracts/tables.ts';
import { DOCUMENT, holds, type Item } from './dynamo-items.ts';
import type { PersonalRows, PersonalTable } from './personal-rows.ts';

/** An expression has 300 operators at most (DynamoDB developer guide, "Quotas"). */
const MOST_TEXTS = 100;

export const dynamoPersonalRows = (
  client: DynamoDBClient,
  nameOf: Readonly<Record<PersonalTable, string>>,
): PersonalRows => ({
  of: async (table, partition) => {
    const found: Item[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: nameOf[table],
        KeyConditionExpression: '#partition = :partition',
        ExpressionAttributeNames: { '#partition': tables[table].partitionKey },
        ExpressionAttributeValues: { ':partition': { S: partition } },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) found.push(...Items);
    return found;
  },

  holding: async (table, texts) => {
    const found: Item[] = [];
    for (let start = 0; start < texts.length; start += MOST_TEXTS) {
      const some = texts.slice(start, start + MOST_TEXTS);
      const pages = paginateScan(
        { client },
        {
          TableName: nameOf[table],
          FilterExpression: some.map((_, at) => `contains(#document, :t${at})`).join(' OR '),
          ExpressionAttributeNames: { '#document': DOCUMENT },
          ExpressionAttributeValues: Object.fromEntries(
            some.map((text, at) => [`:t${at}`, { S: text }]),
          ),
          ConsistentRead: true,
        },
      );
      for await (const { Items = [] } of pages) found.push(...Items);
    }
    return found;
  },

  change: (table, before, after) => {
    const common = { TableName: nameOf[table], Key: keyOf(tables[table], before) };
    const condition = unchanged(tables[table], before);
    return after === undefined
      ? holds(client.send(new DeleteItemCommand({ ...common, ...condition })))
      : holds(
          client.send(new UpdateItemCommand({ ...common, ...updating(condition, before, after) })),
        );
  },
});

const keysOf = ({ partitionKey, sortKey }: TableDefinition): readonly string[] =>
  sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];

const keyOf = (table: TableDefinition, item: Item): Item =>
  Object.fromEntries(keysOf(table).flatMap((name) => (item[name] ? [[name, item[name]]] : [])));

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues?: Item;
}

/**
 * Everything beside the document is as it was. Whoever writes a document writes its version or, of a touch, its turn
 * or state with it.
 */
const unchanged = (table: TableDefinition, before: Item): Condition => {
  const own = Object.entries(before).filter(
    ([name]) => name !== DOCUMENT && !keysOf(table).includes(name),
  );
  const values = Object.fromEntries(own.map(([, value], at) => [`:was${at}`, value]));
  return {
    ConditionExpression: [
      'attribute_exists(#key)',
      ...own.map((_, at) => `#was${at} = :was${at}`),
    ].join(' AND '),
    ExpressionAttributeNames: {
      '#key': table.partitionKey,
      ...Object.fromEntries(own.map(([name], at) => [`#was${at}`, name])),
    },
    ...(own.length === 0 ? {} : { ExpressionAttributeValues: values }),
  };
};

/** Only what differs is set: what others add to the item meanwhile stays. */
const updating = (condition: Condition, before: Item, after: Item) => {
  const set = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
  );
  return {
    ...condition,
    UpdateExpression: `SET ${set.map((_, at) => `#new${at} = :new${at}`).join(', ')}`,
    ExpressionAttributeNames: {
      ...condition.ExpressionAttributeNames,
      ...Object.fromEntries(set.map(([name], at) => [`#new${at}`, name])),
    },
    ExpressionAttributeValues: {
      ...condition.ExpressionAttributeValues,
      ...Object.fromEntries(set.map(([, value], at) => [`:new${at}`, value])),
    },
  };
};
