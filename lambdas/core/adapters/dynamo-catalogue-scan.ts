import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import type { CatalogueScan } from '../ports/catalogue-scan.ts';
import { toCatalogItem } from './dynamo-catalogue.ts';

/** Pages of Scan, each of a megabyte at most. What changes meanwhile is there as it was or as it is. */
export const dynamoCatalogueScan = (client: DynamoDBClient, TableName: string): CatalogueScan => ({
  all: async function* all() {
    for await (const { Items = [] } of paginateScan({ client }, { TableName }))
      yield Items.map(toCatalogItem);
  },
});
