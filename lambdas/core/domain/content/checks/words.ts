import { stopWords } from './lexicon/stop-words.ts';

/** Languages that there are lexicons for; a text in any other is refused. */
export const checkedLanguages = ['en', 'de'] as const;

export type CheckedLanguage = (typeof checkedLanguages)[number];

export const isChecked = (language: string | undefined): language is CheckedLanguage =>
  checkedLanguages.some((each) => each === language);

export interface Word {
  readonly lower: string;
  readonly stem: string;
  /** Offsets into the text, the end excluded. */
  readonly start: number;
  readonly end: number;
}

const WORD = /[\p{L}\p{M}\d]+(?:['’]\p{L}+)?/gu;

export const wordsOf = (text: string, language: CheckedLanguage): readonly Word[] =>
  Array.from(text.matchAll(WORD), ({ 0: word, index }) => {
    const lower = word.toLowerCase();
    return { lower, stem: stemOf(lower, language), start: index, end: index + word.length };
  });

/**
 * What is left of a word without its commonest endings, for comparing words of one language with each other. Not
 * a root: `drying` and `dry` meet, `better` and `good` do not.
 */
export const stemOf = (lower: string, language: CheckedLanguage): string =>
  language === 'en' ? englishStem(lower) : germanStem(lower);

const englishStem = (lower: string): string => {
  const word = lower.replace(/['’]s?$/u, '');
  if (word.length < 4) return word.replace(/y$/u, 'i');
  const singular = word
    .replace(/ies$/u, 'y')
    .replace(/(s|x|z|ch|sh)es$/u, '$1')
    .replace(/([^su])s$/u, '$1');
  const bare = singular.length > 5 ? singular.replace(/(?:ing|ied|ed|ly)$/u, '') : singular;
  return bare
    .replace(/([bdgmnprt])\1$/u, '$1')
    .replace(/(?<=..)e$/u, '')
    .replace(/y$/u, 'i');
};

const germanStem = (lower: string): string => {
  const word = lower
    .normalize('NFC')
    .replaceAll('ß', 'ss')
    .replaceAll('ä', 'a')
    .replaceAll('ö', 'o')
    .replaceAll('ü', 'u');
  if (word.length < 5) return word;
  const cut = word.replace(/(?<=.{4})(?:ern|em|er|en|es|e)$/u, '');
  return cut === word ? word.replace(/(?<=.{4})(?<![sua])s$|(?<=(?:er|el))n$/u, '') : cut;
};

/** Words that can carry a claim: no function words, no numbers. */
export const contentWords = (words: readonly Word[], language: CheckedLanguage): readonly Word[] =>
  words.filter(
    ({ lower, stem }) => stem.length > 2 && !/^\d/u.test(lower) && !stopWords[language].has(lower),
  );
