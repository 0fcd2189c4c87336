import { careActs, heats } from './lexicon/care.ts';
import { certifications } from './lexicon/certifications.ts';
import type { ConceptRow, Family } from './lexicon/concept.ts';
import { hazards } from './lexicon/hazards.ts';
import { ingredients } from './lexicon/ingredients.ts';
import { diluters, materials } from './lexicon/materials.ts';
import { origins } from './lexicon/origins.ts';
import { places } from './lexicon/places.ts';
import { stopWords } from './lexicon/stop-words.ts';
import { type CheckedLanguage, checkedLanguages, stemOf, type Word, wordsOf } from './words.ts';

interface Concept {
  readonly id: string;
  readonly family: Family;
  readonly broader: readonly string[];
}

interface Form {
  readonly stems: readonly string[];
  readonly concept: Concept;
}

/** A concept that a text names. */
export interface Mention extends Concept {
  readonly start: number;
  readonly end: number;
  /** The words of it in the text. */
  readonly words: readonly Word[];
  /** By the rest of a compound, as in `glutenfrei`. */
  readonly isDenied: boolean;
}

const lexicons: Readonly<Record<Family, readonly ConceptRow[]>> = {
  material: materials,
  ingredient: ingredients,
  certification: certifications,
  place: places,
  care: careActs,
  heat: heats,
  origin: origins,
  hazard: hazards,
};

/** Families that may name with the same words what another names: a hazard is no claim. */
const layers: readonly (readonly Family[])[] = [
  ['material', 'ingredient', 'certification', 'place', 'care', 'origin'],
  ['heat'],
  ['hazard'],
];

type Index = ReadonlyMap<string, readonly Form[]>;

/** Forms of one word without their endings cut: what German compounds begin with. */
type Parts = ReadonlyMap<string, Concept>;

const indexOf = (families: readonly Family[], language: CheckedLanguage): Index => {
  const index = new Map<string, Form[]>();
  for (const family of families)
    for (const [id, english, german, broader] of lexicons[family]) {
      const concept = { id, family, broader: broader?.split(' ') ?? [] };
      for (const form of (language === 'en' ? english : german).split('|')) {
        const stems = wordsOf(form, language).map(({ stem }) => stem);
        const [first = ''] = stems;
        index.set(first, [...(index.get(first) ?? []), { stems, concept }]);
      }
    }
  for (const [first, forms] of index)
    index.set(
      first,
      forms.toSorted((a, b) => b.stems.length - a.stems.length),
    );
  return index;
};

const folded = (word: string): string =>
  word
    .toLowerCase()
    .normalize('NFC')
    .replaceAll('ß', 'ss')
    .replaceAll('ä', 'a')
    .replaceAll('ö', 'o')
    .replaceAll('ü', 'u');

const partsOf = (families: readonly Family[]): Parts =>
  new Map(
    families.flatMap((family) =>
      lexicons[family].flatMap(([id, , german, broader]) =>
        german
          .split('|')
          .filter((form) => !/[\s-]/u.test(form))
          .flatMap((form) => [folded(form), stemOf(form.toLowerCase(), 'de')])
          .map((part): [string, Concept] => [
            part,
            { id, family, broader: broader?.split(' ') ?? [] },
          ]),
      ),
    ),
  );

const parts = layers.map(partsOf);

const indexes = Object.fromEntries(
  checkedLanguages.map((language) => [language, layers.map((layer) => indexOf(layer, language))]),
);

const diluterStems: Readonly<Record<CheckedLanguage, ReadonlySet<string>>> = {
  en: new Set(diluters.en.split('|').map((word) => stemOf(word, 'en'))),
  de: new Set(diluters.de.split('|').map((word) => stemOf(word, 'de'))),
};

/** Everything that the lexicons know of the text, the longest form first: `carbon steel` is not `steel`. */
export const mentionsOf = (
  words: readonly Word[],
  text: string,
  language: CheckedLanguage,
): readonly Mention[] =>
  (indexes[language] ?? []).flatMap((index, layer) =>
    mentionsIn(
      { index, parts: language === 'de' ? parts[layer] : undefined },
      words,
      text,
      language,
    ),
  );

const mentionsIn = (
  lexicon: { readonly index: Index; readonly parts: Parts | undefined },
  words: readonly Word[],
  text: string,
  language: CheckedLanguage,
): readonly Mention[] => {
  const mentions: Mention[] = [];
  for (let at = 0; at < words.length;) {
    const found =
      formAt(lexicon.index, words, at, language) ?? compoundOf(words[at], lexicon.parts);
    if (found === undefined) {
      at += 1;
      continue;
    }
    const taken = words.slice(at, at + found.length);
    const { concept, rest } = found;
    const isDiluted =
      concept.family === 'material' &&
      dilutes({ words, at, length: found.length, rest, text }, language);
    mentions.push({
      ...concept,
      ...(isDiluted ? { id: `diluted:${concept.id}`, broader: [] } : {}),
      start: taken[0]?.start ?? 0,
      end: taken.at(-1)?.end ?? 0,
      words: taken,
      isDenied: rest.startsWith('frei'),
    });
    at += found.length;
  }
  return mentions;
};

interface Found {
  readonly concept: Concept;
  /** In words. */
  readonly length: number;
  /** Of a compound, what the concept leaves. */
  readonly rest: string;
}

/** Words that only by their stems look like one of a lexicon: to dry is no dryer. */
const homographs = new Set(['trocknen', 'trocknet', 'trockne', 'seid', 'wollen']);

const formAt = (
  index: Index,
  words: readonly Word[],
  at: number,
  language: CheckedLanguage,
): Found | undefined => {
  const word = words[at];
  const forms = word === undefined ? undefined : index.get(word.stem);
  if (word === undefined || forms === undefined) return undefined;
  const form = forms.find(({ stems }) => stems.every((stem, k) => words[at + k]?.stem === stem));
  if (form === undefined) return undefined;
  if (
    form.stems.length === 1 &&
    (stopWords[language].has(word.lower) || homographs.has(word.lower))
  )
    return undefined;
  return { concept: form.concept, length: form.stems.length, rest: '' };
};

/** The shortest part of a German compound that counts, but for some words that make many. */
const COMPOUND_LETTERS = 5;
const shortParts = new Set(
  'holz glas gold kork eich bio gas jute zink fell lack ofen nuss soja zinn lein'.split(' '),
);
const noCompounds =
  /^(?:glasi|glasur|lackier|steinzeug|reise|oft|offen|feuerzeug|holzkohle|gaste)/u;
const counts = (part: string): boolean => part.length >= COMPOUND_LETTERS || shortParts.has(part);

/** What compounds end with that are still of it. */
const tails =
  /(?:holz|glas|stahl|leder|wolle|seide|papier|harz|metall|kunststoff|schaumstoff|leinen|samt|wachs|keramik|furnier|beton|kork|gummi|schokolade|zucker|milch|allergie)$/u;

/** German writes compounds in one word: `Edelstahlgriff`, `Eichenfurnier`. */
const compoundOf = (word: Word | undefined, known: Parts | undefined): Found | undefined => {
  if (word === undefined || known === undefined || word.lower.length < 7) return undefined;
  const whole = folded(word.lower);
  if (noCompounds.test(whole) || homographs.has(word.lower)) return undefined;
  for (let length = whole.length - 2; length >= 3; length -= 1) {
    const part = whole.slice(0, length);
    const concept = counts(part) ? known.get(part) : undefined;
    if (concept !== undefined) return { concept, length: 1, rest: whole.slice(length) };
  }
  const tail = tails.exec(whole)?.[0];
  const concept = tail === undefined ? undefined : known.get(tail);
  return concept === undefined ? undefined : { concept, length: 1, rest: '' };
};

const dilutes = (
  {
    words,
    at,
    length,
    rest,
    text,
  }: {
    readonly words: readonly Word[];
    readonly at: number;
    readonly length: number;
    readonly rest: string;
    readonly text: string;
  },
  language: CheckedLanguage,
): boolean => {
  const stems = diluterStems[language];
  if (rest !== '') {
    const part = rest.replace(/^(?:en|n|s)(?=\p{L}{4})/u, '');
    return stems.has(stemOf(rest, language)) || stems.has(stemOf(part, language));
  }
  const first = words[at];
  const last = words[at + length - 1];
  const before = words[at - 1];
  const after = words[at + length];
  const touches = (from: number | undefined, to: number | undefined) =>
    from !== undefined && to !== undefined && /^[\s-]{1,2}$/u.test(text.slice(from, to));
  return (
    (before !== undefined && stems.has(before.stem) && touches(before.end, first?.start)) ||
    (after !== undefined && stems.has(after.stem) && touches(last?.end, after.start))
  );
};
