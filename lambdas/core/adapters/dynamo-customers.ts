import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { customerKey, tables } from '../contracts/tables.ts';
import type { Customer } from '../domain/customers/customer.ts';
import type { Customers } from '../ports/customers.ts';
import { type Item, keyItem, putNextVersion, readDocument } from './dynamo-items.ts';
import { followMerges } from './follow-merges.ts';

export const dynamoCustomers = (client: DynamoDBClient, tableName: string): Customers => ({
  read: followMerges(async (shop, customerId) => {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: tableName,
        Key: keyItem(keyOf(shop, customerId)),
        ConsistentRead: true,
      }),
    );
    return Item === undefined ? undefined : toCustomer(Item);
  }),

  write: ({ version, ...document }) =>
    putNextVersion(client, tableName, {
      key: keyOf(document.shop, document.customerId),
      version,
      document,
    }),
});

export const toCustomer = (item: Item): Customer => {
  const { version, json } = readDocument(item);
  const document: Omit<Customer, 'version'> = JSON.parse(json);
  return { ...document, version };
};

const keyOf = (shop: string, customerId: string) => ({
  [tables.customers.partitionKey]: customerKey(shop, customerId),
});
