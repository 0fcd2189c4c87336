import type { ContentReviewed } from '#core/contracts/parse-event.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { Instant } from '#core/domain/orders/order-event.ts';
import type { SourceOptions } from '../explain/source.ts';
import { rehearsedContent } from './rehearsed-content.ts';
import type { StoredContents } from './stored-contents.ts';

/** Where texts of products are read from, and where decisions on them go. */
export interface ContentSource {
  /** What is written of one product in every shop, as of this moment; without a SKU, of all products. */
  readonly stored: (sku?: string) => Promise<StoredContents>;
  /** The items known among these SKUs, in any order. */
  readonly items: (shop: string, skus: readonly string[]) => Promise<readonly CatalogItem[]>;
  /** When what is read is so. */
  readonly now: () => Promise<Instant>;
  /**
   * Hands decisions in, and waits until they are kept.
   *
   * @returns ids of events that are not kept yet, though they were handed in
   */
  readonly decide: (reviews: readonly ContentReviewed[]) => Promise<ReadonlySet<string>>;
}

/** What a rehearsal left, or a deployed stage; the clients of AWS are loaded for the latter only. */
export const contentSourceOf = async ({
  state,
  stage,
  ...of
}: SourceOptions): Promise<ContentSource> => {
  if (stage === undefined) return rehearsedContent(state);
  const { deployedContent } = await import('./deployed-content.ts');
  return deployedContent({ stage, ...of });
};
