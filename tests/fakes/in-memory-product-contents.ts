import { itemKey } from '#core/contracts/tables.ts';
import type { ProductTexts } from '#core/domain/content/product-texts.ts';
import type { ProductProposals } from '#core/domain/content/proposals.ts';
import type { DraftClaim, ProductContents } from '#core/ports/product-contents.ts';

export const inMemoryProductContents = (...initial: readonly ProductTexts[]): ProductContents => {
  const keyOf = (shop: string, sku: string, locale: string) => `${itemKey(shop, sku)} ${locale}`;
  const texts = new Map(initial.map((each) => [keyOf(each.shop, each.sku, each.locale), each]));
  const proposals = new Map<string, ProductProposals>();
  const claims = new Map<string, DraftClaim>();
  return {
    textsOf: async (shop, skus, locale) =>
      [...new Set(skus)].flatMap(
        (sku) => structuredClone(texts.get(keyOf(shop, sku, locale))) ?? [],
      ),

    read: async ({ shop, sku, locale }) =>
      structuredClone(texts.get(keyOf(shop, sku, locale))) ?? {
        shop,
        sku,
        locale,
        revision: 0,
        versions: [],
      },

    write: async (written) => {
      const key = keyOf(written.shop, written.sku, written.locale);
      if ((texts.get(key)?.revision ?? 0) !== written.revision) return false;
      texts.set(key, structuredClone({ ...written, revision: written.revision + 1 }));
      return true;
    },

    proposalsOf: async (shop, skus) =>
      [...new Set(skus)].flatMap((sku) => structuredClone(proposals.get(itemKey(shop, sku))) ?? []),

    readProposals: async (shop, sku) =>
      structuredClone(proposals.get(itemKey(shop, sku))) ?? { shop, sku, revision: 0, facts: [] },

    writeProposals: async (written) => {
      const key = itemKey(written.shop, written.sku);
      if ((proposals.get(key)?.revision ?? 0) !== written.revision) return false;
      proposals.set(key, structuredClone({ ...written, revision: written.revision + 1 }));
      return true;
    },

    claim: async (claim) => {
      const key = itemKey(claim.shop, claim.sku);
      const held = claims.get(key);
      if (held !== undefined && held.until >= claim.now && held.requestId !== claim.requestId)
        return false;
      claims.set(key, claim);
      return true;
    },

    release: async ({ shop, sku, requestId }) => {
      const key = itemKey(shop, sku);
      if (claims.get(key)?.requestId === requestId) claims.delete(key);
    },
  };
};
