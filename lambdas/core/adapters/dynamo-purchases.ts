import { type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { customerKey, tables } from '../contracts/tables.ts';
import { compareText } from '../domain/compare-text.ts';
import type { Purchase } from '../domain/customers/purchase.ts';
import type { Purchases } from '../ports/purchases.ts';
import { documentItem, holds, type Item, readDocument } from './dynamo-items.ts';

/** A customer who has more is known well enough by these. */
const MOST_PURCHASES = 200;

export const dynamoPurchases = (client: DynamoDBClient, tableName: string): Purchases => ({
  keep: async (purchase, version) => {
    await holds(
      client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: documentItem({ key: keyOf(purchase), version, document: purchase }),
          ConditionExpression: 'attribute_not_exists(#version) OR #version < :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': { N: String(version) } },
        }),
      ),
    );
  },

  of: async (shop, customerIds) => {
    const found = await Promise.all(
      [...new Set(customerIds)].map((id) => latestOf(client, tableName, customerKey(shop, id))),
    );
    return found.length === 1 ? found.flat() : newest(found.flat());
  },
});

/** Of one id, newest first. */
const latestOf = async (
  client: DynamoDBClient,
  TableName: string,
  customer: string,
): Promise<readonly Purchase[]> => {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: '#customer = :customer',
      ExpressionAttributeNames: { '#customer': tables.purchases.partitionKey },
      ExpressionAttributeValues: { ':customer': { S: customer } },
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: MOST_PURCHASES,
    }),
  );
  return Items.map(toPurchase);
};

const newest = (purchases: readonly Purchase[]): readonly Purchase[] =>
  purchases.toSorted((a, b) => compareText(placedOf(b), placedOf(a))).slice(0, MOST_PURCHASES);

const placedOf = ({ placedAt, orderId }: Purchase): string => `${placedAt}#${orderId}`;

const keyOf = (purchase: Purchase) => ({
  [tables.purchases.partitionKey]: customerKey(purchase.shop, purchase.customerId),
  [tables.purchases.sortKey]: placedOf(purchase),
});

export const toPurchase = (item: Item): Purchase => {
  const document: Purchase = JSON.parse(readDocument(item).json);
  return document;
};
