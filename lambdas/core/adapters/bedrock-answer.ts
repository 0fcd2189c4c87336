import type { DrafterAnswer, TokenUse } from '../ports/content-drafter.ts';
import type { ReadDraft } from './bedrock-drafter.ts';
import { DRAFT_TOOL } from './bedrock-request.ts';

/** What is read of an answer of Converse, of a call or of a record of a batch. */
export interface Answer {
  readonly output?:
    | {
        readonly message?: { readonly content?: readonly AnswerPart[] | undefined } | undefined;
      }
    | undefined;
  readonly stopReason?: string | undefined;
  readonly usage?:
    | {
        readonly inputTokens?: number | undefined;
        readonly outputTokens?: number | undefined;
        readonly cacheReadInputTokens?: number | undefined;
        readonly cacheWriteInputTokens?: number | undefined;
      }
    | undefined;
}

interface AnswerPart {
  readonly text?: string | undefined;
  readonly toolUse?: { readonly name?: string | undefined; readonly input?: unknown } | undefined;
}

type Unusable = Extract<DrafterAnswer, { kind: 'unusable' }>['reason'];

/**
 * What stands for itself, whatever was written until then (API reference, Converse, `stopReason`); `refusal`
 * is Anthropic's own.
 */
const endings: Readonly<Record<string, Unusable>> = {
  max_tokens: 'truncated',
  model_context_window_exceeded: 'truncated',
  content_filtered: 'declined',
  guardrail_intervened: 'declined',
  refusal: 'declined',
  malformed_model_output: 'not-our-schema',
  malformed_tool_use: 'not-our-schema',
};

/** What a model's answer is to us; its tokens count whatever it is. */
export const answerOf = (answer: Answer, read: ReadDraft): DrafterAnswer => {
  const use = useOf(answer);
  const reason = endings[answer.stopReason ?? ''];
  if (reason !== undefined)
    return { kind: 'unusable', reason, because: `the model stopped by ${answer.stopReason}`, use };
  const given = givenBy(answer);
  const draft = given.ok ? read(given.value) : given;
  return draft.ok
    ? { kind: 'draft', draft: draft.draft, use }
    : { kind: 'unusable', reason: 'not-our-schema', because: draft.because, use };
};

/** Tokens that were read from or written to a cache are not among `inputTokens`; they count in full here. */
export const useOf = ({ usage }: Pick<Answer, 'usage'>): TokenUse => ({
  inputTokens:
    (usage?.inputTokens ?? 0) +
    (usage?.cacheReadInputTokens ?? 0) +
    (usage?.cacheWriteInputTokens ?? 0),
  outputTokens: usage?.outputTokens ?? 0,
});

type Given =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly because: string };

/** The input of our tool, or the JSON that the text is. */
const givenBy = ({ output, stopReason }: Answer): Given => {
  const content = output?.message?.content ?? [];
  const use = content.find(({ toolUse }) => toolUse?.name === DRAFT_TOOL)?.toolUse;
  if (use !== undefined) return { ok: true, value: use.input };
  const text = content.map((part) => part.text ?? '').join('');
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return {
      ok: false,
      because: `the model stopped by ${stopReason} with ${text.length} characters that are no JSON, and without using ${DRAFT_TOOL}`,
    };
  }
};
