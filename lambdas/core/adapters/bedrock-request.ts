import type { DraftRequest } from '../ports/content-drafter.ts';

/** The tool that a model is made to use: its input is the draft. */
export const DRAFT_TOOL = 'give_draft';

export const DRAFT_PURPOSE = 'Gives the texts and proposals for one product.';

/**
 * What is to be done, and the facts, each as JSON between delimiters of its own. No text within can close
 * them: `<` and `>` are escaped, and so is `&`.
 */
export const messageParts = (request: DraftRequest): readonly [task: string, facts: string] => [
  delimited('task', taskOf(request)),
  delimited('facts', request.facts.map(factOf)),
];

const taskOf = ({ locale, kinds, wanted, tone, bannedWords, refused }: DraftRequest) => ({
  locale,
  kinds,
  propose: wanted,
  tone,
  bannedWords,
  ...(refused === undefined || refused.length === 0 ? {} : { refused }),
});

const factOf = ({ id, type, text, language }: DraftRequest['facts'][number]) => ({
  id,
  type,
  text,
  ...(language === undefined ? {} : { language }),
});

const delimited = (name: string, value: unknown): string =>
  `<${name}>\n${escaped(JSON.stringify(value))}\n</${name}>`;

/** JSON has these characters within strings only, where the escapes mean the same. */
const escaped = (json: string): string =>
  json.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026');

/** What a model's own words about tools add to a request, generously: Anthropic names some 300 to 700 tokens. */
const TOOL_TOKENS = 1_000;

/**
 * More tokens than a request has. Tokenizers make one of about four bytes of English and three of German prose; the
 * punctuation, ids and digits of JSON take more, down to one for a byte, but are fewer than half of the bytes of a
 * request. So two bytes a token is an upper bound for texts in Latin script.
 */
export const mostInputTokens = (texts: readonly string[]): number =>
  TOOL_TOKENS +
  Math.ceil(texts.reduce((bytes, text) => bytes + Buffer.byteLength(text, 'utf8'), 0) / 2);
