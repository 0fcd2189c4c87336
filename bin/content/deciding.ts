import type { ContentReviewed } from '#core/contracts/parse-event.ts';
import type { ContentRisk } from '#core/domain/content/content.ts';
import { contentRisks } from '#core/domain/content/content.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import type { ShopCatalogue } from '#core/domain/catalogue/product.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import { visible } from '../catalogue/visible-text.ts';
import { aftermath } from './aftermath.ts';
import type { ContentSource } from './content-source.ts';
import { factsOf, isBorneOut, type KnownProducts, knownProducts } from './known-products.ts';
import type { ReviewList, WaitingText } from './review-list.ts';
import type { StoredContents } from './stored-contents.ts';
import { type Subject, subjectInWords } from './subjects.ts';
import { count } from './words.ts';

/** What of a category may be decided at once. */
export interface OfCategory {
  readonly category: string;
  readonly maxRisk: ContentRisk;
}

export const mayPass = (
  { category, risk, isOutdated }: WaitingText,
  { category: wanted, maxRisk }: OfCategory,
): boolean =>
  category === wanted && !isOutdated && contentRisks.indexOf(risk) <= contentRisks.indexOf(maxRisk);

/** Those of a category that wait and are of no higher risk; what is outdated would not be sent, and is left out. */
export const subjectsOfCategory = (list: ReviewList, of: OfCategory): readonly Subject[] =>
  list.texts
    .filter((text) => mayPass(text, of))
    .map(({ shop, sku, locale, kind, version }) => ({
      shop,
      sku,
      subject: { type: 'text', locale, kind, version },
    }));

/** `there wait: Knives 2, Textiles 1`, of any risk. */
export const categoriesInWords = ({ texts }: ReviewList): string => {
  const groups = Map.groupBy(texts, ({ category = 'without a category' }) => category);
  const counts = [...groups].map(([category, all]) => `${category} ${all.length}`);
  return counts.length === 0 ? 'no text waits at all' : `there wait: ${counts.join(', ')}`;
};

/** Texts that would be decided by `--yes`, a line each. */
export const listedInWords = (list: ReviewList, subjects: readonly Subject[]): readonly string[] =>
  subjects.map((of) => {
    const text = list.texts.find((each) => isOf(each, of));
    const about =
      text === undefined
        ? ''
        : `  risk ${text.risk}, score ${text.score.toFixed(2)}  ${text.name ?? ''}`;
    return visible(`  ${subjectInWords(of)}${about}`);
  });

const isOf = (text: WaitingText, { shop, sku, subject }: Subject): boolean =>
  subject.type === 'text' &&
  text.shop === shop &&
  text.sku === sku &&
  text.locale === subject.locale &&
  text.kind === subject.kind &&
  text.version === subject.version;

/**
 * Hands decisions in and tells what each has done, or that it is still under way.
 *
 * @returns lines to print
 */
export const decideAndTell = async (
  source: ContentSource,
  shops: Readonly<Record<string, ShopCatalogue>>,
  reviews: readonly ContentReviewed[],
): Promise<readonly string[]> => {
  const underWay = await source.decide(reviews);
  const kept = reviews.filter(({ eventId }) => !underWay.has(eventId));
  const after = new Map<string, StoredContents>();
  for (const { sku } of kept) if (!after.has(sku)) after.set(sku, await source.stored(sku));
  const products = await knownProducts(source, shops, kept);
  const told = kept.map((review) => {
    const stored = after.get(review.sku) ?? { texts: [], proposals: [] };
    return visible(aftermath(stored, review, holds(stored, review, products)));
  });
  return [
    ...told,
    ...(underWay.size === 0
      ? []
      : [
          `${count(underWay.size, 'decision')} of ${reviews.length} ${underWay.size === 1 ? 'is' : 'are'} still under way: npm run content -- show SKU says when it is kept, npm run parked whether the stage refused it.`,
        ]),
  ];
};

/** Whether what an approved text rests on is as it was; of a fact nothing else is asked. */
const holds = (
  { texts }: StoredContents,
  { shop, sku, subject }: ContentReviewed,
  products: KnownProducts,
): boolean => {
  if (subject.type === 'fact') return true;
  const version = texts
    .find((of) => of.shop === shop && of.sku === sku && of.locale === subject.locale)
    ?.versions.find((each) => each.kind === subject.kind && each.version === subject.version);
  const facts = factsOf(products(shop, sku), languageOf(subject.locale));
  return version !== undefined && isBorneOut(version, facts, sha256Digest);
};
