import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import { productOf, type ShopCatalogue } from '#core/domain/catalogue/product.ts';
import type { ShopConfig } from '#core/contracts/config.ts';
import { type CitableFact, citableFacts } from '#core/domain/content/citable-facts.ts';
import type { ContentKind } from '#core/domain/content/content.ts';
import type { DraftedBy, ProductTexts } from '#core/domain/content/product-texts.ts';
import type { ProductProposals } from '#core/domain/content/proposals.ts';
import { sortKinds, sourceDigest } from '#core/domain/content/settled.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import type { DraftRequest } from '#core/ports/content-drafter.ts';
import { factsWanted } from '../draft-proposals.ts';
import { voiceIn } from '../shop-voice.ts';

/** A product with all that says whether anything of it is to be drafted. */
export interface LeftInputs {
  readonly item: CatalogItem;
  readonly rules: ShopCatalogue & Pick<ShopConfig, 'locales' | 'voice'>;
  /** Products that it goes with, as far as the catalogue knows them. */
  readonly pairs: readonly Pick<CatalogItem, 'sku' | 'name'>[];
  /** Of which it is to have texts: the shop's, or some of them. */
  readonly locales: readonly string[];
  readonly textsIn: (locale: string) => Pick<ProductTexts, 'versions'>;
  readonly proposals: Pick<ProductProposals, 'facts' | 'askedFrom'>;
  readonly kinds: readonly ContentKind[];
  readonly draftedBy: DraftedBy;
  readonly digest: (text: string) => string;
  readonly again?: { readonly requestId: string } | undefined;
}

/** A call that a product would take. */
export interface CallLeft {
  readonly locale: string;
  readonly kinds: number;
  /** Facts to be proposed. */
  readonly wanted: number;
  /** Bytes of the facts that it would be asked with. */
  readonly factBytes: number;
}

/** A call by what it asks. */
export const callOf = ({ locale, kinds, wanted, facts }: DraftRequest): CallLeft => ({
  locale,
  kinds: kinds.length,
  wanted: wanted.length,
  factBytes: Buffer.byteLength(JSON.stringify(facts)),
});

/**
 * The requests by which a product would get what it lacks: at most one a locale, the first that `draftProduct` makes.
 */
export const requestsLeft = (inputs: LeftInputs): readonly DraftRequest[] => {
  const { item, rules, pairs, locales, proposals, textsIn, digest } = inputs;
  const { facts: proposed, askedFrom } = proposals;
  const product = productOf(item, rules);
  const factsIn = (locale: string): readonly CitableFact[] =>
    citableFacts({ item, product, pairs }, languageOf(locale));
  const [fallback = ''] = rules.locales;
  const source = sourceDigest(factsIn(fallback), digest);
  const wantedFacts = factsWanted(product, item.kind, proposed, source, askedFrom);
  return locales.flatMap((locale, index): readonly DraftRequest[] => {
    const facts = factsIn(locale);
    const { missing } = sortKinds({ ...inputs, facts, texts: textsIn(locale) });
    const wanted = index === 0 ? wantedFacts : [];
    if (missing.length === 0 && wanted.length === 0) return [];
    return [{ locale, kinds: missing, wanted, facts, ...voiceIn(rules, locale) }];
  });
};
