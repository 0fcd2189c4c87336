import { describe, expect, test } from 'vitest';
import { dynamoCatalogue } from '#core/adapters/dynamo-catalogue.ts';
import { dynamoCatalogueScan } from '#core/adapters/dynamo-catalogue-scan.ts';
import { tables } from '#core/contracts/tables.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { CatalogueScan } from '#core/ports/catalogue-scan.ts';
import { inMemoryCatalogueScan } from '#tests/fakes/in-memory-catalogue-scan.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';

const item = (sku: string, shop = 'hearth', name = sku): CatalogItem => ({
  shop,
  sku,
  name,
  updatedAt: '2026-11-18T09:30:00.000Z',
});

const inDynamoDb = async (items: readonly CatalogItem[]): Promise<CatalogueScan> => {
  const client = await inMemoryDynamoDb();
  const catalogue = dynamoCatalogue(client, tables.catalogue.name);
  for (const each of items) await catalogue.save(each);
  return dynamoCatalogueScan(client, tables.catalogue.name);
};

const makers = {
  'in memory': async (items: readonly CatalogItem[]) => inMemoryCatalogueScan(...items),
  'in DynamoDB': inDynamoDb,
};

const read = async (scan: CatalogueScan): Promise<readonly CatalogItem[]> => {
  const found: CatalogItem[] = [];
  for await (const page of scan.all()) found.push(...page);
  return found.toSorted((a, b) => (a.shop + a.sku < b.shop + b.sku ? -1 : 1));
};

describe.each(Object.entries(makers))('all of a catalogue %s', (_, make) => {
  test('are its items, each once, of every shop', async () => {
    const items = ['a', 'b', 'c', 'd'].map((sku) => item(sku)).concat(item('a', 'northside'));

    expect(await read(await make(items))).toEqual(items);
  });

  test('are more than one page has', async () => {
    const items = ['1', '2', '3', '4'].map((sku) => item(sku, 'hearth', 'n'.repeat(350_000)));

    expect(await read(await make(items))).toEqual(items);
  });

  test('are none of an empty one', async () => {
    expect(await read(await make([]))).toEqual([]);
  });
});
