import { eld } from 'eld/extrasmall';
import type { DetectLanguage } from '../domain/content/checks/language-rule.ts';

/**
 * The language of a text by its n-grams, with the smallest data of the package `eld` (950 KB). Below some 25 letters
 * it guesses.
 */
export const detectLanguage: DetectLanguage = (text) => {
  const found = eld.detect(text);
  return found.language === ''
    ? undefined
    : { language: found.language, isReliable: found.isReliable() };
};
