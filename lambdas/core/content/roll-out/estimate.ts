import type { ContentModel } from '#core/contracts/content-config.ts';
import { batchUsd, costUsd } from '#core/domain/content/draft-cost.ts';
import type { TokenUse } from '#core/ports/content-drafter.ts';
import type { DraftSpend } from '#core/ports/draft-budget.ts';
import type { ModelEstimate } from './roll-out-plan.ts';
import type { CallLeft } from './work-left.ts';

/**
 * What every call begins with: a prompt of 3,800 bytes and a schema of 2,400 at four bytes a token, and some 500 tokens
 * of the model's own words about tools.
 */
const FIXED_TOKENS = 2_050;

/** The task's JSON around kinds, tone and locale. */
const TASK_TOKENS = 150;

/** Catalogue text in JSON: between prose, of about four bytes a token, and punctuation. */
const BYTES_A_TOKEN = 3.2;

/** Three or four blocks of one or two sentences, with the ids of their facts. */
const TEXT_TOKENS = 230;

/** A value, its evidence and a sentence why. */
const PROPOSAL_TOKENS = 70;

/** What calls are made of, added up: of any number it takes the same memory. */
export interface Work {
  readonly calls: number;
  readonly texts: number;
  readonly proposals: number;
  readonly factBytes: number;
}

export const noWork: Work = { calls: 0, texts: 0, proposals: 0, factBytes: 0 };

export const withCalls = (work: Work, calls: readonly CallLeft[]): Work =>
  calls.reduce(
    (sum, { kinds, wanted, factBytes }) => ({
      calls: sum.calls + 1,
      texts: sum.texts + kinds,
      proposals: sum.proposals + wanted,
      factBytes: sum.factBytes + factBytes,
    }),
    work,
  );

/**
 * About how many tokens and dollars the work takes by each model. Texts that break a rule are asked for once more, which
 * is not counted: the report says what was really taken.
 */
export const estimatesOf = (
  work: Work,
  models: Readonly<Record<string, ContentModel>>,
  inUse: string,
): readonly ModelEstimate[] => {
  const { calls } = work;
  const { inputTokens, outputTokens } = tokensOf(work);
  return Object.entries(models).map(([model, prices]) => ({
    model,
    isInUse: model === inUse,
    calls,
    inputTokens,
    outputTokens,
    tokens: inputTokens + outputTokens,
    usd: costUsd({ inputTokens, outputTokens }, prices),
  }));
};

/** About what the work takes by batch inference. */
export const batchEstimate = (work: Work, model: ContentModel): DraftSpend => {
  const use = tokensOf(work);
  return { usd: batchUsd(use, model), tokens: use.inputTokens + use.outputTokens };
};

const tokensOf = ({ calls, texts, proposals, factBytes }: Work): TokenUse => ({
  inputTokens: Math.round(calls * (FIXED_TOKENS + TASK_TOKENS) + factBytes / BYTES_A_TOKEN),
  outputTokens: texts * TEXT_TOKENS + proposals * PROPOSAL_TOKENS,
});
