import {
  BatchGetItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { customerKey, tables } from '../contracts/tables.ts';
import type { Pseudonyms } from '../ports/pseudonyms.ts';
import { holds, type Item, keyItem } from './dynamo-items.ts';

/** DynamoDB API reference, BatchGetItem. */
const MOST_KEYS = 100;

export const PSEUDONYM = 'pseudonym';

/** Reads names and makes none: whoever only reads needs no right to write. */
export const dynamoKnownPseudonyms = (
  client: DynamoDBClient,
  table: string,
): Pick<Pseudonyms, 'find'> => ({
  find: (shop, customerIds) => read(client, table, shop, [...new Set(customerIds)]),
});

/**
 * One item a customer with a name that was drawn for them: nothing leads from the name to the customer but this item.
 *
 * @param draw a name that nobody else has, such as a random UUID
 */
export const dynamoPseudonyms = (
  client: DynamoDBClient,
  table: string,
  draw: () => string,
): Pseudonyms => ({
  ...dynamoKnownPseudonyms(client, table),

  of: async (shop, customerIds) => {
    const ids = [...new Set(customerIds)];
    const known = await read(client, table, shop, ids);
    const made = await Promise.all(
      ids
        .filter((id) => !known.has(id))
        .map(async (id) => [id, await make(client, table, customerKey(shop, id), draw)] as const),
    );
    return new Map([...known, ...made]);
  },
});

const { partitionKey } = tables.pseudonyms;

export const toPseudonym = (item: Item): string | undefined => item[PSEUDONYM]?.S;

const read = async (
  client: DynamoDBClient,
  table: string,
  shop: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const idOf = new Map(ids.map((id) => [customerKey(shop, id), id]));
  const found = new Map<string, string>();
  let open: Item[] = [...idOf.keys()].map((key) => keyItem({ [partitionKey]: key }));
  while (open.length > 0) {
    const Keys = open.slice(0, MOST_KEYS);
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { Keys } } }),
    );
    for (const item of Responses?.[table] ?? []) {
      const id = idOf.get(item[partitionKey]?.S ?? '');
      const name = toPseudonym(item);
      if (id !== undefined && name !== undefined) found.set(id, name);
    }
    open = [...open.slice(MOST_KEYS), ...(UnprocessedKeys?.[table]?.Keys ?? [])];
  }
  return found;
};

/** Of two that make one at once the first stays. */
const make = async (
  client: DynamoDBClient,
  TableName: string,
  key: string,
  draw: () => string,
): Promise<string> => {
  const name = draw();
  const Key = keyItem({ [partitionKey]: key });
  const isMine = await holds(
    client.send(
      new PutItemCommand({
        TableName,
        Item: { ...Key, [PSEUDONYM]: { S: name } },
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': partitionKey },
      }),
    ),
  );
  if (isMine) return name;
  const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  const theirs = Item?.[PSEUDONYM]?.S;
  if (theirs === undefined) throw new Error('a pseudonym was there and is gone: try again');
  return theirs;
};
