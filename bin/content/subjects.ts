import type { ContentKind, ProposableFact, ReviewVerdict } from '#core/domain/content/content.ts';
import {
  type ContentVersion,
  contentRefInWords,
  liveVersion,
  newestVersion,
  type ProductTexts,
  stateOf,
  type VersionState,
} from '#core/domain/content/product-texts.ts';
import { stateOfProposal } from '#core/domain/content/proposals.ts';
import type { Review } from './review.ts';
import { minuteOf } from './words.ts';
import type { StoredContents } from './stored-contents.ts';
import { waitingVersion } from './version-order.ts';

/** What is to be decided, as the command line names it. */
export interface Asked {
  readonly verdict: ReviewVerdict;
  readonly sku: string;
  readonly shop?: string | undefined;
  readonly kind?: ContentKind | undefined;
  readonly locale?: string | undefined;
  /** @default the one that waits; of a retraction the one in use */
  readonly version?: number | undefined;
  /** A proposed fact instead of texts. */
  readonly fact?: ProposableFact | undefined;
}

export type Subject = Pick<Review, 'shop' | 'sku' | 'subject'>;

/** What was found to be decided; or what is wrong with what was asked. */
export type Found =
  | { readonly ok: true; readonly subjects: readonly Subject[] }
  | { readonly ok: false; readonly problem: string };

/**
 * The texts or the fact that the command line means and that can be decided so.
 *
 * @param stored what is there of the SKU
 */
export const subjectsOf = (stored: StoredContents, asked: Asked): Found => {
  const isOfShop = ({ shop }: { readonly shop: string }): boolean =>
    asked.shop === undefined || shop === asked.shop;
  const ofShop = {
    texts: stored.texts.filter(isOfShop),
    proposals: stored.proposals.filter(isOfShop),
  };
  return asked.fact === undefined
    ? textsMeant(ofShop.texts, asked)
    : factsMeant(ofShop.proposals, asked, asked.fact);
};

const wrong = (problem: string): Found => ({ ok: false, problem });

/** Of several the possible ones, and what is wrong only if none is. */
const possible = (judged: readonly (Subject | string)[]): Found => {
  const subjects = judged.filter((each) => typeof each !== 'string');
  const [problem = 'there is nothing to decide'] = judged.filter(
    (each) => typeof each === 'string',
  );
  return subjects.length > 0 ? { ok: true, subjects } : wrong(problem);
};

const textsMeant = (written: readonly ProductTexts[], asked: Asked): Found => {
  const { sku, locale, kind } = asked;
  const texts = written.filter(({ versions }) => versions.length > 0);
  if (texts.length === 0)
    return wrong(
      `no text is written of "${sku}"${asked.shop === undefined ? '' : ` in ${asked.shop}`}: check the SKU, or see what waits by npm run content -- review`,
    );
  const ofLocale = texts.filter((each) => locale === undefined || each.locale === locale);
  if (ofLocale.length === 0)
    return wrong(
      `--locale: got "${locale ?? ''}", expected one that ${sku} has texts in: ${unique(texts.map((each) => each.locale))}`,
    );
  const kinds = [...new Set(ofLocale.flatMap(({ versions }) => versions.map((each) => each.kind)))];
  if (kind !== undefined && !kinds.includes(kind))
    return wrong(`--kind: got "${kind}", expected one that ${sku} has: ${unique(kinds)}`);
  return possible(
    ofLocale.flatMap((of) =>
      kinds
        .filter((each) => kind === undefined || each === kind)
        .filter((each) => newestVersion(of, each) !== undefined)
        .map((each) => textMeant(of, each, asked)),
    ),
  );
};

const unique = (names: readonly string[]): string => [...new Set(names)].join(', ');

/** The version that is meant, or why it cannot be decided so. */
const textMeant = (of: ProductTexts, kind: ContentKind, asked: Asked): Subject | string => {
  const { shop, sku, locale } = of;
  const found = versionMeant(of, kind, asked);
  if (found === undefined) return nothingMeant(of, kind, asked);
  const { version } = found;
  const problem =
    problemOfState(asked.verdict, stateOf(found), found.decisions) ??
    problemOfNewer(of, found, asked.verdict);
  if (problem !== undefined)
    return `${contentRefInWords({ sku, kind, locale, version })} of ${shop} ${problem}`;
  return { shop, sku, subject: { type: 'text', locale, kind, version } };
};

const versionMeant = (
  of: ProductTexts,
  kind: ContentKind,
  { verdict, version }: Asked,
): ContentVersion | undefined => {
  if (version !== undefined)
    return of.versions.find((each) => each.kind === kind && each.version === version);
  return verdict === 'retract' ? liveVersion(of, kind) : waitingVersion(of, kind);
};

const nothingMeant = (of: ProductTexts, kind: ContentKind, { verdict, version }: Asked): string => {
  const versions = of.versions.filter((each) => each.kind === kind);
  const there = versions.map((each) => `v${each.version} ${stateInWords(each)}`).join(', ');
  const name = `${of.sku} ${kind} ${of.locale} of ${of.shop}`;
  if (version !== undefined) return `${name} has no v${version}: there are ${there}`;
  return verdict === 'retract'
    ? `nothing of ${name} is in use: there are ${there}`
    : `nothing of ${name} waits: there are ${there}`;
};

/** `approved`, `refused by number, link`. */
export const stateInWords = (version: ContentVersion): string => {
  const state = stateOf(version);
  return state === 'refused'
    ? `refused by ${unique(version.violations.map(({ rule }) => rule))}`
    : state;
};

/** Why this cannot be said of what is in this state. */
const problemOfState = (
  verdict: ReviewVerdict,
  state: VersionState,
  decisions: ContentVersion['decisions'],
): string | undefined => {
  const said = decisions.at(-1);
  const before =
    said === undefined
      ? ''
      : ` (by ${said.by} on ${minuteOf(said.at)}${said.reason === undefined ? '' : `: ${said.reason}`})`;
  if (state === 'rejected' || state === 'retracted')
    return `was ${state}${before}: what was taken back never comes back; draft it again`;
  if (verdict === 'retract')
    return state === 'approved'
      ? undefined
      : `is ${state}, not in use: there is nothing to retract`;
  if (state === 'refused')
    return verdict === 'approve'
      ? "broke a rule: a text that did is never approved; correct the catalogue's facts and draft again"
      : 'broke a rule, and is refused already';
  if (state === 'pending') return undefined;
  return verdict === 'approve'
    ? `is approved already${before}`
    : `is approved${before}: take it back by retract`;
};

/** A newer version that was approved is in use instead; one that was retracted keeps older ones out of use. */
const problemOfNewer = (
  of: ProductTexts,
  { kind, version }: ContentVersion,
  verdict: ReviewVerdict,
): string | undefined => {
  const newer = of.versions.filter((each) => each.kind === kind && each.version > version);
  const retracted = newer.findLast((each) => stateOf(each) === 'retracted');
  if (verdict === 'approve' && retracted !== undefined)
    return `is older than v${retracted.version}, which was retracted: nothing older is used again; draft it again`;
  const live = liveVersion(of, kind);
  if (verdict !== 'retract' || live?.version === version) return undefined;
  return live === undefined
    ? 'is not in use: a newer one was retracted'
    : `is not in use: v${live.version} is`;
};

const factsMeant = (
  proposals: StoredContents['proposals'],
  { sku, verdict }: Asked,
  fact: ProposableFact,
): Found => {
  const facts = proposals.flatMap(({ shop, facts: of }) => of.map((each) => ({ shop, ...each })));
  if (facts.length === 0) return wrong(`no fact is proposed of "${sku}": check the SKU`);
  const named = facts.filter((each) => each.fact === fact);
  if (named.length === 0)
    return wrong(
      `--fact: got "${fact}", expected one that is proposed of ${sku}: ${unique(facts.map((each) => each.fact))}`,
    );
  return possible(
    named.map(({ shop, value, decisions }) => {
      const problem = problemOfState(verdict, stateOfProposal({ decisions }), decisions);
      return problem === undefined
        ? { shop, sku, subject: { type: 'fact', fact, value } }
        : `${sku} ${fact} of ${shop} ${problem}`;
    }),
  );
};

/** `HG-KNI-200 care de-DE v2 of hearth` */
export const subjectInWords = ({ shop, sku, subject }: Subject): string =>
  `${subject.type === 'text' ? contentRefInWords({ sku, ...subject }) : `${sku} ${subject.fact}`} of ${shop}`;
