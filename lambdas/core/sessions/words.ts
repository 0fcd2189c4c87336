import type { SessionWords } from '../contracts/session-api.ts';
import { languageOf } from '../domain/messages/locales.ts';
import type { Survey } from '../domain/orders/order-event.ts';
import { wordsDe } from './words-de.ts';
import { wordsEn } from './words-en.ts';

/** Everything that a confirmation page says itself, in one language. */
export interface PageWords {
  readonly words: Readonly<SessionWords>;
  /** In place of those, where what is accepted becomes an order of its own. */
  readonly confirmedAsNewOrder: string;
  readonly pendingAsNewOrder: string;
  /** Leads to how to use a product. */
  readonly guide: (product: string) => string;
  /** Announce what is asked for later. */
  readonly review: string;
  readonly survey: Readonly<Record<Survey, string>>;
}

const languages: ReadonlyMap<string, PageWords> = new Map([
  ['en', wordsEn],
  ['de', wordsDe],
]);

/** In the first of the locales whose language there are words in, or else in English. */
export const pageWords = (locales: readonly string[]): PageWords =>
  locales.map((locale) => languages.get(languageOf(locale))).find((each) => each !== undefined) ??
  wordsEn;
