import { itemKey } from '#core/contracts/tables.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';

export const inMemoryCatalogue = (...items: readonly CatalogItem[]): Catalogue => {
  const stored = new Map(items.map((item) => [itemKey(item.shop, item.sku), item]));
  return {
    find: async (shop, skus) => skus.flatMap((sku) => stored.get(itemKey(shop, sku)) ?? []),

    save: async (item) => {
      const key = itemKey(item.shop, item.sku);
      if (item.updatedAt > (stored.get(key)?.updatedAt ?? ''))
        stored.set(key, structuredClone(item));
    },
  };
};
