import * as z from 'zod';
import {
  blockStyles,
  contentKinds,
  type Draft,
  type DraftedText,
  type FactProposal,
  proposableFacts,
  type Violation,
} from '../domain/content/content.ts';

const block = z.strictObject({
  style: z
    .enum(blockStyles)
    .describe(
      'step for one act in order, warning for a safety warning or allergens, else paragraph',
    ),
  text: z
    .string()
    .max(2000)
    .describe(
      'A few plain sentences: no markup, links or emoji; no claim that the cited facts do not state',
    ),
  facts: z
    .array(z.string().max(200))
    .max(30)
    .describe('Ids of the facts that this text rests on, at least one'),
});

const text = z.strictObject({
  kind: z.enum(contentKinds).describe('What the text is for; each kind that was asked for, once'),
  blocks: z.array(block).max(30).describe('In the order in which they are read'),
});

const proposal = z.strictObject({
  fact: z.enum(proposableFacts).describe('Which of the wanted facts'),
  value: z
    .union([z.string().max(100), z.number()])
    .describe('One of the words that the fact can have; for daysOfSupply the number of days'),
  evidence: z
    .array(z.string().max(200))
    .max(30)
    .describe('Ids of the facts that show it, at least one'),
  confidence: z.number().describe('How sure, from 0 to 1'),
  because: z.string().max(1000).describe('One plain sentence on how the evidence shows it'),
});

/** What a model is to answer with, its whole: the input of the tool that it is made to call. */
export const draftSchema = z.strictObject({
  texts: z.array(text).max(20).describe('The texts, one for each kind that was asked for'),
  proposals: z
    .array(proposal)
    .max(20)
    .describe('Wanted facts that the evidence shows; none where it does not'),
});

const plainKeywords = new Set([
  'type',
  'properties',
  'required',
  'enum',
  'items',
  'description',
  'maxLength',
  'maxItems',
  'anyOf',
  'additionalProperties',
]);

/** JSON Schema with only the keywords that tools of Bedrock take from every model. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => plainKeywords.has(key))
      .map(([key, each]) => [
        key,
        key === 'properties' && typeof each === 'object'
          ? Object.fromEntries(
              Object.entries(each).map(([name, property]) => [name, plain(property)]),
            )
          : plain(each),
      ]),
  );
};

/** For `toolSpec.inputSchema.json`. */
export const draftJsonSchema = plain(z.toJSONSchema(draftSchema, { target: 'draft-07' }));

const outer = z.strictObject({
  texts: z.array(z.unknown()),
  proposals: z.array(z.unknown()).default([]),
});
const kindOf = z.object({ kind: z.enum(contentKinds) });

/** A text or proposal of an answer that is not of the form that was asked for. */
export interface UnreadPart {
  /** Of a text whose kind can still be told. */
  readonly kind?: DraftedText['kind'] | undefined;
  readonly violation: Violation;
}

export type DraftReading =
  | {
      readonly ok: true;
      /** What could be read. */
      readonly draft: Draft;
      /** What could not, each with the rule `schema`. */
      readonly unread: readonly UnreadPart[];
    }
  | { readonly ok: false; readonly because: string };

/**
 * An answer, text by text: one that does not fit loses itself and no other. Of two texts of one kind the first
 * counts. Not `ok` is an answer that has no `texts`, or anything beside texts and proposals.
 */
export const readDraft = (value: unknown): DraftReading => {
  const read = outer.safeParse(value);
  if (!read.success) return { ok: false, because: z.prettifyError(read.error) };
  const texts: DraftedText[] = [];
  const proposals: FactProposal[] = [];
  const unread: UnreadPart[] = [];
  for (const given of read.data.texts) {
    const one = text.safeParse(given);
    const kind = kindOf.safeParse(given).data?.kind;
    if (!one.success) unread.push({ kind, violation: schemaViolation(z.prettifyError(one.error)) });
    else if (texts.some((each) => each.kind === one.data.kind))
      unread.push({ kind, violation: schemaViolation(`a second text of kind ${one.data.kind}`) });
    else texts.push(one.data);
  }
  for (const given of read.data.proposals) {
    const one = proposal.safeParse(given);
    if (one.success) proposals.push(one.data);
    else unread.push({ violation: schemaViolation(z.prettifyError(one.error)) });
  }
  return { ok: true, draft: { texts, proposals }, unread };
};

const schemaViolation = (because: string): Violation => ({ rule: 'schema', because });
