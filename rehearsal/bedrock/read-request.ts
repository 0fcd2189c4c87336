import * as z from 'zod';
import { contentKinds, proposableFacts } from '#core/domain/content/content.ts';

const task = z.object({
  locale: z.string(),
  kinds: z.array(z.enum(contentKinds)),
  propose: z.array(z.enum(proposableFacts)),
  tone: z.string(),
  bannedWords: z.array(z.string()),
});

const facts = z.array(
  z.object({ id: z.string(), type: z.string(), text: z.string(), language: z.string().optional() }),
);

/** What a message asks for, as far as composing goes. */
export type Task = z.output<typeof task>;

/** A fact as it came with the message. */
export type GivenFact = z.output<typeof facts>[number];

export interface AskedDraft {
  readonly task: Task;
  readonly facts: readonly GivenFact[];
}

/**
 * Reads a message as a model would: each part ends at its first closing delimiter, whoever wrote that.
 *
 * @throws when a part is missing or is not the JSON that it has to be, saying which
 */
export const readRequest = (message: string): AskedDraft => ({
  task: partOf(message, 'task', task),
  facts: partOf(message, 'facts', facts),
});

const partOf = <Schema extends z.ZodType>(
  message: string,
  name: string,
  schema: Schema,
): z.output<Schema> => {
  const [, json] = new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(message) ?? [];
  if (json === undefined) throw new Error(`the message has no <${name}>…</${name}>`);
  const parsed = schema.safeParse(jsonOf(json, name));
  if (!parsed.success) throw new Error(`<${name}>: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
};

const jsonOf = (text: string, name: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`<${name}> is no JSON: ${text.slice(0, 60)}`, { cause });
  }
};
