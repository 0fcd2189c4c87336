import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { identityKey, tables } from '../contracts/tables.ts';
import type { Identity } from '../domain/customers/identity.ts';
import type { Identities } from '../ports/identities.ts';
import { type Item, keyItem, putNextVersion, readDocument } from './dynamo-items.ts';

export const dynamoIdentities = (client: DynamoDBClient, tableName: string): Identities => ({
  read: async (shop, addressId) => {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: tableName,
        Key: keyItem(keyOf(shop, addressId)),
        ConsistentRead: true,
      }),
    );
    return Item === undefined ? undefined : toIdentity(Item);
  },

  write: ({ version, ...document }) =>
    putNextVersion(client, tableName, {
      key: keyOf(document.shop, document.addressId),
      version,
      document,
    }),
});

export const toIdentity = (item: Item): Identity => {
  const { version, json } = readDocument(item);
  const document: Omit<Identity, 'version'> = JSON.parse(json);
  return { ...document, version };
};

const keyOf = (shop: string, addressId: string) => ({
  [tables.identities.partitionKey]: identityKey(shop, addressId),
});
