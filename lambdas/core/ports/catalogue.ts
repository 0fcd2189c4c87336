import type { CatalogItem } from '../domain/catalogue/catalog-item.ts';

/** What the shops say of their products. */
export interface Catalogue {
  /** The items known among these SKUs, in any order. */
  find(shop: string, skus: readonly string[]): Promise<readonly CatalogItem[]>;

  /** Keeps the item unless a newer one is stored. */
  save(item: CatalogItem): Promise<void>;
}
