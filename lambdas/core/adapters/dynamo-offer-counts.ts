import {
  type DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { budgetsKey, countsKey, priorsKey, tables } from '../contracts/tables.ts';
import { countKey, type OfferContext, type OfferPriors } from '../domain/offers/decision.ts';
import type { OfferCounts, StoredCount } from '../ports/offer-counts.ts';
import { documentItem, holds, type Item, keyItem, readDocument } from './dynamo-items.ts';

const { partitionKey, sortKey } = tables.offerCounts;
const SHOWN = 'shown';
const ACCEPTED = 'accepted';
const SPENT = 'spent';

/**
 * Counters of a shop and tenure are one partition, read by one query: a counter takes some hundred bytes, so that a
 * thousand offers are some pages. A write is one unit; a partition takes a thousand a second.
 */
export const dynamoOfferCounts = (client: DynamoDBClient, TableName: string): OfferCounts => ({
  of: async (shop, tenure) => {
    const items = await groupOf(client, TableName, countsKey(shop, tenure));
    return new Map(
      items.map((item) => [
        nameOf(item),
        { shown: numberIn(item, SHOWN), accepted: numberIn(item, ACCEPTED) },
      ]),
    );
  },

  spentOf: async (shop) => {
    const items = await groupOf(client, TableName, budgetsKey(shop));
    return new Map(items.map((item) => [nameOf(item), numberIn(item, SPENT)]));
  },

  add: async (counts) => {
    await Promise.all(counts.map((count) => addOne(client, TableName, count)));
  },

  spend: async ({ shop, offerId }, amountMinor, budgetMinor) => {
    if (amountMinor > budgetMinor) return false;
    return holds(
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: keyOf(budgetsKey(shop), offerId),
          UpdateExpression: 'ADD #spent :amount',
          ConditionExpression: 'attribute_not_exists(#spent) OR #spent <= :most',
          ExpressionAttributeNames: { '#spent': SPENT },
          ExpressionAttributeValues: {
            ':amount': { N: String(amountMinor) },
            ':most': { N: String(budgetMinor - amountMinor) },
          },
        }),
      ),
    );
  },

  priorsOf: async (shop) => {
    const Key = keyOf(priorsKey(shop), PRIORS);
    const { Item } = await client.send(new GetItemCommand({ TableName, Key }));
    return Item === undefined ? undefined : toPriors(Item);
  },

  keepPriors: async (shop, priors) => {
    const key = { [partitionKey]: priorsKey(shop), [sortKey]: PRIORS };
    const Item = documentItem({ key, version: 1, document: priors });
    await client.send(new PutItemCommand({ TableName, Item }));
  },
});

/** The one item of its group. */
const PRIORS = 'priors';

const keyOf = (group: string, offer: string): Item =>
  keyItem({ [partitionKey]: group, [sortKey]: offer });

const addOne = async (
  client: DynamoDBClient,
  TableName: string,
  { shop, offerId, context, shown, accepted }: StoredCount,
): Promise<void> => {
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key: keyOf(countsKey(shop, tenureOf(context)), countKey(offerId, context)),
      UpdateExpression: 'ADD #shown :shown, #accepted :accepted',
      ExpressionAttributeNames: { '#shown': SHOWN, '#accepted': ACCEPTED },
      ExpressionAttributeValues: {
        ':shown': { N: String(shown) },
        ':accepted': { N: String(accepted) },
      },
    }),
  );
};

const tenureOf = (context: OfferContext): 'new' | 'returning' =>
  context.startsWith('new/') ? 'new' : 'returning';

const groupOf = async (
  client: DynamoDBClient,
  TableName: string,
  group: string,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName,
      KeyConditionExpression: '#group = :group',
      ExpressionAttributeNames: { '#group': partitionKey },
      ExpressionAttributeValues: { ':group': { S: group } },
    },
  );
  for await (const { Items = [] } of pages) items.push(...Items);
  return items;
};

const nameOf = (item: Item): string => item[sortKey]?.S ?? '';

const numberIn = (item: Item, attribute: string): number => Number(item[attribute]?.N ?? 0);

const toPriors = (item: Item): OfferPriors => {
  const priors: OfferPriors = JSON.parse(readDocument(item).json);
  return priors;
};
