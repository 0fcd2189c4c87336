import { BatchGetItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { itemKey, tables } from '../contracts/tables.ts';
import type { CatalogItem } from '../domain/catalogue/catalog-item.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import { documentItem, holds, type Item, keyItem, readDocument } from './dynamo-items.ts';

/** DynamoDB reads at most this many items a request. */
const MAX_BATCH = 100;

export const dynamoCatalogue = (client: DynamoDBClient, tableName: string): Catalogue => ({
  find: async (shop, skus) => {
    const found: CatalogItem[] = [];
    for (let start = 0; start < skus.length; start += MAX_BATCH) {
      const keys = skus.slice(start, start + MAX_BATCH).map((sku) => keyItem(keyOf(shop, sku)));
      found.push(...(await readAll(client, tableName, keys)));
    }
    return found;
  },

  save: async (item) => {
    const stored = documentItem({ key: keyOf(item.shop, item.sku), version: 1, document: item });
    await holds(
      client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: { ...stored, updatedAt: { S: item.updatedAt } },
          ConditionExpression: 'attribute_not_exists(updatedAt) OR updatedAt < :at',
          ExpressionAttributeValues: { ':at': { S: item.updatedAt } },
        }),
      ),
    );
  },
});

const keyOf = (shop: string, sku: string) => ({
  [tables.catalogue.partitionKey]: itemKey(shop, sku),
});

/** DynamoDB may leave keys unread under load, and says which. */
const readAll = async (
  client: DynamoDBClient,
  tableName: string,
  keys: readonly Item[],
): Promise<readonly CatalogItem[]> => {
  const items: CatalogItem[] = [];
  let unread = [...keys];
  while (unread.length > 0) {
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: unread } } }),
    );
    items.push(...(Responses?.[tableName] ?? []).map(toCatalogItem));
    unread = UnprocessedKeys?.[tableName]?.Keys ?? [];
  }
  return items;
};

export const toCatalogItem = (item: Item): CatalogItem => {
  const document: CatalogItem = JSON.parse(readDocument(item).json);
  return document;
};
