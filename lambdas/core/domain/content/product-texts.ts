import type { Instant } from '../orders/order-event.ts';
import type {
  ContentBlock,
  ContentKind,
  ContentRisk,
  ReviewVerdict,
  Violation,
} from './content.ts';

/** Which model wrote it, asked by which prompt. */
export interface DraftedBy {
  /** A key of the configuration's models. */
  readonly model: string;
  readonly prompt: string;
}

/** What was said of a text or a proposed fact, by a person or by a rule of the configuration. */
export interface ReviewDecision {
  readonly verdict: ReviewVerdict;
  /** A person, as they call themselves, or `rule: <name>`. */
  readonly by: string;
  readonly at: Instant;
  readonly reason?: string | undefined;
  /** The event that it came by; a rule's has none. */
  readonly eventId?: string | undefined;
}

/** One text of one kind, as it was drafted; it never changes, only what was decided of it. */
export interface ContentVersion {
  readonly kind: ContentKind;
  /** Counts the drafts of its kind, from 1. */
  readonly version: number;
  readonly blocks: readonly ContentBlock[];
  /** Of the facts that its truth hangs on, as `groundsOf` gives them. */
  readonly groundsDigest: string;
  /** Of everything that it was drafted from. */
  readonly sourceDigest: string;
  readonly draftedAt: Instant;
  readonly draftedBy: DraftedBy;
  /** The request that it was drafted for: one that comes again is answered by what is there. */
  readonly requestId: string;
  /** Share of the tokens and the price of the calls that it took. */
  readonly tokens: number;
  readonly usd: number;
  /** From 0 to 1: the share of its words that its facts bear out. */
  readonly score: number;
  readonly risk: ContentRisk;
  /** Rules that it broke; a text with any never reaches a customer. */
  readonly violations: readonly Violation[];
  readonly decisions: readonly ReviewDecision[];
}

/** What is written of one product in one locale. */
export interface ProductTexts {
  readonly shop: string;
  readonly sku: string;
  readonly locale: string;
  /** Of the stored document; 0 for one that is not stored yet. */
  readonly revision: number;
  /** Oldest first. */
  readonly versions: readonly ContentVersion[];
  /** Kinds that nothing came of, so that they are not asked for with every order. @default none */
  readonly leftOut?: readonly LeftOut[] | undefined;
}

/** A kind that a model left out, or gave no usable draft of, and what it was asked from. */
export interface LeftOut {
  readonly kind: ContentKind;
  readonly sourceDigest: string;
  readonly draftedBy: DraftedBy;
  readonly requestId: string;
}

export type VersionState = 'refused' | 'pending' | 'approved' | 'rejected' | 'retracted';

/** What became of a version; the order in which decisions came does not matter. */
export const stateOf = ({
  violations,
  decisions,
}: Pick<ContentVersion, 'violations' | 'decisions'>): VersionState => {
  if (violations.length > 0) return 'refused';
  const verdicts = new Set(decisions.map(({ verdict }) => verdict));
  if (verdicts.has('retract')) return 'retracted';
  if (verdicts.has('reject')) return 'rejected';
  return verdicts.has('approve') ? 'approved' : 'pending';
};

/**
 * The version that messages carry: the newest that was approved. Was it retracted, there is none: an older one may
 * have the same fault.
 */
export const liveVersion = (
  { versions }: Pick<ProductTexts, 'versions'>,
  kind: ContentKind,
): ContentVersion | undefined => {
  const last = versions.findLast(
    (each) => each.kind === kind && ['approved', 'retracted'].includes(stateOf(each)),
  );
  return last !== undefined && stateOf(last) === 'approved' ? last : undefined;
};

/** The newest version, whatever became of it. */
export const newestVersion = (
  { versions }: Pick<ProductTexts, 'versions'>,
  kind: ContentKind,
): ContentVersion | undefined => versions.findLast((each) => each.kind === kind);

/** Versions of a kind that are kept beside those that were ever approved: what messages pinned stays. */
const KEPT_UNUSED = 5;

/** The texts with new versions, numbered on; of those that nobody used the oldest make room. */
export const withVersions = (
  texts: ProductTexts,
  drafted: readonly Omit<ContentVersion, 'version'>[],
): ProductTexts => {
  const versions = drafted.reduce<readonly ContentVersion[]>((all, each) => {
    const version = (newestVersion({ versions: all }, each.kind)?.version ?? 0) + 1;
    return [...all, { ...each, version }];
  }, texts.versions);
  return { ...texts, versions: versions.filter((each) => isKept(each, versions)) };
};

const isKept = (version: ContentVersion, all: readonly ContentVersion[]): boolean => {
  if (version.decisions.some(({ verdict }) => verdict === 'approve')) return true;
  const newer = all.filter((each) => each.kind === version.kind && each.version > version.version);
  return newer.length < KEPT_UNUSED;
};

/** The texts with the kinds that nothing came of this time in place of those of before. */
export const withLeftOut = (texts: ProductTexts, leftOut: readonly LeftOut[]): ProductTexts => {
  if (leftOut.length === 0) return texts;
  const kinds = new Set(leftOut.map(({ kind }) => kind));
  const others = (texts.leftOut ?? []).filter(({ kind }) => !kinds.has(kind));
  return { ...texts, leftOut: [...others, ...leftOut] };
};

/** The texts with a decision on one version; the same texts when they have it already. */
export const withDecision = (
  texts: ProductTexts,
  { kind, version }: Pick<ContentVersion, 'kind' | 'version'>,
  decision: ReviewDecision,
): ProductTexts => {
  const isMeant = (each: ContentVersion) => each.kind === kind && each.version === version;
  const known = texts.versions
    .find(isMeant)
    ?.decisions.some(({ eventId }) => eventId !== undefined && eventId === decision.eventId);
  if (known !== false) return texts;
  return {
    ...texts,
    versions: texts.versions.map((each) =>
      isMeant(each) ? { ...each, decisions: [...each.decisions, decision] } : each,
    ),
  };
};

/** Names one version of one text: what a message pins. */
export interface ContentRef {
  readonly sku: string;
  readonly locale: string;
  readonly kind: ContentKind;
  readonly version: number;
}

/** `HG-KNI-200 care de-DE v2` */
export const contentRefInWords = ({ sku, kind, locale, version }: ContentRef): string =>
  `${sku} ${kind} ${locale} v${version}`;
