import { checkText } from '#core/domain/content/checks/check-text.ts';
import type { CitableFact } from '#core/domain/content/citable-facts.ts';
import type {
  ContentKind,
  DraftedText,
  FactProposal,
  ProposableFact,
  Violation,
} from '#core/domain/content/content.ts';
import { batchUsd, costUsd } from '#core/domain/content/draft-cost.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import type { DrafterAnswer, DraftRequest, TokenUse } from '#core/ports/content-drafter.ts';
import type { DraftProductDeps, ProductDraftRequest } from './draft-product.ts';

export interface Spent extends TokenUse {
  readonly calls: number;
  readonly usd: number;
}

export const noSpend: Spent = { calls: 0, inputTokens: 0, outputTokens: 0, usd: 0 };

/** A text as it came from the model, with what is wrong with it and its share of what the call took. */
export interface CheckedText extends DraftedText {
  readonly violations: readonly Violation[];
  readonly tokens: number;
  readonly usd: number;
}

/** All that the attempts for one product and locale gave: of each kind the last text. */
export interface DraftedCalls {
  readonly spent: Spent;
  readonly texts: ReadonlyMap<ContentKind, CheckedText>;
  readonly proposals: readonly FactProposal[];
  /** Whether the last answer was no draft at all. */
  readonly isUnusable: boolean;
  readonly isOverBudget: boolean;
}

/** What a call for a product and locale asks; its first, nothing refused yet. */
export type CallInputs = Omit<DraftRequest, 'refused'> & {
  readonly request: ProductDraftRequest;
};

/**
 * Asks the model for the kinds, and again for those that break a rule, with what was wrong, as often as the
 * configuration lets it and the budget has room.
 */
export const draftByCalls = async (
  deps: DraftProductDeps,
  inputs: CallInputs,
): Promise<DraftedCalls> => {
  const texts = new Map<ContentKind, CheckedText>();
  let calls: Omit<DraftedCalls, 'texts'> = {
    spent: noSpend,
    proposals: [],
    isUnusable: false,
    isOverBudget: false,
  };
  let kinds = inputs.kinds;
  for (let attempt = 0; attempt < deps.config.attempts; attempt += 1) {
    const asked = requestOf(inputs, kinds, attempt === 0 ? inputs.wanted : [], texts);
    const answer = await answerTo(deps, inputs, asked, attempt);
    if (answer === undefined) return { ...calls, texts, isOverBudget: true };
    const spent = withCall(calls.spent, answer);
    if (answer.kind === 'unusable') {
      calls = { ...calls, spent, isUnusable: true };
      continue;
    }
    const { draft } = answer;
    calls = { ...calls, spent, isUnusable: false };
    if (attempt === 0 || calls.proposals.length === 0)
      calls = { ...calls, proposals: draft.proposals };
    const wanted = draft.texts.filter(({ kind }) => kinds.includes(kind));
    for (const text of wanted)
      texts.set(text.kind, await checked(deps, inputs, text, answer, wanted.length));
    kinds = kinds.filter((kind) => (texts.get(kind)?.violations.length ?? 0) > 0);
    if (kinds.length === 0) break;
  }
  return { ...calls, texts };
};

const requestOf = (
  { locale, facts, tone, bannedWords }: CallInputs,
  kinds: readonly ContentKind[],
  wanted: readonly ProposableFact[],
  texts: ReadonlyMap<ContentKind, CheckedText>,
): DraftRequest => {
  const refused = kinds.flatMap((kind) => {
    const violations = texts.get(kind)?.violations ?? [];
    return violations.length === 0 ? [] : [{ kind, violations }];
  });
  return {
    locale,
    kinds,
    wanted,
    facts,
    tone,
    bannedWords,
    ...(refused.length === 0 ? {} : { refused }),
  };
};

/** What was answered, at what it cost. */
type PaidAnswer = DrafterAnswer & { readonly usd: number };

/**
 * A batch may have answered the first request; its price is counted as a whole, before any product is drafted. All
 * others are calls.
 */
const answerTo = async (
  deps: DraftProductDeps,
  inputs: CallInputs,
  asked: DraftRequest,
  attempt: number,
): Promise<PaidAnswer | undefined> => {
  const { model, batch } = deps;
  const { request } = inputs;
  const ready = attempt === 0 ? batch?.answer(request, asked, request.answers ?? []) : undefined;
  return ready === undefined
    ? paidCall(deps, inputs, asked)
    : { ...ready, usd: batchUsd(ready.use, model) };
};

/** `undefined` when the budget has no room for the most that the call can take. */
const paidCall = async (
  { drafter, budget, model }: DraftProductDeps,
  { request: { budget: paidFrom } }: CallInputs,
  asked: DraftRequest,
): Promise<PaidAnswer | undefined> => {
  const most = spendOf(drafter.mostTokens(asked), model);
  if (!(await budget.reserve(paidFrom.name, most, paidFrom.limit))) return undefined;
  try {
    const answer = await drafter.draft(asked);
    const taken = spendOf(answer.use, model);
    await budget.giveBack(paidFrom.name, {
      usd: most.usd - taken.usd,
      tokens: most.tokens - taken.tokens,
    });
    return { ...answer, usd: taken.usd };
  } catch (error) {
    // What broke off may have been charged; what was not let in was not.
    if (error instanceof Error && notLetIn.has(error.name))
      await budget.giveBack(paidFrom.name, most);
    throw error;
  }
};

const notLetIn: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'ServiceUnavailableException',
  'ModelNotReadyException',
  'AccessDeniedException',
  'ValidationException',
]);

const spendOf = (use: TokenUse, model: DraftProductDeps['model']) => ({
  usd: costUsd(use, model),
  tokens: use.inputTokens + use.outputTokens,
});

const withCall = (spent: Spent, { use, usd }: PaidAnswer): Spent => ({
  calls: spent.calls + 1,
  inputTokens: spent.inputTokens + use.inputTokens,
  outputTokens: spent.outputTokens + use.outputTokens,
  usd: spent.usd + usd,
});

const checked = async (
  deps: DraftProductDeps,
  { facts, locale, bannedWords }: CallInputs,
  text: DraftedText,
  { use, usd }: PaidAnswer,
  texts: number,
): Promise<CheckedText> => {
  const tokens = use.inputTokens + use.outputTokens;
  const language = languageOf(locale);
  const { detectLanguage } = deps;
  const { kind, blocks } = text;
  const broken = checkText({ kind, language, blocks, facts, bannedWords, detectLanguage });
  const violations = broken.length > 0 ? broken : await guarded(deps, text, facts);
  return { ...text, violations, usd: usd / texts, tokens: Math.round(tokens / texts) };
};

/** The guardrail is paid by text: it looks at those that our own checks let pass. */
const guarded = async (
  { guardrail }: DraftProductDeps,
  { kind, blocks }: DraftedText,
  facts: readonly CitableFact[],
): Promise<readonly Violation[]> => {
  if (guardrail === undefined) return [];
  const text = blocks.map((block) => block.text).join('\n');
  const objections = await guardrail.check({ text, facts, question: `Write: ${kind}` });
  return objections.map((because) => ({ rule: 'guardrail', because }));
};
