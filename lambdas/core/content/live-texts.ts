import type { ShopCatalogue } from '#core/domain/catalogue/product.ts';
import { productOf } from '#core/domain/catalogue/product.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import { citableFacts, groundsOf } from '#core/domain/content/citable-facts.ts';
import type { ContentKind } from '#core/domain/content/content.ts';
import type { LiveText } from '#core/domain/content/live-text.ts';
import { liveVersion, type ProductTexts } from '#core/domain/content/product-texts.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';
import type { Digest } from '#core/ports/digest.ts';
import type { ProductContents } from '#core/ports/product-contents.ts';

export interface LiveTextsDeps {
  readonly contents: Pick<ProductContents, 'textsOf'>;
  readonly catalogue: Pick<Catalogue, 'find'>;
  readonly shops: Readonly<Record<string, ShopCatalogue>>;
  readonly digest: Digest;
}

export interface TextsWanted {
  readonly shop: string;
  readonly skus: readonly string[];
  readonly kinds: readonly ContentKind[];
  /** BCP 47, one of the shop's. */
  readonly locale: string;
}

/** Reads the texts that a message may carry at this moment. */
export type ReadLiveTexts = (wanted: TextsWanted) => Promise<readonly LiveText[]>;

/**
 * The approved texts of these products, without those whose facts have changed since they were checked: a text is
 * only as true as what it rests on.
 */
export const liveTexts =
  ({ contents, catalogue, shops, digest }: LiveTextsDeps): ReadLiveTexts =>
  async ({ shop, skus, kinds, locale }) => {
    if (skus.length === 0 || kinds.length === 0) return [];
    const written = await contents.textsOf(shop, skus, locale);
    const approved = written.filter((texts) => kinds.some((kind) => liveVersion(texts, kind)));
    if (approved.length === 0) return [];
    const rules = shops[shop] ?? { categories: {}, products: {} };
    const items = await catalogue.find(
      shop,
      approved.map(({ sku }) => sku),
    );
    const pairs = await pairsOf(catalogue, shop, items, rules);
    return approved.flatMap((texts) => {
      const item = items.find(({ sku }) => sku === texts.sku);
      if (item === undefined) return [];
      const sources = { item, product: productOf(item, rules), pairs };
      const facts = citableFacts(sources, languageOf(locale));
      const holds = ({ blocks, groundsDigest }: ProductTexts['versions'][number]): boolean =>
        groundsDigest === digest(groundsOf(facts, new Set(blocks.flatMap((each) => each.facts))));
      return kinds.flatMap((kind): readonly LiveText[] => {
        const version = liveVersion(texts, kind);
        if (version === undefined || !holds(version)) return [];
        return [{ sku: texts.sku, locale, kind, version: version.version, blocks: version.blocks }];
      });
    });
  };

/** Names of the products that these go with: texts may state them. */
const pairsOf = async (
  catalogue: Pick<Catalogue, 'find'>,
  shop: string,
  items: readonly CatalogItem[],
  rules: ShopCatalogue,
): Promise<readonly CatalogItem[]> => {
  const skus = new Set(items.flatMap((item) => productOf(item, rules).pairsWith ?? []));
  return skus.size === 0 ? [] : catalogue.find(shop, [...skus]);
};
