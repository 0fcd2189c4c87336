import { itemKey } from '#core/contracts/tables.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';

export const inMemoryCatalogue = (...items: readonly CatalogItem[]): Catalogue => {
  const stored = new Map(items.map((item) => [itemKey(item.shop, item.sku), item]));
  return {
    find: async (shop, skus) => skus.flatMap((sku) => stored.get(itemKey(shop, sku)) ?? []),

    save: async (item) => {
      const key = itemKey(item.shop, item.sku);
      const before = stored.get(key);
      if (item.updatedAt > (before?.updatedAt ?? ''))
        stored.set(key, structuredClone({ ...item, approvedFacts: before?.approvedFacts }));
    },

    approve: async (shop, sku, approvedFacts) => {
      const key = itemKey(shop, sku);
      const item = stored.get(key);
      if (item !== undefined) stored.set(key, structuredClone({ ...item, approvedFacts }));
    },
  };
};
