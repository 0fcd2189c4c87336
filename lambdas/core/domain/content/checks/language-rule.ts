import { stopWords } from './lexicon/stop-words.ts';
import type { Finding } from './rules.ts';
import { type CheckedLanguage, wordsOf } from './words.ts';

/** What tells a language: ISO 639-1, and whether it is sure. */
export type DetectLanguage = (
  text: string,
) => { readonly language: string; readonly isReliable: boolean } | undefined;

/** Fewer letters tell too little: `Wash at 30 °C` is Danish to a detector. */
const SENTENCE_LETTERS = 25;
/** The share of function words that a sentence of a language has, at the least where it is surely of it. */
const FUNCTION_WORDS = 0.2;

/**
 * Sentences in another language: those that are detected as such and hardly have function words of the one asked for,
 * and those that have more of the other one's.
 */
export const languageFindings = (
  text: string,
  language: CheckedLanguage,
  detect: DetectLanguage,
): readonly Finding[] =>
  text
    .split(/(?<=[.!?])\s+/u)
    .filter((sentence) => (sentence.match(/\p{L}/gu)?.length ?? 0) >= SENTENCE_LETTERS)
    .flatMap((sentence) => {
      const found = detect(sentence);
      const words = wordsOf(sentence, language);
      const share = (of: CheckedLanguage) =>
        words.filter(({ lower }) => stopWords[of].has(lower)).length / Math.max(words.length, 1);
      const own = share(language);
      const other = share(language === 'en' ? 'de' : 'en');
      const isOther =
        other > own + 0.1 ||
        (found !== undefined &&
          found.isReliable &&
          found.language !== language &&
          own < FUNCTION_WORDS);
      return isOther
        ? [{ rule: 'language' as const, because: `"${sentence.slice(0, 60)}" is not ${language}` }]
        : [];
    });
