import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { orderKey, tables } from '../contracts/tables.ts';
import { emptyOrderLog, type OrderLog } from '../domain/orders/order-log.ts';
import type { OrderLogs } from '../ports/order-logs.ts';
import { type Item, keyItem, putNextVersion, readDocument } from './dynamo-items.ts';

export const dynamoOrderLogs = (client: DynamoDBClient, tableName: string): OrderLogs => ({
  read: async (shop, orderId) => {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: tableName,
        Key: keyItem(keyOf(shop, orderId)),
        ConsistentRead: true,
      }),
    );
    return Item === undefined ? emptyOrderLog(shop, orderId) : toOrderLog(Item);
  },

  write: ({ version, ...document }) =>
    putNextVersion(client, tableName, {
      key: keyOf(document.shop, document.orderId),
      version,
      document,
    }),
});

const keyOf = (shop: string, orderId: string) => ({
  [tables.orders.partitionKey]: orderKey(shop, orderId),
});

export const toOrderLog = (item: Item): OrderLog => {
  const { version, json } = readDocument(item);
  const document: Omit<OrderLog, 'version'> = JSON.parse(json);
  return { ...document, version };
};
