import type { ShopCatalogue } from '#core/domain/catalogue/product.ts';
import { type Product, productOf } from '#core/domain/catalogue/product.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import { type CitableFact, citableFacts, groundsOf } from '#core/domain/content/citable-facts.ts';
import type { ContentVersion } from '#core/domain/content/product-texts.ts';
import { citedBy } from '#core/domain/content/settled.ts';
import type { Digest } from '#core/ports/digest.ts';
import type { ContentSource } from './content-source.ts';

/** A product with all that its texts may rest on now. */
export interface KnownProduct {
  readonly item: CatalogItem;
  readonly product: Product;
  readonly pairs: readonly CatalogItem[];
}

/** `undefined` of a product that the catalogue does not have. */
export type KnownProducts = (shop: string, sku: string) => KnownProduct | undefined;

/** Reads what the catalogue says of some products, and of those that they are paired with. */
export const knownProducts = async (
  { items }: Pick<ContentSource, 'items'>,
  shops: Readonly<Record<string, ShopCatalogue>>,
  wanted: readonly { readonly shop: string; readonly sku: string }[],
): Promise<KnownProducts> => {
  const known = new Map<string, KnownProduct>();
  for (const [shop, ofShop] of Map.groupBy(wanted, (each) => each.shop)) {
    const rules = shops[shop] ?? { categories: {}, products: {} };
    const found = await items(shop, [...new Set(ofShop.map(({ sku }) => sku))]);
    const skus = new Set(found.flatMap((item) => productOf(item, rules).pairsWith ?? []));
    const pairs = skus.size === 0 ? [] : await items(shop, [...skus]);
    for (const item of found)
      known.set(keyOf(shop, item.sku), { item, product: productOf(item, rules), pairs });
  }
  return (shop, sku) => known.get(keyOf(shop, sku));
};

const keyOf = (shop: string, sku: string): string => JSON.stringify([shop, sku]);

/** What a text of the product in this language may cite now; nothing of an unknown product. */
export const factsOf = (
  known: KnownProduct | undefined,
  language: string,
): readonly CitableFact[] => (known === undefined ? [] : citableFacts(known, language));

/** Whether what the text rests on is as it was when it was checked: else it is not sent. */
export const isBorneOut = (
  { blocks, groundsDigest }: Pick<ContentVersion, 'blocks' | 'groundsDigest'>,
  facts: readonly CitableFact[],
  digest: Digest,
): boolean => groundsDigest === digest(groundsOf(facts, citedBy(blocks)));
