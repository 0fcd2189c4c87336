import { type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { customerKey, tables } from '../contracts/tables.ts';
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

  of: async (shop, customerId) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: '#customer = :customer',
        ExpressionAttributeNames: { '#customer': tables.purchases.partitionKey },
        ExpressionAttributeValues: { ':customer': { S: customerKey(shop, customerId) } },
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: MOST_PURCHASES,
      }),
    );
    return Items.map(toPurchase);
  },
});

const keyOf = ({ shop, customerId, placedAt, orderId }: Purchase) => ({
  [tables.purchases.partitionKey]: customerKey(shop, customerId),
  [tables.purchases.sortKey]: `${placedAt}#${orderId}`,
});

export const toPurchase = (item: Item): Purchase => {
  const document: Purchase = JSON.parse(readDocument(item).json);
  return document;
};
