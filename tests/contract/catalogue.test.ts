import { beforeAll, describe, expect, test } from 'vitest';
import { dynamoCatalogue } from '#core/adapters/dynamo-catalogue.ts';
import { tables } from '#core/contracts/tables.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryDynamoDb } from '#tests/fakes/in-memory-dynamodb.ts';

const item = (sku: string, change: Partial<CatalogItem> = {}): CatalogItem => ({
  shop: 'hearth',
  sku,
  name: `The ${sku}`,
  kind: 'physical',
  price: { amountMinor: 12_900, currency: 'EUR' },
  updatedAt: '2026-11-18T09:30:00.000Z',
  ...change,
});

const makers = {
  'in memory': async () => inMemoryCatalogue(),
  'in DynamoDB': async () => dynamoCatalogue(await inMemoryDynamoDb(), tables.catalogue.name),
};

describe.each(Object.entries(makers))('a catalogue %s', (_, make) => {
  let catalogue: Catalogue;
  beforeAll(async () => {
    catalogue = await make();
  });

  test('finds the items it has among those asked for, and nothing for none', async () => {
    await catalogue.save(item('mill'));

    expect(await catalogue.find('hearth', ['mill', 'unknown'])).toEqual([item('mill')]);
    expect(await catalogue.find('northside', ['mill'])).toEqual([]);
    expect(await catalogue.find('hearth', [])).toEqual([]);
  });

  test('finds more items than one request of DynamoDB reads', async () => {
    const skus = Array.from({ length: 230 }, (__, index) => `many-${index}`);
    for (const sku of skus) await catalogue.save(item(sku));

    const found = await catalogue.find('hearth', skus);

    expect(found.map(({ sku }) => sku).toSorted()).toEqual(skus.toSorted());
  });

  test('finds items together larger than one answer of DynamoDB', async () => {
    const skus = ['large-1', 'large-2', 'large-3', 'large-4', 'large-5'];
    for (const sku of skus) await catalogue.save(item(sku, { name: 'n'.repeat(350_000) }));

    const found = await catalogue.find('hearth', skus);

    expect(found.map(({ sku }) => sku).toSorted()).toEqual(skus);
  });

  test('keeps the newest of what was said, in any order', async () => {
    await catalogue.save(item('tin', { name: 'newer', updatedAt: '2026-11-19T00:00:00.000Z' }));
    await catalogue.save(item('tin', { name: 'older', updatedAt: '2026-11-18T00:00:00.000Z' }));
    expect(await catalogue.find('hearth', ['tin'])).toMatchObject([{ name: 'newer' }]);

    await catalogue.save(item('tin', { name: 'newest', updatedAt: '2026-11-20T00:00:00.000Z' }));
    expect(await catalogue.find('hearth', ['tin'])).toMatchObject([{ name: 'newest' }]);
  });

  test('keeps what was approved of an item when the shop tells of it anew', async () => {
    await catalogue.save(item('pan'));
    await catalogue.approve('hearth', 'pan', { complexity: 'considered' });
    await catalogue.save(item('pan', { name: 'newer', updatedAt: '2026-11-19T00:00:00.000Z' }));

    expect(await catalogue.find('hearth', ['pan'])).toMatchObject([
      { name: 'newer', approvedFacts: { complexity: 'considered' } },
    ]);
  });

  test('makes no item of an approval', async () => {
    await catalogue.approve('hearth', 'nothing', { complexity: 'considered' });

    expect(await catalogue.find('hearth', ['nothing'])).toEqual([]);
  });
});
