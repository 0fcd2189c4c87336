import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { CatalogueScan } from '#core/ports/catalogue-scan.ts';

/** The items, three at a time. */
export const inMemoryCatalogueScan = (...items: readonly CatalogItem[]): CatalogueScan => ({
  all: async function* all() {
    for (let start = 0; start < items.length; start += 3) yield items.slice(start, start + 3);
  },
});
