import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { affinityKey, affinityKeys, tables } from '../contracts/tables.ts';
import {
  type AffinityList,
  basketAffinity,
  type ShopList,
} from '../domain/affinity/affinity-list.ts';
import type { AffinityLists, AffinityListWriter } from '../ports/affinity.ts';
import { type Patience, readItems, writeItems } from './dynamo-batches.ts';
import { documentItem, type Item, keyItem, readDocument } from './dynamo-items.ts';

const { partitionKey, expiresBy } = tables.affinity;

export const dynamoAffinity = (client: DynamoDBClient, table: string): AffinityLists => ({
  of: async (shop, skus, categories) => {
    const keys = affinityKeys(shop, skus, categories);
    const items = await readItems(
      client,
      table,
      keys.map((key) => keyItem({ [partitionKey]: key })),
    );
    return basketAffinity(items.map(toAffinityList));
  },
});

export const toAffinityList = (item: Item): AffinityList => {
  const document: AffinityList = JSON.parse(readDocument(item).json);
  return document;
};

export const dynamoAffinityWriter = (
  client: DynamoDBClient,
  table: string,
  patience: Patience,
): AffinityListWriter => ({
  keep: (lists, expiresAt) => {
    const second = Math.floor(expiresAt.getTime() / 1000);
    return writeItems(
      client,
      table,
      lists.map((each) => itemOf(each, second)),
      patience,
    );
  },
});

const itemOf = ({ shop, list }: ShopList, expiresAt: number): Item => ({
  ...documentItem({
    key: { [partitionKey]: affinityKey(shop, list.kind, list.of) },
    version: 1,
    document: list,
  }),
  [expiresBy]: { N: String(expiresAt) },
});
