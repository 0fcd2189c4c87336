import type { CatalogItem } from '../domain/catalogue/catalog-item.ts';

/** All that the shops say of their products. */
export interface CatalogueScan {
  /** Every item of every shop, in no order, some at a time. */
  all(): AsyncIterable<readonly CatalogItem[]>;
}
