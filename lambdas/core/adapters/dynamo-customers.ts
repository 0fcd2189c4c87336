import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { customerKey, tables } from '../contracts/tables.ts';
import type { Customer } from '../domain/customers/customer.ts';
import type { Customers } from '../ports/customers.ts';
import { keyItem, putNextVersion, readDocument } from './dynamo-items.ts';

export const dynamoCustomers = (client: DynamoDBClient, tableName: string): Customers => ({
  read: async (shop, customerId) => {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: tableName,
        Key: keyItem(keyOf(shop, customerId)),
        ConsistentRead: true,
      }),
    );
    if (Item === undefined) return undefined;
    const { version, json } = readDocument(Item);
    const document: Omit<Customer, 'version'> = JSON.parse(json);
    return { ...document, version };
  },

  write: ({ version, ...document }) =>
    putNextVersion(client, tableName, {
      key: keyOf(document.shop, document.customerId),
      version,
      document,
    }),
});

const keyOf = (shop: string, customerId: string) => ({
  [tables.customers.partitionKey]: customerKey(shop, customerId),
});
