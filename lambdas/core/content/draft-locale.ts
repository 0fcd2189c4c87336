import type { ShopConfig } from '#core/contracts/config.ts';
import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import { approvalOf } from '#core/domain/content/approval.ts';
import { riskOf } from '#core/domain/content/checks/risk.ts';
import { scoreText } from '#core/domain/content/checks/score-text.ts';
import { type CitableFact, groundsOf } from '#core/domain/content/citable-facts.ts';
import type { ContentKind, ProposableFact } from '#core/domain/content/content.ts';
import {
  type ContentVersion,
  newestVersion,
  type ProductTexts,
  stateOf,
  withLeftOut,
  withVersions,
} from '#core/domain/content/product-texts.ts';
import { citedBy, type SortedKinds, sourceDigest } from '#core/domain/content/settled.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import { retryOnConflict } from '#core/domain/retry-on-conflict.ts';
import { type CheckedText, draftByCalls, type DraftedCalls, type Spent } from './draft-calls.ts';
import type { DraftOutcome, FactOutcome, TextOutcome } from './draft-outcome.ts';
import type { DraftedProduct, DraftProductDeps, ProductDraftRequest } from './draft-product.ts';
import { keepProposals } from './draft-proposals.ts';
import { voiceIn } from './shop-voice.ts';

export interface LocaleInputs {
  readonly request: ProductDraftRequest;
  readonly rules: ShopConfig;
  readonly locale: string;
  readonly drafted: DraftedProduct;
  readonly facts: readonly CitableFact[];
  readonly texts: ProductTexts;
  readonly kinds: SortedKinds;
  /** Facts to be proposed with it. */
  readonly wanted: readonly ProposableFact[];
}

export interface LocaleOutcome extends Pick<DraftOutcome, 'texts' | 'facts'> {
  readonly spent: Spent;
  readonly isOverBudget: boolean;
}

/** Drafts what is missing in one locale, keeps it, and tells of it. */
export const draftLocale = async (
  deps: DraftProductDeps,
  inputs: LocaleInputs,
): Promise<LocaleOutcome> => {
  const { request, rules, locale, facts, wanted, texts } = inputs;
  const { missing, unchanged, withoutFacts } = inputs.kinds;
  // A crash between writing and telling leaves texts that nobody was told of.
  await deps.publisher.publish(factsOfVersions(deps, inputs, texts.versions));

  const nothing = missing.length === 0 && wanted.length === 0;
  const calls = nothing
    ? noCalls
    : await draftByCalls(deps, {
        request,
        locale,
        kinds: missing,
        wanted,
        facts,
        ...voiceIn(rules, locale),
      });
  const written = nothing ? texts : await keepTexts(deps, inputs, calls);
  if (!nothing) await deps.publisher.publish(factsOfVersions(deps, inputs, written.versions));
  const proposed: readonly FactOutcome[] =
    wanted.length === 0 || calls.spent.calls === 0
      ? []
      : await keepProposals(deps, { request, wanted, proposals: calls.proposals, facts });
  return {
    spent: calls.spent,
    isOverBudget: calls.isOverBudget,
    facts: proposed,
    texts: [
      ...withoutFacts.map((kind) => ({ locale, kind, outcome: 'no-facts' as const })),
      ...unchanged.map((kind) => ({ locale, kind, outcome: 'unchanged' as const })),
      ...missing.map((kind) => outcomeOf(locale, kind, calls, written)),
    ],
  };
};

const noCalls: DraftedCalls = {
  spent: { calls: 0, inputTokens: 0, outputTokens: 0, usd: 0 },
  texts: new Map(),
  proposals: [],
  isUnusable: false,
  isOverBudget: false,
};

const keepTexts = async (
  deps: DraftProductDeps,
  inputs: LocaleInputs,
  { texts: drafted, isOverBudget }: DraftedCalls,
): Promise<ProductTexts> => {
  const { shop, sku } = inputs.request;
  const { locale } = inputs;
  const versions = [...drafted.values()].map((text) => versionOf(deps, inputs, text));
  const { model, prompt } = deps.drafter;
  const leftOut = isOverBudget
    ? []
    : inputs.kinds.missing
        .filter((kind) => !drafted.has(kind))
        .map((kind) => ({
          kind,
          sourceDigest: sourceDigest(inputs.facts, deps.digest),
          draftedBy: { model, prompt },
          requestId: inputs.request.requestId,
        }));
  return retryOnConflict(async () => {
    const before = await deps.contents.read({ shop, sku, locale });
    if (versions.length === 0 && leftOut.length === 0) return before;
    const after = withLeftOut(withVersions(before, versions), leftOut);
    return (await deps.contents.write(after)) ? after : undefined;
  });
};

const versionOf = (
  deps: DraftProductDeps,
  { request, locale, drafted: { product }, facts }: LocaleInputs,
  { kind, blocks, violations, tokens, usd }: CheckedText,
): Omit<ContentVersion, 'version'> => {
  const cited = citedBy(blocks);
  const risk = riskOf(kind, { facts, cited, careCategory: product.careCategory });
  const score = scoreText({ language: languageOf(locale), blocks, facts });
  const { category } = product;
  const rule = approvalOf({ kind, category, risk, score }, deps.config.approval);
  const at = deps.now().toISOString();
  const { model, prompt } = deps.drafter;
  return {
    kind,
    blocks,
    groundsDigest: deps.digest(groundsOf(facts, cited)),
    sourceDigest: sourceDigest(facts, deps.digest),
    draftedAt: at,
    draftedBy: { model, prompt },
    requestId: request.requestId,
    tokens,
    usd,
    score,
    risk,
    violations,
    decisions:
      rule === undefined || violations.length > 0
        ? []
        : [{ verdict: 'approve', by: `rule: ${rule.name}`, at }],
  };
};

const outcomeOf = (
  locale: string,
  kind: ContentKind,
  { texts, isUnusable }: DraftedCalls,
  written: ProductTexts,
): TextOutcome => {
  const text = texts.get(kind);
  const version = newestVersion(written, kind);
  if (text === undefined || version === undefined)
    return { locale, kind, outcome: isUnusable ? 'unusable' : 'not-written' };
  const rules = [...new Set(version.violations.map(({ rule }) => rule))];
  return {
    locale,
    kind,
    outcome: stateOf(version),
    version: version.version,
    ...(rules.length === 0 ? {} : { rules }),
  };
};

/** Of the versions that this request drafted. */
const factsOfVersions = (
  { digest }: DraftProductDeps,
  { request: { shop, sku, requestId }, locale }: LocaleInputs,
  versions: readonly ContentVersion[],
): readonly OutgoingEvent[] =>
  versions
    .filter((each) => each.requestId === requestId)
    .map((each) => ({
      type: 'ContentDrafted',
      detail: {
        eventId: `content-drafted/${digest(JSON.stringify([sku, locale, each.kind, each.version]))}`,
        occurredAt: each.draftedAt,
        schemaVersion: SCHEMA_VERSION,
        shop,
        sku,
        locale,
        kind: each.kind,
        version: each.version,
        state: stateOf({ ...each, decisions: each.decisions.slice(0, 1) }),
        risk: each.risk,
        score: each.score,
        rules: [...new Set(each.violations.map(({ rule }) => rule))],
        model: each.draftedBy.model,
        prompt: each.draftedBy.prompt,
        tokens: each.tokens,
        usd: each.usd,
      },
    }));
