import * as z from 'zod';
import type { Draft } from '#core/domain/content/content.ts';
import { compose } from './compose.ts';
import { pick } from './frames.ts';
import { misbehave } from './misbehave.ts';
import type { AnswerFault, DraftFault, Strike } from './model-faults.ts';
import { readRequest } from './read-request.ts';

/** What a request to Converse has to say, as far as it is read here. */
export const converseInput = z.object({
  modelId: z.string().min(1),
  messages: z
    .array(
      z.object({
        role: z.literal('user'),
        content: z.array(z.object({ text: z.string().min(1) })).min(1),
      }),
    )
    .length(1),
  system: z.array(z.object({ text: z.string().min(1) })).default([]),
  inferenceConfig: z.object({ maxTokens: z.int().positive() }),
  toolConfig: z
    .object({
      tools: z.array(z.object({ toolSpec: z.object({ name: z.string() }) })).min(1),
      toolChoice: z.object({ tool: z.object({ name: z.string() }) }),
    })
    .refine(
      ({ tools, toolChoice }) =>
        tools.some(({ toolSpec }) => toolSpec.name === toolChoice.tool.name),
      { error: 'the tool of toolChoice is not among tools' },
    )
    .optional(),
  outputConfig: z
    .object({ textFormat: z.object({ type: z.literal('json_schema'), structure: z.unknown() }) })
    .optional(),
  guardrailConfig: z
    .object({ guardrailIdentifier: z.string(), guardrailVersion: z.string() })
    .optional(),
});

export type ConverseInput = z.output<typeof converseInput>;

/** Characters of a token: the rule that this stand-in counts by, an assumption. */
const CHARACTERS_PER_TOKEN = 4;

const tokensOf = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_TOKEN);

interface Written {
  readonly content: readonly unknown[];
  readonly stopReason: string;
  readonly outputTokens: number;
}

export interface Conversed {
  readonly answer: {
    readonly usage: {
      readonly inputTokens: number;
      readonly outputTokens: number;
      readonly totalTokens: number;
    };
  } & Readonly<Record<string, unknown>>;
  /** Faults that struck and found something to spoil. */
  readonly faults: readonly (AnswerFault | DraftFault)[];
}

/**
 * Answers as Converse does (API reference, Converse): a draft composed of the facts in the message, spoiled as
 * `strike` says, by the forced tool or as text in the schema.
 *
 * @throws when the message is not one that can be composed of
 */
export const converse = (input: ConverseInput, { answer, draft, draw }: Strike): Conversed => {
  const asked = readRequest(
    input.messages.flatMap(({ content }) => content.map(({ text }) => text)).join('\n'),
  );
  const faults: (AnswerFault | DraftFault)[] = answer === undefined ? [] : [answer];
  let drafted = compose(asked, draw);
  for (const fault of answer === undefined ? draft : []) {
    const spoiled = misbehave(drafted, fault, { asked, draw });
    if (spoiled !== undefined) faults.push(fault);
    drafted = spoiled ?? drafted;
  }
  const { content, stopReason, outputTokens } = written(drafted, input, answer, draw);
  const inputTokens = tokensOf(JSON.stringify([input.system, input.messages, input.toolConfig]));
  return {
    answer: {
      output: { message: { role: 'assistant', content } },
      stopReason,
      usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
      metrics: { latencyMs: 0 },
    },
    faults,
  };
};

const written = (
  draft: Draft,
  input: ConverseInput,
  fault: AnswerFault | undefined,
  draw: () => number,
): Written => {
  if (fault === 'declined') return { content: [], stopReason: 'content_filtered', outputTokens: 0 };
  const value = fault === 'invalidJson' ? invalid(draft, draw) : draft;
  const json = JSON.stringify(value);
  const { maxTokens } = input.inferenceConfig;
  const isCut = fault === 'truncated' || tokensOf(json) > maxTokens;
  const outputTokens = isCut ? maxTokens : tokensOf(json);
  const tool = input.toolConfig?.toolChoice.tool.name;
  if (tool === undefined) {
    const isBroken = isCut || fault === 'invalidJson';
    const text = isBroken ? json.slice(0, Math.floor(json.length / 2)) : json;
    return { content: [{ text }], stopReason: isCut ? 'max_tokens' : 'end_turn', outputTokens };
  }
  return {
    content: [
      { toolUse: { toolUseId: 'tooluse_rehearsal', name: tool, input: isCut ? {} : value } },
    ],
    stopReason: isCut ? 'max_tokens' : 'tool_use',
    outputTokens,
  };
};

/** Inputs of a tool that models give and no schema has. */
const invalid = (draft: Draft, draw: () => number): unknown =>
  pick<unknown>(
    [
      { draft: 'see above' },
      { texts: JSON.stringify(draft.texts), proposals: draft.proposals },
      [draft],
    ],
    draw,
  );
