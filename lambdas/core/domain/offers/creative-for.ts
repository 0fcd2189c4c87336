import { languageOf } from '../messages/locales.ts';
import type { Creative, Offer } from './offer.ts';

/** What an offer says, and in which of its languages. */
export interface LocalCreative {
  readonly locale: string;
  readonly creative: Creative;
}

/**
 * What an offer says to who reads these locales, or undefined when it has nothing in any of their languages.
 *
 * One locale after the other is asked for itself (`de-Latn-AT`), for shorter forms of it (`de-Latn`, `de`)
 * and for another locale of its language (`de-DE`; of several the first in alphabetical order).
 *
 * @param locales the customer's and then the shop's fallbacks; `de_AT` and `DE-at` are understood
 */
export const creativeFor = (
  { creative }: Pick<Offer, 'creative'>,
  locales: readonly string[],
): LocalCreative | undefined => {
  for (const locale of locales) {
    const found = creativeIn(creative, locale);
    if (found !== undefined) return found;
  }
  return undefined;
};

const creativeIn = (creatives: Offer['creative'], wanted: string): LocalCreative | undefined => {
  const exact = Object.hasOwn(creatives, wanted) ? creatives[wanted] : undefined;
  if (exact !== undefined) return { locale: wanted, creative: exact };
  const tag = normalised(wanted);
  const language = languageOf(tag);
  const ofLanguage = Object.keys(creatives).filter((locale) => {
    const other = normalised(locale);
    return other === language || other.startsWith(`${language}-`);
  });
  if (ofLanguage.length === 0) return undefined;
  const shorter = ofLanguage
    .filter((locale) => tag === normalised(locale) || tag.startsWith(`${normalised(locale)}-`))
    .toSorted((a, b) => b.length - a.length);
  const locale = shorter[0] ?? ofLanguage.toSorted()[0];
  const creative = locale === undefined ? undefined : creatives[locale];
  return locale === undefined || creative === undefined ? undefined : { locale, creative };
};

const normalised = (locale: string): string => locale.trim().replaceAll('_', '-').toLowerCase();
