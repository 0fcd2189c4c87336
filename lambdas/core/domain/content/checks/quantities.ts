import { articles, fractions, frequencies, numberWords } from './lexicon/number-words.ts';
import { type Unit, unitsByName } from './lexicon/units.ts';
import type { CheckedLanguage } from './words.ts';

/** A number of a text, and what of. */
export interface Quantity {
  readonly value: number;
  readonly unit?: Unit | undefined;
  /** As the text has it. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const escaped = (name: string): string => name.replaceAll(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`);

const unitNames = [...unitsByName.keys()]
  .toSorted((a, b) => b.length - a.length)
  .map(escaped)
  .join('|');
const UNIT_AHEAD = new RegExp(`^[\\s\\u00a0\\u202f-]{0,2}(${unitNames})(?![\\p{L}\\d²³])`, 'iu');
const UNIT_WORD_AHEAD = new RegExp(`^ (${unitNames})(?![\\p{L}\\d²³])`, 'iu');

const wordsAlternation = (language: CheckedLanguage): string =>
  [
    ...numberWords[language].keys(),
    ...articles[language],
    ...frequencies[language].keys(),
    ...(language === 'en'
      ? ['every', 'each', 'per']
      : ['jede', 'jeden', 'jedes', 'pro', 'im', 'alle']),
  ]
    .toSorted((a, b) => b.length - a.length)
    .join('|');

const marks = [...fractions.keys()].join('');
const digits = String.raw`[-−]?\d+(?:[.,’']\d+)*(?:[ ]?[${marks}])?|[${marks}]`;
const patternOf = (language: CheckedLanguage) =>
  new RegExp(
    `(?<![\\p{L}\\d.,])(?:(?<fraction>\\d+[/⁄]\\d+)|(?<digits>${digits})|(?<word>(?:${wordsAlternation(language)})(?:e[nrms]?)?(?![\\p{L}\\d])))`,
    'giu',
  );
const patterns = { en: patternOf('en'), de: patternOf('de') } as const;

/** The units that an article makes one of: `a litre`, but no `bar of soap` and no `second pair`. */
const countedByArticle = new Set([
  'time',
  'months',
  'volume',
  'mass',
  'tablespoon',
  'teaspoon',
  'cup',
  'drop',
]);

/** Between the numbers of `20 × 30 cm`, `2 to 4 minutes`: the unit is said once, for both. */
const JOINT =
  /^[\s\u00a0]*(?:×|x|-|–|—|\/|,|to|bis|and|und|or|oder|by|mal|zu|up|mindestens|höchstens|maximal|at most|\s)+[\s\u00a0]*$/iu;

/** Numbers in digits, words and fractions, with their units; those of a range or list share the last one's. */
export const quantitiesOf = (text: string, language: CheckedLanguage): readonly Quantity[] => {
  const found: Quantity[] = [];
  for (const match of text.matchAll(patterns[language])) {
    const quantity = quantityOf(text, match, language);
    // The article in `half an hour` is no hour more.
    const isTaken = match.index < (found.at(-1)?.end ?? 0);
    if (quantity !== undefined && !isTaken) found.push(quantity);
  }
  return sharedUnits(found, text);
};

const sharedUnits = (found: readonly Quantity[], text: string): readonly Quantity[] =>
  found.reduceRight<readonly Quantity[]>((after, quantity) => {
    const [next] = after;
    const isShared =
      quantity.unit === undefined &&
      next?.unit !== undefined &&
      JOINT.test(text.slice(quantity.end, next.start));
    return [isShared ? { ...quantity, unit: next.unit } : quantity, ...after];
  }, []);

const quantityOf = (
  text: string,
  { 0: matched, index, groups }: RegExpExecArray,
  language: CheckedLanguage,
): Quantity | undefined => {
  const { fraction, word } = groups ?? {};
  const end = index + matched.length;
  if (word !== undefined)
    return spelled(text, { word: word.toLowerCase(), start: index, end }, language);
  const value = fraction === undefined ? numberOf(matched, language) : ratioOf(fraction);
  // Letters right behind digits that are no unit make a name: 3D, 5G.
  const unit = unitAt(text, end, UNIT_AHEAD);
  if (unit === undefined && /^\p{L}/u.test(text.slice(end))) return undefined;
  const to = unit?.end ?? end;
  return { value, unit: unit?.unit, text: text.slice(index, to), start: index, end: to };
};

const ratioOf = (fraction: string): number => {
  const [over, under] = fraction.split(/[/⁄]/u).map(Number);
  return (over ?? 0) / (under ?? 1);
};

const unitAt = (
  text: string,
  from: number,
  pattern: RegExp,
): { readonly unit: Unit; readonly end: number } | undefined => {
  const match = pattern.exec(text.slice(from, from + 40));
  const name = match?.[1];
  if (match === null || name === undefined) return undefined;
  // A single small a is an article, t and n are rests of words.
  if (/^[atnkv]$/u.test(name) && name !== 't') return undefined;
  const unit = unitsByName.get(name.toLowerCase());
  return unit === undefined ? undefined : { unit, end: from + match[0].length };
};

const spelled = (
  text: string,
  { word, start, end }: { readonly word: string; readonly start: number; readonly end: number },
  language: CheckedLanguage,
): Quantity | undefined => {
  const often =
    new Map<string, string>(frequencies[language]).get(word.replace(/e[nrms]?$/u, '')) ??
    new Map<string, string>(frequencies[language]).get(word);
  if (often !== undefined)
    return often === 'fortnight'
      ? { value: 2, unit: unitsByName.get('week'), text: word, start, end }
      : { value: 1, unit: unitsByName.get(often), text: word, start, end };
  const value = numberWords[language].get(word);
  if (value === undefined) return counted(text, { word, start, end });
  const skip = /^ (?:an?|of an?)(?= )/u.exec(text.slice(end))?.[0].length ?? 0;
  const unit = unitAt(text, end + skip, text.startsWith('-', end) ? UNIT_AHEAD : UNIT_WORD_AHEAD);
  const to = unit?.end ?? end;
  return { value, unit: unit?.unit, text: text.slice(start, to), start, end: to };
};

const rates = new Set(['every', 'each', 'per', 'jede', 'jeden', 'jedes', 'pro', 'im', 'alle']);

/** `a litre`, `jede Woche`: one, where such a unit follows. */
const counted = (
  text: string,
  { word, start, end }: { readonly word: string; readonly start: number; readonly end: number },
): Quantity | undefined => {
  const adjective =
    /^ (?:full|whole|good|entire|ganzen?|vollen?|guten?)(?= )/u.exec(text.slice(end))?.[0].length ??
    0;
  const unit = unitAt(text, end + adjective, UNIT_WORD_AHEAD);
  if (unit === undefined || !countedByArticle.has(unit.unit.dimension)) return undefined;
  // `every gram of it` is no amount; `every week` is.
  if (rates.has(word) && !['time', 'months'].includes(unit.unit.dimension)) return undefined;
  // `a second pair` is no time.
  if (unit.unit.id === 's' && word !== 'one' && word !== 'eine') return undefined;
  if (/^ (?:ml|l|g|h|s|t|el|tl)(?!\p{L})/iu.test(text.slice(end))) return undefined;
  return { value: 1, unit: unit.unit, text: text.slice(start, unit.end), start, end: unit.end };
};

/** With marks between the thousands. */
const grouped = {
  en: /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u,
  de: /^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/u,
} as const;

const numberOf = (text: string, language: CheckedLanguage): number => {
  const mark = /[½⅓⅔¼¾⅛⅜⅝⅞⅕]/u.exec(text)?.[0];
  const whole = text
    .replace(/\s?[½⅓⅔¼¾⅛⅜⅝⅞⅕]/u, '')
    .replace('−', '-')
    .replaceAll(/[’']/gu, '');
  const part = mark === undefined ? 0 : (fractions.get(mark) ?? 0);
  if (whole === '') return part;
  const plain = grouped[language].test(whole)
    ? whole.replaceAll(language === 'en' ? ',' : '.', '')
    : whole;
  return Number(plain.replace(',', '.')) + part;
};

const close = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), 1e-9);

const isDegree = (dimension: string | undefined): boolean =>
  ['degree', 'celsius', 'fahrenheit'].some((each) => each === dimension);

/** Whether they say the same amount: 1.5 l is 1500 ml; °C and °F are not compared. */
export const isSame = (claim: Quantity, fact: Quantity): boolean => {
  const [one, other] = [claim.unit?.dimension, fact.unit?.dimension];
  if ([one, other].includes('degree'))
    return [one, other].every(isDegree) && close(claim.value, fact.value);
  // `half of it` may be what a fact has as 50 %.
  const isShare = one === undefined && other === 'share' && claim.value < 1;
  return (one === other || isShare) && close(amountOf(claim), amountOf(fact));
};

/** In the dimension's base unit. */
const amountOf = ({ value, unit }: Quantity): number => value * (unit?.factor ?? 1);
