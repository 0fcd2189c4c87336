import type { CitableFact } from '../citable-facts.ts';
import type { ContentBlock, ContentKind, Violation } from '../content.ts';
import { unitsByName } from './lexicon/units.ts';
import { softeners } from './lexicon/phrases.ts';
import { agree, type Polarity, polarityAt } from './clauses.ts';
import { isSame } from './quantities.ts';
import { readFact, type ReadFact, type Reading } from './reading.ts';
import type { Finding } from './rules.ts';
import type { CheckedLanguage } from './words.ts';

/** Texts that tell someone what to do with a product: they carry its warnings. */
const carriers = new Set<ContentKind>(['usage-guide', 'care', 'troubleshooting']);

/** Of the words of a warning, those that have to be left. */
const LEAST_KEPT = 0.5;

interface Inputs {
  readonly kind: ContentKind;
  readonly language: CheckedLanguage;
  readonly blocks: readonly ContentBlock[];
  readonly readings: readonly Reading[];
  readonly facts: readonly CitableFact[];
}

/** Every warning and allergen is in a warning block that cites it, whole and as strict as it was stated. */
export const warningViolations = ({
  kind,
  language,
  blocks,
  readings,
  facts,
}: Inputs): readonly Violation[] =>
  facts
    .filter(({ type }) => type === 'warning' || type === 'allergens')
    .flatMap((fact): readonly Violation[] => {
      const warning = readFact(fact, language);
      const citing = blocks.flatMap(({ style, facts: cited }, block) => {
        const reading = readings[block];
        return style === 'warning' && cited.includes(fact.id) && reading !== undefined
          ? [{ block, reading, isAlone: cited.length === 1 }]
          : [];
      });
      const opposed = blocks.flatMap(({ style }, block) => {
        const reading = readings[block];
        return style === 'warning' || reading === undefined
          ? []
          : oppositions(reading, warning, block);
      });
      if (citing.length === 0)
        return carriers.has(kind)
          ? [
              { rule: 'warning-dropped', because: `no block of style warning cites ${fact.id}` },
              ...opposed,
            ]
          : opposed;
      const found = citing.map(({ block, reading, isAlone }) =>
        [...lost(warning, reading), ...changed(warning, reading, isAlone)].map(
          ({ rule, because }): Violation => ({ rule, block, because: `${fact.id}: ${because}` }),
        ),
      );
      return [...(found.some((each) => each.length === 0) ? [] : (found[0] ?? [])), ...opposed];
    });

const keptFamilies = new Set(['hazard', 'ingredient', 'place']);

const lost = (warning: ReadFact, block: Reading): readonly Finding[] => {
  const has = new Set(block.mentions.flatMap(({ id, broader }) => [id, ...broader]));
  const concepts = warning.mentions.filter(
    ({ family }) =>
      keptFamilies.has(family) || (family === 'material' && warning.fact.type === 'allergens'),
  );
  const missing = concepts.find(({ id }) => !has.has(id));
  if (missing !== undefined)
    return [dropped(`"${warning.text.slice(missing.start, missing.end)}" is not in it`)];
  const number = warning.quantities.find(
    (each) => !block.quantities.some((own) => isSame(own, each)),
  );
  if (number !== undefined) return [dropped(`"${number.text}" is not in it`)];
  if (warning.language !== block.language)
    return warning.mentions.length === 0
      ? [dropped(`stated in ${warning.language} only, in words that no lexicon knows`)]
      : [];
  const stems = new Set(block.words.map(({ stem }) => stem));
  const kept = warning.content.filter(({ stem }) => stems.has(stem)).length;
  return kept >= LEAST_KEPT * warning.content.length
    ? []
    : [dropped(`${kept} of its ${warning.content.length} words are left`)];
};

const dropped = (because: string): Finding => ({ rule: 'warning-dropped', because });

const softening = (language: CheckedLanguage) =>
  new RegExp(
    `(?<![\\p{L}\\d])(?:${softeners[language].replaceAll('\\w', '[\\p{L}\\d]')})(?![\\p{L}\\d])`,
    'giu',
  );
const soft = { en: softening('en'), de: softening('de') } as const;

/** @param isAlone whether the block keeps no other warning, whose negation it could have */
const changed = (warning: ReadFact, block: Reading, isAlone: boolean): readonly Finding[] => {
  const turned = [...sensesOf(warning)].find(([word, senses]) => {
    const own = sensesOf(block).get(word);
    return own !== undefined && !compatible(senses, own);
  });
  if (turned !== undefined)
    return [
      {
        rule: 'warning-changed',
        because: `a negation was lost or gained at "${turned[0].replace(/^concept /u, '')}"`,
      },
    ];
  const isDenied = (reading: Reading) =>
    reading.clauses.some(({ isDenied: own, deniedFrom }) => own || deniedFrom < Infinity);
  if (isDenied(warning) !== isDenied(block) && (isAlone || isDenied(warning)))
    return [
      {
        rule: 'warning-changed',
        because: isDenied(warning) ? 'its negation is lost' : 'it has a negation more',
      },
    ];
  const stated = new Set(warning.text.toLowerCase().match(soft[warning.language]));
  const softened = block.text
    .toLowerCase()
    .match(soft[block.language])
    ?.find((word) => !stated.has(word));
  return softened === undefined
    ? []
    : [{ rule: 'warning-changed', because: `"${softened}" softens it` }];
};

/** The words and concepts of a text, each with the senses in which it has them. */
const sensesOf = (reading: Reading): ReadonlyMap<string, ReadonlySet<Polarity>> => {
  const senses = new Map<string, Set<Polarity>>();
  const add = (word: string, polarity: Polarity) =>
    senses.set(word, new Set([...(senses.get(word) ?? []), polarity]));
  for (const word of reading.content) add(word.stem, polarityAt(reading, word));
  for (const { id, polarity } of reading.mentions) add(`concept ${id}`, polarity);
  return senses;
};

const compatible = (one: ReadonlySet<Polarity>, other: ReadonlySet<Polarity>): boolean =>
  [...one].some((a) => [...other].some((b) => agree(a, b)));

/** Words that a clause shares with what a warning forbids, from which on it speaks of the same. */
const SAME_MATTER = 2;

/** Clauses outside of warnings that say to do what a warning says not to. */
const oppositions = (reading: Reading, warning: ReadFact, block: number): readonly Violation[] => {
  if (warning.language !== reading.language) return [];
  const forbidden = new Set(
    warning.content
      .filter((word) => polarityAt(warning, word) === 'denied' && !unitsByName.has(word.lower))
      .map(({ stem }) => stem),
  );
  return reading.clauses
    .filter(({ isDenied, deniedFrom }) => !isDenied && deniedFrom === Infinity)
    .filter(({ start, end }) => {
      const shared = new Set(
        reading.content
          .filter((word) => word.start >= start && word.end <= end && forbidden.has(word.stem))
          .map(({ stem }) => stem),
      );
      return shared.size >= SAME_MATTER && shared.size >= forbidden.size / 2;
    })
    .map(({ start, end }) => ({
      rule: 'contradiction',
      block,
      because: `"${reading.text.slice(start, end).trim()}" is what ${warning.fact.id} forbids`,
    }));
};
