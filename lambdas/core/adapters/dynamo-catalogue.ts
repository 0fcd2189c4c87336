import {
  BatchGetItemCommand,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { itemKey, tables } from '../contracts/tables.ts';
import type { CatalogItem } from '../domain/catalogue/catalog-item.ts';
import type { ProductFacts } from '../domain/catalogue/product.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import { DOCUMENT, holds, type Item, keyItem, readDocument, VERSION } from './dynamo-items.ts';

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
    const { approvedFacts: _, ...document } = item;
    await holds(
      client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: keyItem(keyOf(item.shop, item.sku)),
          UpdateExpression: 'SET #document = :document, updatedAt = :at ADD #version :one',
          ConditionExpression: 'attribute_not_exists(updatedAt) OR updatedAt < :at',
          ExpressionAttributeNames: { '#document': DOCUMENT, '#version': VERSION },
          ExpressionAttributeValues: {
            ':document': { S: JSON.stringify(document) },
            ':at': { S: item.updatedAt },
            ':one': { N: '1' },
          },
        }),
      ),
    );
  },

  approve: async (shop, sku, facts) => {
    const command = new UpdateItemCommand({
      TableName: tableName,
      Key: keyItem(keyOf(shop, sku)),
      UpdateExpression: 'SET approvedFacts = :facts',
      // An item that the shop has not told of is none.
      ConditionExpression: 'attribute_exists(updatedAt)',
      ExpressionAttributeValues: { ':facts': { S: JSON.stringify(facts) } },
    });
    await holds(client.send(command));
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
  const document: Omit<CatalogItem, 'approvedFacts'> = JSON.parse(readDocument(item).json);
  const approved = item['approvedFacts']?.S;
  if (approved === undefined) return document;
  const approvedFacts: ProductFacts = JSON.parse(approved);
  return { ...document, approvedFacts };
};
