import type { CitableFact } from '../citable-facts.ts';
import type { ContentBlock, ContentKind, Violation } from '../content.ts';
import { conceptFindings, ratingFindings, slotFindings, wordingFindings } from './concept-rules.ts';
import { type DetectLanguage, languageFindings } from './language-rule.ts';
import { numberFindings } from './number-rules.ts';
import { evidenceOf, readText } from './reading.ts';
import type { Finding } from './rules.ts';
import {
  bannedFindings,
  bannedPattern,
  lengthViolations,
  linkFindings,
  markupFindings,
  nameFindings,
  readingFindings,
} from './text-rules.ts';
import { warningViolations } from './warning-rules.ts';
import { type CheckedLanguage, isChecked } from './words.ts';

export interface TextToCheck {
  readonly kind: ContentKind;
  /** ISO 639-1; of one that `checkedLanguages` does not have, every text is refused. */
  readonly language: string;
  readonly blocks: readonly ContentBlock[];
  /** Everything that is stated of the product, in this language as far as it is. */
  readonly facts: readonly CitableFact[];
  /** Whole words without case; one that ends in `*` also as the beginning of a longer one. */
  readonly bannedWords: readonly string[];
  readonly detectLanguage: DetectLanguage;
}

/**
 * What is wrong with a text, by rule and block; nothing where every claim in it that the lexicons can see rests on a
 * fact that its block cites. What a rule cannot tell it refuses. What no rule can see is in docs/content-checks.md.
 */
export const checkText = (input: TextToCheck): readonly Violation[] => {
  const { language, blocks } = input;
  if (!isChecked(language))
    return [{ rule: 'language-unsupported', because: `there are no lexicons for "${language}"` }];
  if (blocks.length === 0) return [{ rule: 'no-blocks', because: 'a text has at least one block' }];
  const banned = input.bannedWords.filter((word) => /[^\s*]/u.test(word)).map(bannedPattern);
  const readings = blocks.map(({ text }) => readText(withoutNames(text, input.facts), language));
  return [
    ...blocks.flatMap((block, at) =>
      findingsOf(block, input, { language, banned }).map(({ rule, because }): Violation => ({
        rule,
        block: at,
        because,
      })),
    ),
    ...lengthViolations(input.kind, blocks),
    ...warningViolations({ ...input, language, readings }),
  ];
};

const findingsOf = (
  { text, facts: cited }: ContentBlock,
  { facts, detectLanguage }: TextToCheck,
  { language, banned }: { readonly language: CheckedLanguage; readonly banned: readonly RegExp[] },
): readonly Finding[] => {
  const stated = facts.filter(({ id }) => cited.includes(id));
  const named = withoutNames(
    text,
    facts.filter(({ id, type }) => type === 'name' || cited.includes(id)),
  );
  const name = facts.find(({ type }) => type === 'name');
  const evidence = evidenceOf(stated, language, name);
  const block = readText(named, language);
  return [
    ...citationFindings(cited, facts),
    ...markupFindings(text),
    ...linkFindings(text),
    ...languageFindings(named, language, detectLanguage),
    ...bannedFindings(text, banned),
    ...numberFindings(block, evidence),
    ...conceptFindings(block, evidence),
    ...ratingFindings(block, evidence),
    ...slotFindings(block, evidence),
    ...wordingFindings(block, evidence),
    ...nameFindings(block, evidence),
    ...readingFindings(block),
  ];
};

const citationFindings = (
  cited: readonly string[],
  facts: readonly CitableFact[],
): readonly Finding[] => [
  ...(cited.length === 0
    ? [{ rule: 'uncited' as const, because: 'a block cites at least one fact' }]
    : []),
  ...cited
    .filter((id) => !facts.some((fact) => fact.id === id))
    .map((id): Finding => ({ rule: 'unknown-fact', because: `"${id}" is no fact of the product` })),
];

const NAME_WORDS = 2;

/**
 * The text with the full names of the product and of those it goes with left blank, in the same length: to name a
 * thing is no claim about it. A name of one word is, for it may be a material.
 */
const withoutNames = (text: string, facts: readonly CitableFact[]): string =>
  facts
    .filter(
      ({ type, text: name }) =>
        (type === 'name' || type === 'pairs-with') && name.split(/\s+/u).length >= NAME_WORDS,
    )
    .reduce((rest, { text: name }) => rest.replaceAll(name, ' '.repeat(name.length)), text);
