import { compareText } from '#core/domain/compare-text.ts';
import type { CitableFact } from '#core/domain/content/citable-facts.ts';
import {
  type ContentBlock,
  type ContentKind,
  contentKinds,
  type ContentRisk,
  contentRisks,
  type ProposableFact,
} from '#core/domain/content/content.ts';
import {
  type ContentVersion,
  liveVersion,
  newestVersion,
  type ProductTexts,
  stateOf,
} from '#core/domain/content/product-texts.ts';
import { type ProposedFact, stateOfProposal } from '#core/domain/content/proposals.ts';
import { citedBy } from '#core/domain/content/settled.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import type { Instant } from '#core/domain/orders/order-event.ts';
import type { Digest } from '#core/ports/digest.ts';
import { factsOf, isBorneOut, type KnownProducts } from './known-products.ts';
import type { StoredContents } from './stored-contents.ts';
import { waitingVersion } from './version-order.ts';
import { type DiffPart, wordDiff } from './word-diff.ts';

/** A fact that a text cites, as the catalogue states it now; absent when it states it no more. */
export interface CitedFact {
  readonly id: string;
  readonly type?: CitableFact['type'] | undefined;
  readonly text?: string | undefined;
}

export interface ReviewedBlock extends Pick<ContentBlock, 'style' | 'text'> {
  readonly facts: readonly CitedFact[];
}

interface OfProduct {
  readonly shop: string;
  readonly sku: string;
  /** Absent when the catalogue has no such product. */
  readonly name?: string | undefined;
  readonly category?: string | undefined;
}

/** A text that waits for a person. */
export interface WaitingText extends OfProduct {
  readonly locale: string;
  readonly kind: ContentKind;
  readonly version: number;
  readonly risk: ContentRisk;
  readonly score: number;
  readonly model: string;
  readonly prompt: string;
  readonly tokens: number;
  readonly usd: number;
  readonly draftedAt: Instant;
  /** Whether its facts have changed since: then it would not be sent. */
  readonly isOutdated: boolean;
  readonly blocks: readonly ReviewedBlock[];
  /** Warnings of the product that it does not cite. */
  readonly otherWarnings: readonly CitedFact[];
  /** What is other than in the version in use. */
  readonly change?: { readonly from: number; readonly parts: readonly DiffPart[] } | undefined;
}

/** A proposed fact that waits for a person. */
export interface WaitingFact extends OfProduct {
  readonly fact: ProposableFact;
  readonly value: string | number;
  readonly confidence: number;
  readonly because: string;
  readonly evidence: readonly CitedFact[];
  readonly model: string;
  readonly prompt: string;
  readonly proposedAt: Instant;
}

export interface ReviewList {
  readonly asOf: Instant;
  /** Riskiest first, then by category, SKU, locale and kind. */
  readonly texts: readonly WaitingText[];
  readonly facts: readonly WaitingFact[];
  /** Kinds of text whose newest version broke rules, and how many broke which. */
  readonly refused: {
    readonly texts: number;
    readonly rules: readonly { readonly rule: string; readonly texts: number }[];
  };
}

/** Which texts are asked for; all without. */
export interface ReviewFilter {
  readonly shop?: string | undefined;
  readonly sku?: string | undefined;
  readonly locale?: string | undefined;
  readonly kind?: ContentKind | undefined;
}

export interface ReviewInputs {
  readonly stored: StoredContents;
  readonly products: KnownProducts;
  /** The language that facts are proposed in, the shop's first. */
  readonly languageOfShop: (shop: string) => string;
  readonly digest: Digest;
  readonly now: Instant;
}

/** Everything that waits for a person; facts are no locale's and no kind's. */
export const reviewList = (inputs: ReviewInputs, filter: ReviewFilter = {}): ReviewList => {
  const { stored, now } = inputs;
  const isOfShop = ({ shop, sku }: OfProduct): boolean =>
    (filter.shop === undefined || shop === filter.shop) &&
    (filter.sku === undefined || sku === filter.sku);
  const kinds = contentKinds.filter((kind) => filter.kind === undefined || kind === filter.kind);
  const texts = stored.texts.filter(
    (each) => isOfShop(each) && (filter.locale === undefined || each.locale === filter.locale),
  );
  const withFacts = filter.locale === undefined && filter.kind === undefined;
  return {
    asOf: now,
    texts: texts
      .flatMap((of) => kinds.flatMap((kind) => waitingText(inputs, of, kind) ?? []))
      .toSorted(byRisk),
    facts: (withFacts ? stored.proposals.filter(isOfShop) : [])
      .flatMap((of) =>
        of.facts
          .filter((each) => stateOfProposal(each) === 'pending')
          .map((each) => waitingFact(inputs, of, each)),
      )
      .toSorted(byProduct),
    refused: refusedOf(texts, kinds),
  };
};

const byProduct = (a: OfProduct, b: OfProduct): number =>
  compareText(a.category ?? '', b.category ?? '') ||
  compareText(a.sku, b.sku) ||
  compareText(a.shop, b.shop);

const byRisk = (a: WaitingText, b: WaitingText): number =>
  contentRisks.indexOf(b.risk) - contentRisks.indexOf(a.risk) ||
  byProduct(a, b) ||
  compareText(a.locale, b.locale) ||
  contentKinds.indexOf(a.kind) - contentKinds.indexOf(b.kind);

const waitingText = (
  { products, digest }: ReviewInputs,
  texts: ProductTexts,
  kind: ContentKind,
): WaitingText | undefined => {
  const version = waitingVersion(texts, kind);
  if (version === undefined) return undefined;
  const { shop, sku, locale } = texts;
  const known = products(shop, sku);
  const facts = factsOf(known, languageOf(locale));
  const cited = citedBy(version.blocks);
  const live = liveVersion(texts, kind);
  const { risk, score, tokens, usd, draftedAt, draftedBy } = version;
  return {
    shop,
    sku,
    name: known?.item.name,
    category: known?.product.category,
    locale,
    kind,
    version: version.version,
    risk,
    score,
    ...draftedBy,
    tokens,
    usd,
    draftedAt,
    isOutdated: !isBorneOut(version, facts, digest),
    blocks: version.blocks.map((block) => ({ ...block, facts: citedFacts(block.facts, facts) })),
    otherWarnings: facts.filter(({ id, type }) => type === 'warning' && !cited.has(id)),
    change: live === undefined ? undefined : changeFrom(live, version),
  };
};

const citedFacts = (ids: readonly string[], facts: readonly CitableFact[]): readonly CitedFact[] =>
  ids.map((id) => {
    const fact = facts.find((each) => each.id === id);
    return { id, type: fact?.type, text: fact?.text };
  });

const changeFrom = (live: ContentVersion, version: ContentVersion): WaitingText['change'] => ({
  from: live.version,
  parts: wordDiff(wordsOf(live.blocks), wordsOf(version.blocks)),
});

/** Ends a block. */
export const BLOCK_END = '\n';

/** How blocks of a style begin, where all is text. */
export const styleMarks: Readonly<Record<ContentBlock['style'], string>> = {
  paragraph: '',
  step: '›',
  warning: '⚠',
};

/** A block begins with its mark: that a warning became a step is a change. */
const wordsOf = (blocks: readonly ContentBlock[]): readonly string[] =>
  blocks.flatMap(({ style, text }, at) => [
    ...(at === 0 ? [] : [BLOCK_END]),
    ...`${styleMarks[style]} ${text}`.split(/\s+/u).filter((word) => word !== ''),
  ]);

const waitingFact = (
  { products, languageOfShop }: ReviewInputs,
  { shop, sku }: OfProduct,
  proposed: ProposedFact,
): WaitingFact => {
  const known = products(shop, sku);
  const { fact, value, confidence, because, proposedBy, proposedAt } = proposed;
  return {
    shop,
    sku,
    name: known?.item.name,
    category: known?.product.category,
    fact,
    value,
    confidence,
    because,
    ...proposedBy,
    proposedAt,
    evidence: citedFacts(proposed.evidence, factsOf(known, languageOfShop(shop))),
  };
};

const refusedOf = (
  texts: readonly ProductTexts[],
  kinds: readonly ContentKind[],
): ReviewList['refused'] => {
  const refused = texts
    .flatMap((of) => kinds.flatMap((kind) => newestVersion(of, kind) ?? []))
    .filter((version) => stateOf(version) === 'refused');
  const broken = refused.flatMap(({ violations }) => [
    ...new Set(violations.map(({ rule }) => rule)),
  ]);
  const rules = [...Map.groupBy(broken, (rule) => rule)]
    .map(([rule, all]) => ({ rule, texts: all.length }))
    .toSorted((a, b) => b.texts - a.texts || compareText(a.rule, b.rule));
  return { texts: refused.length, rules };
};
