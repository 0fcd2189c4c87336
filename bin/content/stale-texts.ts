import type { CitableFact } from '#core/domain/content/citable-facts.ts';
import { contentKinds } from '#core/domain/content/content.ts';
import {
  type ContentRef,
  contentRefInWords,
  type ContentVersion,
  liveVersion,
  type ProductTexts,
} from '#core/domain/content/product-texts.ts';
import { citedBy } from '#core/domain/content/settled.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import type { Digest } from '#core/ports/digest.ts';
import { factsOf, isBorneOut, type KnownProduct, type KnownProducts } from './known-products.ts';
import { visible } from '../catalogue/visible-text.ts';

/** A text in use that no message has, since what it rests on has changed. */
export interface StaleText extends ContentRef {
  readonly shop: string;
  readonly name?: string | undefined;
  /** As exactly as it can be told: of the facts at the time a digest alone is kept. */
  readonly changes: readonly string[];
}

export const staleTexts = (
  texts: readonly ProductTexts[],
  products: KnownProducts,
  digest: Digest,
): readonly StaleText[] =>
  texts.flatMap((of) =>
    contentKinds.flatMap((kind): readonly StaleText[] => {
      const { shop, sku, locale } = of;
      const live = liveVersion(of, kind);
      if (live === undefined) return [];
      const known = products(shop, sku);
      const changes = changesOf(live, known, languageOf(locale), digest);
      if (changes.length === 0) return [];
      const name = known?.item.name;
      return [{ shop, sku, name, locale, kind, version: live.version, changes }];
    }),
  );

/** Nothing when all that the text rests on is as it was. */
const changesOf = (
  version: ContentVersion,
  known: KnownProduct | undefined,
  language: string,
  digest: Digest,
): readonly string[] => {
  if (known === undefined) return ['the catalogue has no such product'];
  const facts = factsOf(known, language);
  if (isBorneOut(version, facts, digest)) return [];
  const cited = citedBy(version.blocks);
  const gone = [...cited].filter((id) => !facts.some((fact) => fact.id === id));
  const told = gone.map((id) => `${visible(id)} is not stated any more`);
  if (gone.length > 0) return told;
  const exact = newWarning(version, facts, digest) ?? otherLanguage(version, known, facts, digest);
  return [exact ?? `one of these was changed, or a warning went: ${groundsInWords(facts, cited)}`];
};

/** The warning without which the text rests on what it did. */
const newWarning = (
  version: ContentVersion,
  facts: readonly CitableFact[],
  digest: Digest,
): string | undefined => {
  const cited = citedBy(version.blocks);
  const added = facts
    .filter(({ id, type }) => type === 'warning' && !cited.has(id))
    .find(({ id }) =>
      isBorneOut(
        version,
        facts.filter((fact) => fact.id !== id),
        digest,
      ),
    );
  return added === undefined ? undefined : `a warning was added: ${factInWords(added)}`;
};

/** The fact that was stated in another language alone when the text was drafted. */
const otherLanguage = (
  version: ContentVersion,
  { item: { attributes = [] } }: KnownProduct,
  facts: readonly CitableFact[],
  digest: Digest,
): string | undefined => {
  const before = attributes
    .flatMap(({ id, text }) =>
      Object.entries(text).map(([language, words]) => ({ id, language, text: words })),
    )
    .find(({ id, ...words }) =>
      isBorneOut(
        version,
        facts.map((fact) => (fact.id === id ? { ...fact, ...words } : fact)),
        digest,
      ),
    );
  const now = facts.find(({ id }) => id === before?.id);
  return before === undefined || now === undefined
    ? undefined
    : `${factInWords(now)} is stated in ${now.language ?? '?'} now; the text was drafted from the words in ${before.language}`;
};

const groundsInWords = (facts: readonly CitableFact[], cited: ReadonlySet<string>): string =>
  facts
    .filter(({ id, type }) => type === 'warning' || cited.has(id))
    .map(factInWords)
    .join('; ');

const factInWords = ({ id, text }: CitableFact): string => `${visible(id)} “${visible(text)}”`;

/** The list to read in a terminal. */
export const staleInWords = (stale: readonly StaleText[]): string =>
  stale.length === 0
    ? 'Every text in use rests on what the catalogue states now.'
    : [
        ...stale.map(({ shop, name, changes, ...ref }) =>
          [
            `${visible(contentRefInWords(ref))} of ${shop}  ${visible(name ?? '')}`.trimEnd(),
            ...changes.map((change) => `    ${change}`),
          ].join('\n'),
        ),
        `${stale.length} of the texts in use ${stale.length === 1 ? 'is' : 'are'} not sent, as facts have changed since: draft again (a roll-out does), or correct the catalogue.`,
      ].join('\n');
