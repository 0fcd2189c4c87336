import { expect, test } from 'vitest';
import { localeFor, messageLocaleFor } from '#core/domain/messages/locales.ts';

test.each([
  ['the locale itself', 'de-DE', 'de-DE'],
  ['another region of its language', 'de-AT', 'de-DE'],
  ['the language alone', 'de', 'de-DE'],
  ['an underscore, as shop systems write it', 'de_CH', 'de-DE'],
  ['any case', 'DE-de', 'de-DE'],
  ['a script between language and region', 'de-Latn-AT', 'de-DE'],
  ['a language that the shop has not', 'fr-FR', 'en-GB'],
  ['no locale at all', '', 'en-GB'],
  ['something that is no locale', '?!', 'en-GB'],
])('%s finds the nearest locale of the shop', (_, preferred, expected) => {
  expect(localeFor(preferred, ['en-GB', 'de-DE'])).toBe(expected);
});

test('a shorter form is nearer than another region', () => {
  expect(localeFor('de-AT', ['de-CH', 'de'])).toBe('de');
});

const languages = ['de', 'en'];

test('a message is in the language and locale that the customer prefers', () => {
  const locale = messageLocaleFor({
    preferred: 'de-AT',
    shopLocales: ['en-GB', 'de-DE'],
    languages,
  });

  expect(locale).toEqual({ language: 'de', locale: 'de-DE' });
});

test('without templates in the language, words and dates both fall back to the shop’s', () => {
  const locale = messageLocaleFor({
    preferred: 'fr-FR',
    shopLocales: ['de-DE', 'fr-FR'],
    languages,
  });

  expect(locale).toEqual({ language: 'de', locale: 'de-DE' });
});

test('a shop without any language that has templates writes English', () => {
  const locale = messageLocaleFor({ preferred: 'fr-FR', shopLocales: ['fr-FR'], languages });

  expect(locale).toEqual({ language: 'en', locale: 'en' });
});

test('no template at all is refused', () => {
  const wishes = { preferred: undefined, shopLocales: ['de-DE'], languages: [] };

  expect(() => messageLocaleFor(wishes)).toThrow('no template in de-DE');
});
