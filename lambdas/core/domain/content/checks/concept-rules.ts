import { ratingPattern } from './lexicon/certifications.ts';
import type { Family } from './lexicon/concept.ts';
import { slots, warrantyPattern } from './lexicon/phrases.ts';
import { wordings } from './lexicon/wordings.ts';
import { bearsOut, type Evidence, names, type Reading } from './reading.ts';
import type { CheckRule, Finding } from './rules.ts';
import { isSame } from './quantities.ts';
import { clauseAt } from './clauses.ts';
import { stemOf } from './words.ts';

const ruleOf: Partial<Record<Family, CheckRule>> = {
  material: 'material',
  ingredient: 'ingredient',
  certification: 'certification',
  place: 'compatibility',
  care: 'care-claim',
  origin: 'origin',
};

/** Where the opposite of a fact is a rule of its own. */
const contradicts = new Set<Family>(['place', 'care']);

/** What the lexicons know of: each has to be in a cited fact, in the same sense. */
export const conceptFindings = (block: Reading, evidence: Evidence): readonly Finding[] =>
  block.mentions.flatMap(({ family, id, polarity, start, end }): readonly Finding[] => {
    const rule = ruleOf[family];
    const words = block.text.slice(start, end);
    if (rule === undefined) return [];
    if (!names(evidence, id)) return [{ rule, because: `"${words}" is in no cited fact` }];
    const isTrue =
      bearsOut(evidence, id, polarity) ||
      (family === 'material' &&
        !isWithout(block, start) &&
        polarity !== 'said' &&
        bearsOut(evidence, id, 'said'));
    if (isTrue) return family === 'ingredient' ? traces(block, evidence, { id, start, words }) : [];
    return [
      {
        rule: contradicts.has(family) ? 'contradiction' : rule,
        because: `"${words}" is ${polarity}, and the cited facts have the opposite`,
      },
    ];
  });

/** `Do not soak the wood` says that there is wood; `without plastic` that there is none. */
const isWithout = ({ text, language }: Reading, start: number): boolean =>
  without[language].test(text.slice(Math.max(0, start - 40), start));
const without = {
  en: /\b(?:no|without|free (?:from|of)|instead of|rather than|(?:not|n['’]t) (?:made )?(?:of|from|contain))(?: [\p{L}-]+)?\s$/iu,
  de: /(?<!\p{L})(?:kein\p{L}*|ohne|frei von|statt|nicht aus)(?: [\p{L}-]+)?\s$/iu,
} as const;

const maybe = { en: /\b(?:may|traces?)\b/iu, de: /\b(?:kann|können|spuren)\b/iu } as const;

/** A trace is no ingredient, and an ingredient no trace. */
const traces = (
  block: Reading,
  evidence: Evidence,
  { id, start, words }: { readonly id: string; readonly start: number; readonly words: string },
): readonly Finding[] => {
  const isTrace = (reading: Reading, place: number): boolean => {
    const clause = reading.clauses[clauseAt(reading.clauses, place)];
    return (
      clause !== undefined &&
      maybe[reading.language].test(reading.text.slice(clause.start, clause.end))
    );
  };
  const stated = evidence.facts.flatMap((fact) =>
    fact.mentions
      .filter((mention) => mention.id === id || mention.broader.includes(id))
      .map((mention) => isTrace(fact, mention.start)),
  );
  return stated.length === 0 || stated.includes(isTrace(block, start))
    ? []
    : [{ rule: 'ingredient', because: `"${words}": a trace is not an ingredient` }];
};

/** Ratings such as IP67, letter by letter. */
export const ratingFindings = ({ text }: Reading, evidence: Evidence): readonly Finding[] =>
  Array.from(text.matchAll(ratingPattern), ([rating]) => rating)
    .filter((rating) => !evidence.text.includes(rating.toLowerCase()))
    .map((rating) => ({ rule: 'certification', because: `"${rating}" is in no cited fact` }));

const bounded = (words: string): string => `(?<![\\p{L}\\d])(?:${words})(?![\\p{L}\\d])`;

const slotRules = ['compatibility', 'material', 'ingredient', 'origin'] as const;
const slotPattern = (language: 'en' | 'de') =>
  slotRules.map((rule) => ({
    rule,
    pattern: new RegExp(`${bounded(slots[language][rule])}(?<object>[^.!?;:–—()\\n]*)`, 'giu'),
  }));
const slotPatterns = { en: slotPattern('en'), de: slotPattern('de') } as const;

/** Words after which something else begins. */
const ends = {
  en: /\b(?:for|and is|and it|when|while|so|because|but|which|that)\b/iu,
  de: /\b(?:für|wenn|weil|aber|der|die|das)\b(?= \S+ \S+[.,])/iu,
} as const;

/**
 * What stands after `made of`, `fits`, `contains`: known to the lexicons, or a word of a cited fact. What is neither is
 * refused, for nothing says that it is true.
 */
export const slotFindings = (block: Reading, evidence: Evidence): readonly Finding[] =>
  slotPatterns[block.language].flatMap(({ rule, pattern }) =>
    Array.from(block.text.matchAll(pattern)).flatMap((match): readonly Finding[] => {
      const object =
        (match.groups?.['object'] ?? '').split(/,(?=\s)/u)[0]?.split(ends[block.language])[0] ?? '';
      const from = match.index + match[0].length - (match.groups?.['object'] ?? '').length;
      const to = from + object.length;
      const known = (start: number, end: number) =>
        [...block.mentions, ...block.quantities].some(
          (each) => start >= each.start && end <= each.end,
        );
      const unknown = block.content
        .filter(({ start, end }) => start >= from && end <= to && !known(start, end))
        .find(({ stem }) => !evidence.stems.has(stem));
      return unknown === undefined
        ? []
        : [
            {
              rule,
              because: `"${unknown.lower}" is in no cited fact, after "${match[0].slice(0, from - match.index)}"`,
            },
          ];
    }),
  );

const compiled = (language: 'en' | 'de') =>
  wordings.map(({ rule, isBorneOutByFacts, ...patterns }) => ({
    rule,
    isBorneOutByFacts,
    pattern: new RegExp(
      `(?<![\\p{L}\\d])(?:${patterns[language].join('|')})(?![\\p{L}\\d])`
        .replaceAll('\\w', '[\\p{L}\\d]')
        .replaceAll('\\b', '(?![\\p{L}\\d])'),
      'giu',
    ),
  }));
const wordingPatterns = { en: compiled('en'), de: compiled('de') } as const;

/** Words that no text has, but for those that a cited fact has as well. */
export const wordingFindings = (block: Reading, evidence: Evidence): readonly Finding[] => [
  ...wordingPatterns[block.language].flatMap(({ rule, isBorneOutByFacts, pattern }) =>
    // `matchAll` would make each of these long patterns anew.
    (block.text.match(pattern) ?? [])
      .filter((words) => words.trim() !== '')
      .filter((words) => !(isBorneOutByFacts && isSaid(words, evidence, block)))
      .map((words): Finding => ({ rule, because: `"${words}"` })),
  ),
  ...warrantyFindings(block, evidence),
];

const isSaid = (words: string, evidence: Evidence, { language }: Reading): boolean =>
  evidence.facts.some(({ fact }) => fact.type !== 'description') &&
  words
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .every((word) => evidence.stems.has(stemOf(word, language)));

/** A warranty is as long as its fact says, and not at all where there is none. */
const warrantyFindings = (block: Reading, { facts }: Evidence): readonly Finding[] => {
  const { language, text, quantities } = block;
  if (!warrantyPattern[language].test(text)) return [];
  const stating = facts.filter(
    (fact) => fact.fact.type === 'warranty' || warrantyPattern[fact.language].test(fact.text),
  );
  if (stating.length === 0)
    return [{ rule: 'promise', because: 'no cited fact states a warranty' }];
  return quantities
    .filter(({ unit }) => unit?.dimension === 'months')
    .filter((claim) => !stating.some((fact) => fact.quantities.some((each) => isSame(claim, each))))
    .map(({ text: words }): Finding => ({
      rule: 'promise',
      because: `a warranty of "${words}" is in no cited fact`,
    }));
};
