import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { detectLanguage } from '#core/adapters/eld-language.ts';
import { productAttributes } from '#core/contracts/product-facts.ts';
import { checkText, type TextToCheck } from '#core/domain/content/checks/check-text.ts';
import { type CitableFact, citableFacts } from '#core/domain/content/citable-facts.ts';
import { blockStyles, contentKinds, type Violation } from '#core/domain/content/content.ts';

const linesOf = <Schema extends z.ZodType>(name: string, schema: Schema) =>
  readFileSync(new URL(`../../../fixtures/content/${name}.jsonl`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => schema.parse(JSON.parse(line)));

const product = z.strictObject({
  sku: z.string(),
  name: z.string(),
  category: z.string(),
  warrantyMonths: z.int().optional(),
  daysOfSupply: z.int().optional(),
  pairs: z.array(z.strictObject({ sku: z.string(), name: z.string() })).default([]),
  attributes: productAttributes,
});

const text = z.strictObject({
  product: z.string(),
  language: z.string(),
  kind: z.enum(contentKinds),
  blocks: z.array(
    z.strictObject({ style: z.enum(blockStyles), text: z.string(), facts: z.array(z.string()) }),
  ),
});

const badText = text.extend({
  rule: z.string(),
  /** Which block the rule has to name; absent where it is about the whole text. */
  block: z.int().optional(),
  note: z.string(),
});

export type FixtureText = z.output<typeof text>;

export const products = linesOf('products', product);
export const honestTexts = linesOf('honest', text);
export const badTexts = linesOf('bad', badText);

const bannedWords = new Map([
  ['en', ['game changer', 'luxur*']],
  ['de', ['billig*', 'Schnäppchen']],
]);

const cached = new Map<string, readonly CitableFact[]>();

export const factsOf = (sku: string, language: string): readonly CitableFact[] => {
  const key = `${sku} ${language}`;
  const item = products.find((each) => each.sku === sku);
  if (item === undefined) throw new Error(`No product ${sku} in products.jsonl.`);
  const { warrantyMonths, daysOfSupply, pairs } = item;
  const facts =
    cached.get(key) ??
    citableFacts(
      {
        item,
        product: { warrantyMonths, daysOfSupply, pairsWith: pairs.map((pair) => pair.sku) },
        pairs,
      },
      language,
    );
  cached.set(key, facts);
  return facts;
};

export const inputOf = ({ product: sku, language, kind, blocks }: FixtureText): TextToCheck => ({
  kind,
  language,
  blocks,
  facts: factsOf(sku, language),
  bannedWords: bannedWords.get(language) ?? [],
  detectLanguage,
});

export const violationsOf = (given: FixtureText): readonly Violation[] => checkText(inputOf(given));
