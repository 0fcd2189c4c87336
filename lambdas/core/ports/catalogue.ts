import type { CatalogItem } from '../domain/catalogue/catalog-item.ts';
import type { ProductFacts } from '../domain/catalogue/product.ts';

/** What the shops say of their products. */
export interface Catalogue {
  /** The items known among these SKUs, in any order. */
  find(shop: string, skus: readonly string[]): Promise<readonly CatalogItem[]>;

  /** Keeps the item unless a newer one is stored; what was approved for it stays. */
  save(item: CatalogItem): Promise<void>;

  /** Sets the facts that were proposed and approved of an item, in place of those before. */
  approve(shop: string, sku: string, facts: ProductFacts): Promise<void>;
}
