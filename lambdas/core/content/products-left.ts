import type { ContentConfig } from '#core/contracts/content-config.ts';
import type { ShopConfig } from '#core/contracts/config.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import { productOf } from '#core/domain/catalogue/product.ts';
import type { DraftedBy, ProductTexts } from '#core/domain/content/product-texts.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';
import type { DraftRequest } from '#core/ports/content-drafter.ts';
import type { Digest } from '#core/ports/digest.ts';
import type { ProductContents } from '#core/ports/product-contents.ts';
import { requestsLeft } from './roll-out/work-left.ts';

export interface ProductsLeftDeps {
  readonly catalogue: Pick<Catalogue, 'find'>;
  readonly contents: Pick<ProductContents, 'textsOf' | 'proposalsOf'>;
  readonly config: Pick<ContentConfig, 'kinds'>;
  readonly draftedBy: DraftedBy;
  readonly digest: Digest;
}

export interface ProductsAsked {
  readonly shop: string;
  readonly rules: ShopConfig;
  readonly items: readonly CatalogItem[];
  /** Of the shop's. */
  readonly locales: readonly string[];
  /** The request that asks again for what came to nothing, by the product. @default nothing is asked again */
  readonly againBy?: ((sku: string) => string) | undefined;
}

/** A product with what is written of it, and the requests by which it would get what it lacks. */
export interface ProductLeft {
  readonly item: CatalogItem;
  readonly texts: readonly ProductTexts[];
  /** None when nothing is to be drafted. */
  readonly requests: readonly DraftRequest[];
}

/** What some products lack, in a handful of reads however many they are. */
export const productsLeft = async (
  { catalogue, contents, config, draftedBy, digest }: ProductsLeftDeps,
  { shop, rules, items, locales, againBy }: ProductsAsked,
): Promise<readonly ProductLeft[]> => {
  if (items.length === 0) return [];
  const skus = items.map(({ sku }) => sku);
  const pairsOf = new Map(
    items.map((item) => [item.sku, new Set(productOf(item, rules).pairsWith ?? [])]),
  );
  const paired = [...new Set([...pairsOf.values()].flatMap((skusOf) => [...skusOf]))];
  const [pairs, texts, proposals] = await Promise.all([
    paired.length === 0 ? [] : catalogue.find(shop, paired),
    Promise.all(locales.map((locale) => contents.textsOf(shop, skus, locale))),
    contents.proposalsOf(shop, skus),
  ]);
  const textsBySku = Map.groupBy(texts.flat(), ({ sku }) => sku);
  const proposalsBySku = new Map(proposals.map((each) => [each.sku, each]));
  return items.map((item): ProductLeft => {
    const { sku } = item;
    const written = textsBySku.get(sku) ?? [];
    const requests = requestsLeft({
      item,
      rules,
      pairs: pairs.filter((pair) => pairsOf.get(sku)?.has(pair.sku) === true),
      locales,
      textsIn: (locale) => written.find((each) => each.locale === locale) ?? { versions: [] },
      proposals: proposalsBySku.get(sku) ?? { facts: [] },
      kinds: config.kinds,
      draftedBy,
      digest,
      ...(againBy === undefined ? {} : { again: { requestId: againBy(sku) } }),
    });
    return { item, texts: written, requests };
  });
};
