import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { customerKey, tables } from '../contracts/tables.ts';
import { type ContactHistory, emptyHistory } from '../domain/contact-policy/contact-history.ts';
import type { ContactLog } from '../ports/contact-log.ts';
import { type Item, keyItem, putNextVersion, readDocument } from './dynamo-items.ts';

export const dynamoContactLog = (client: DynamoDBClient, tableName: string): ContactLog => ({
  read: async (shop, customerId) => {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: tableName,
        Key: keyItem(keyOf(shop, customerId)),
        ConsistentRead: true,
      }),
    );
    return Item === undefined ? emptyHistory(shop, customerId) : toContactHistory(Item);
  },

  write: ({ version, ...document }) =>
    putNextVersion(client, tableName, {
      key: keyOf(document.shop, document.customerId),
      version,
      document,
    }),
});

export const toContactHistory = (item: Item): ContactHistory => {
  const { version, json } = readDocument(item);
  const document: Omit<ContactHistory, 'version'> = JSON.parse(json);
  return { ...document, version };
};

const keyOf = (shop: string, customerId: string) => ({
  [tables.contacts.partitionKey]: customerKey(shop, customerId),
});
