import {
  BatchGetItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { itemKey, tables } from '../contracts/tables.ts';
import type { ProductTexts } from '../domain/content/product-texts.ts';
import type { ProductProposals } from '../domain/content/proposals.ts';
import type { ProductContents } from '../ports/product-contents.ts';
import { holds, type Item, keyItem, putNextVersion, readDocument } from './dynamo-items.ts';

const { partitionKey, sortKey } = tables.content;

/** DynamoDB reads at most this many items a request. */
const MAX_BATCH = 100;

/** The part of a product that is no locale's. */
export const PROPOSALS_PART = 'facts';
const CLAIM_PART = 'claim';

export const dynamoProductContents = (
  client: DynamoDBClient,
  TableName: string,
): ProductContents => {
  const readPart = async (shop: string, sku: string, part: string): Promise<Item | undefined> => {
    const Key = keyItem(keyOf(shop, sku, part));
    const command = new GetItemCommand({ TableName, Key, ConsistentRead: true });
    return (await client.send(command)).Item;
  };
  const partOf = async (shop: string, skus: readonly string[], part: string): Promise<Item[]> => {
    const keys = [...new Set(skus)].map((sku) => keyItem(keyOf(shop, sku, part)));
    const found: Item[] = [];
    for (let start = 0; start < keys.length; start += MAX_BATCH)
      found.push(...(await readAll(client, TableName, keys.slice(start, start + MAX_BATCH))));
    return found;
  };
  return {
    textsOf: async (shop, skus, locale) => (await partOf(shop, skus, locale)).map(toProductTexts),

    read: async ({ shop, sku, locale }) => {
      const item = await readPart(shop, sku, locale);
      if (item === undefined) return { shop, sku, locale, revision: 0, versions: [] };
      return toProductTexts(item);
    },

    write: ({ revision: version, ...document }) => {
      const key = keyOf(document.shop, document.sku, document.locale);
      return putNextVersion(client, TableName, { key, version, document });
    },

    proposalsOf: async (shop, skus) =>
      (await partOf(shop, skus, PROPOSALS_PART)).map(toProductProposals),

    readProposals: async (shop, sku) => {
      const item = await readPart(shop, sku, PROPOSALS_PART);
      return item === undefined ? { shop, sku, revision: 0, facts: [] } : toProductProposals(item);
    },

    writeProposals: ({ revision: version, ...document }) => {
      const key = keyOf(document.shop, document.sku, PROPOSALS_PART);
      return putNextVersion(client, TableName, { key, version, document });
    },

    ...draftClaims(client, TableName),
  };
};

/** Who drafts a product: an item of its own, which says until when. */
const draftClaims = (
  client: DynamoDBClient,
  TableName: string,
): Pick<ProductContents, 'claim' | 'release'> => ({
  claim: ({ shop, sku, requestId, now, until }) =>
    holds(
      client.send(
        new PutItemCommand({
          TableName,
          Item: {
            ...keyItem(keyOf(shop, sku, CLAIM_PART)),
            requestId: { S: requestId },
            until: { S: until },
          },
          ConditionExpression:
            'attribute_not_exists(#until) OR #until < :now OR requestId = :requestId',
          ExpressionAttributeNames: { '#until': 'until' },
          ExpressionAttributeValues: { ':now': { S: now }, ':requestId': { S: requestId } },
        }),
      ),
    ),

  release: async ({ shop, sku, requestId }) => {
    await holds(
      client.send(
        new DeleteItemCommand({
          TableName,
          Key: keyItem(keyOf(shop, sku, CLAIM_PART)),
          ConditionExpression: 'requestId = :requestId',
          ExpressionAttributeValues: { ':requestId': { S: requestId } },
        }),
      ),
    );
  },
});

const keyOf = (shop: string, sku: string, part: string) => ({
  [partitionKey]: itemKey(shop, sku),
  [sortKey]: part,
});

/** What was retracted a moment ago is not sent: reads are consistent. DynamoDB may leave keys unread under load. */
const readAll = async (
  client: DynamoDBClient,
  tableName: string,
  keys: readonly Item[],
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let unread = [...keys];
  while (unread.length > 0) {
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({
        RequestItems: { [tableName]: { Keys: unread, ConsistentRead: true } },
      }),
    );
    items.push(...(Responses?.[tableName] ?? []));
    unread = UnprocessedKeys?.[tableName]?.Keys ?? [];
  }
  return items;
};

export const toProductTexts = (item: Item): ProductTexts => {
  const { version: revision, json } = readDocument(item);
  const document: Omit<ProductTexts, 'revision'> = JSON.parse(json);
  return { ...document, revision };
};

export const toProductProposals = (item: Item): ProductProposals => {
  const { version: revision, json } = readDocument(item);
  const document: Omit<ProductProposals, 'revision'> = JSON.parse(json);
  return { ...document, revision };
};
