import type { CitableFact } from '../citable-facts.ts';
import { agree, clauseAt, clausesOf, type Polarity, polarityAt } from './clauses.ts';
import { type Mention, mentionsOf } from './concepts.ts';
import { unitsByName } from './lexicon/units.ts';
import { isSame, type Quantity, quantitiesOf } from './quantities.ts';
import {
  type CheckedLanguage,
  checkedLanguages,
  contentWords,
  isChecked,
  type Word,
  wordsOf,
} from './words.ts';

/** A text as the rules see it. */
export interface Reading {
  readonly text: string;
  readonly language: CheckedLanguage;
  readonly words: readonly Word[];
  readonly content: readonly Word[];
  readonly clauses: ReturnType<typeof clausesOf>;
  readonly mentions: readonly (Mention & { readonly polarity: Polarity })[];
  readonly quantities: readonly Quantity[];
}

export const readText = (given: string, language: CheckedLanguage): Reading => {
  const text = given.normalize('NFC');
  const words = wordsOf(text, language);
  const clauses = clausesOf(text, language);
  const whole = { text, language, clauses };
  return {
    ...whole,
    words,
    content: contentWords(words, language),
    mentions: mentionsOf(words, text, language).map((mention) => ({
      ...mention,
      polarity: mention.isDenied ? 'denied' : polarityAt(whole, mention),
    })),
    quantities: quantitiesOf(text, language),
  };
};

/** A fact as the rules see it. */
export interface ReadFact extends Reading {
  readonly fact: CitableFact;
}

/** Readings of facts that several texts of a product cite: facts are values that do not change. */
const known: Readonly<Record<CheckedLanguage, WeakMap<CitableFact, ReadFact>>> = {
  en: new WeakMap(),
  de: new WeakMap(),
};

/** @param language of the text; a fact without language is read in it, one of no known language as well */
export const readFact = (fact: CitableFact, language: CheckedLanguage): ReadFact => {
  const before = known[language].get(fact);
  if (before !== undefined) return before;
  const own = isChecked(fact.language) ? fact.language : language;
  const reading = readText(fact.text, own);
  const implied = impliedUnits.get(fact.type);
  const read = {
    ...reading,
    fact,
    quantities:
      implied === undefined
        ? reading.quantities
        : reading.quantities.map((each) => ({ ...each, unit: each.unit ?? implied })),
  };
  known[language].set(fact, read);
  return read;
};

const impliedUnits = new Map([
  ['warranty', unitsByName.get('month')],
  ['supply', unitsByName.get('day')],
]);

/** What the facts that a block cites bear out, and the materials that the product's name has. */
export interface Evidence {
  readonly facts: readonly ReadFact[];
  readonly stems: ReadonlySet<string>;
  readonly concepts: ReadonlyMap<string, ReadonlySet<Polarity>>;
  /** All of their text in small letters. */
  readonly text: string;
}

export const evidenceOf = (
  facts: readonly CitableFact[],
  language: CheckedLanguage,
  name?: CitableFact,
): Evidence => {
  const read = facts.map((fact) => readFact(fact, language));
  const concepts = new Map<string, Set<Polarity>>();
  const add = (id: string, polarity: Polarity) =>
    concepts.set(id, new Set([...(concepts.get(id) ?? []), polarity]));
  for (const { mentions, fact } of read) {
    for (const { id, broader, polarity } of mentions)
      for (const each of [id, ...broader]) {
        add(each, polarity);
        for (const [implied, as] of entailed.get(`${each} ${polarity}`) ?? []) add(implied, as);
      }
    if (fact.type === 'age') add('children', 'said');
  }
  // A `Wok` in the name is no claim; what it is made of may be said again.
  for (const { family, id, broader } of name === undefined
    ? []
    : checkedLanguages.flatMap((each) => readFact(name, each).mentions))
    if (family === 'material' || family === 'ingredient')
      for (const each of [id, ...broader]) add(each, 'said');
  return {
    facts: read,
    stems: new Set(
      read
        .filter((each) => each.language === language)
        .flatMap(({ words }) => words.map(({ stem }) => stem)),
    ),
    concepts,
    text: read.map(({ text }) => text.toLowerCase()).join(' \n '),
  };
};

/** What follows of what is stated: what is washed by hand only stays out of machines. */
const entailed: ReadonlyMap<string, readonly (readonly [string, Polarity])[]> = new Map([
  [
    'hand-wash said',
    [
      ['dishwasher', 'denied'],
      ['machine-wash', 'denied'],
    ],
  ],
  ['dishwasher denied', [['hand-wash', 'said']]],
  ['machine-wash denied', [['hand-wash', 'said']]],
]);

/** Whether a fact names the concept; in which sense is another question. */
export const names = ({ concepts }: Evidence, id: string): boolean => concepts.has(id);

/** Whether a fact says of the concept what the text says. */
export const bearsOut = ({ concepts }: Evidence, id: string, polarity: Polarity): boolean =>
  [...(concepts.get(id) ?? [])].some((stated) => agree(stated, polarity));

/** The cited fact that states the amount. */
export const statedAmount = ({ facts }: Evidence, claim: Quantity): Quantity | undefined =>
  facts.flatMap(({ quantities }) => quantities).find((fact) => isSame(claim, fact));

/** The words that stand in one clause with a place. */
export const company = (reading: Reading, place: number): ReadonlySet<string> => {
  const clause = reading.clauses[clauseAt(reading.clauses, place)];
  const inside = ({ start }: { readonly start: number }) =>
    clause !== undefined && start >= clause.start && start < clause.end;
  return new Set([
    ...reading.content.filter(inside).map(({ stem }) => stem),
    ...reading.mentions.filter(inside).map(({ id }) => `concept ${id}`),
  ]);
};
