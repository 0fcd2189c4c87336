import * as z from 'zod';
import { converseInput } from '../../bedrock/converse.ts';

/** Tokens of a text, by rules: a tokenizer belongs to its model, and only the model's service has it. */
const rules = {
  /** Characters a token, as Bedrock's stand-in counts. */
  'characters/4': (text: string) => Math.ceil(text.length / 4),
  /** Bytes of UTF-8 a token, as the plan of a roll-out takes catalogue text in JSON to have. */
  'bytes/3.2': (text: string) => Math.ceil(Buffer.byteLength(text, 'utf8') / 3.2),
} as const;

export type TokenRule = keyof typeof rules;

export const tokenRules = ['characters/4', 'bytes/3.2'] as const satisfies readonly TokenRule[];

/** What calls were given and gave. */
interface Tokens {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export type CountedTokens = Readonly<Record<TokenRule, Tokens>>;

const none: Tokens = { inputTokens: 0, outputTokens: 0 };

export const noTokens: CountedTokens = { 'characters/4': none, 'bytes/3.2': none };

export const plusTokens = (a: CountedTokens, b: CountedTokens): CountedTokens => {
  const sum = (rule: TokenRule): Tokens => ({
    inputTokens: a[rule].inputTokens + b[rule].inputTokens,
    outputTokens: a[rule].outputTokens + b[rule].outputTokens,
  });
  return { 'characters/4': sum('characters/4'), 'bytes/3.2': sum('bytes/3.2') };
};

const answered = z.object({
  stopReason: z.string(),
  output: z.object({
    message: z.object({
      content: z.array(
        z.object({
          text: z.string().optional(),
          toolUse: z.object({ input: z.unknown() }).optional(),
        }),
      ),
    }),
  }),
});

/**
 * Counts a call of Converse: the texts that the model is given (prompt, message, and tool or schema as JSON) and what
 * it wrote. What was cut off had all the tokens that it may have. What a service adds of its own is not known.
 *
 * @throws when these are no request and answer of Converse
 */
export const countTokens = (
  input: Readonly<Record<string, unknown>>,
  answer: unknown,
): CountedTokens => {
  const { system, messages, inferenceConfig } = converseInput.parse(input);
  const { stopReason, output } = answered.parse(answer);
  const given = [
    ...system.map(({ text }) => text),
    ...messages.flatMap(({ content }) => content.map(({ text }) => text)),
    ...[input['toolConfig'], input['outputConfig']].map((part) => JSON.stringify(part) ?? ''),
  ].join('\n');
  const written = output.message.content
    .map(({ text, toolUse }) => text ?? JSON.stringify(toolUse?.input) ?? '')
    .join('\n');
  const isCut = stopReason === 'max_tokens';
  const by = (rule: TokenRule): Tokens => ({
    inputTokens: rules[rule](given),
    outputTokens: isCut ? inferenceConfig.maxTokens : rules[rule](written),
  });
  return { 'characters/4': by('characters/4'), 'bytes/3.2': by('bytes/3.2') };
};
