import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { ProductTexts } from '#core/domain/content/product-texts.ts';
import type { ProductProposals } from '#core/domain/content/proposals.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';
import type { DraftBudget } from '#core/ports/draft-budget.ts';
import type { ProductContents } from '#core/ports/product-contents.ts';

const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts);

/** The items of a bench, which nobody else changes. */
export const catalogueInMemory = (items: readonly CatalogItem[]): Catalogue => {
  const stored = new Map(items.map((item) => [keyOf(item.shop, item.sku), item]));
  const find = (shop: string, sku: string) => stored.get(keyOf(shop, sku));
  return {
    find: async (shop, skus) => [...new Set(skus)].flatMap((sku) => find(shop, sku) ?? []),
    save: async (item) => void stored.set(keyOf(item.shop, item.sku), item),
    approve: async (shop, sku, approvedFacts) => {
      const item = find(shop, sku);
      if (item !== undefined) stored.set(keyOf(shop, sku), { ...item, approvedFacts });
    },
  };
};

/** Texts and proposals of a bench; no two requests draft the same product, so that every claim is granted. */
export const contentsInMemory = (initial: readonly ProductTexts[] = []): ProductContents => {
  const texts = new Map(initial.map((each) => [keyOf(each.shop, each.sku, each.locale), each]));
  const proposals = new Map<string, ProductProposals>();
  const writing = <Stored extends { readonly revision: number }>(
    stored: Map<string, Stored>,
    key: string,
    written: Stored,
  ): boolean => {
    if ((stored.get(key)?.revision ?? 0) !== written.revision) return false;
    stored.set(key, { ...written, revision: written.revision + 1 });
    return true;
  };
  return {
    textsOf: async (shop, skus, locale) =>
      [...new Set(skus)].flatMap((sku) => texts.get(keyOf(shop, sku, locale)) ?? []),
    read: async ({ shop, sku, locale }) =>
      texts.get(keyOf(shop, sku, locale)) ?? { shop, sku, locale, revision: 0, versions: [] },
    write: async (written) =>
      writing(texts, keyOf(written.shop, written.sku, written.locale), written),
    proposalsOf: async (shop, skus) =>
      [...new Set(skus)].flatMap((sku) => proposals.get(keyOf(shop, sku)) ?? []),
    readProposals: async (shop, sku) =>
      proposals.get(keyOf(shop, sku)) ?? { shop, sku, revision: 0, facts: [] },
    writeProposals: async (written) =>
      writing(proposals, keyOf(written.shop, written.sku), written),
    claim: async () => true,
    release: async () => undefined,
  };
};

/** A budget that has room for everything: what it takes is what is measured. */
export const budgetWithoutLimit: DraftBudget = {
  reserve: async () => true,
  giveBack: async () => undefined,
  used: async () => ({ usd: 0, tokens: 0 }),
};
