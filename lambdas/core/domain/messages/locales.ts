/** What a message is written in: the language of its templates, and the locale of its dates and amounts. */
export interface MessageLocale {
  readonly language: string;
  readonly locale: string;
}

interface LocaleWishes {
  /** What the customer said, in whatever form the shop system keeps it. */
  readonly preferred: string | undefined;
  /** The shop's locales; the first is its fallback. */
  readonly shopLocales: readonly string[];
  /** Languages that the touch has templates for. */
  readonly languages: readonly string[];
}

const lastResort = 'en';

/**
 * The available locale nearest to the preferred one: itself, or a shorter form of it (`de-AT` → `de`),
 * or one of its language, or the first.
 */
export const localeFor = (preferred: string | undefined, available: readonly string[]): string => {
  const chain = shorterForms(preferred ?? '');
  const exact = chain
    .map((form) => available.find((each) => each.toLowerCase() === form.toLowerCase()))
    .find((each) => each !== undefined);
  const related = available.find((each) => languageOf(each) === languageOf(chain[0] ?? ''));
  return exact ?? related ?? available[0] ?? lastResort;
};

/**
 * The language and locale of one message. A locale without templates gives way to the shop's
 * fallback and then to English, dates and amounts along with the words: a French date in an English
 * sentence helps nobody.
 */
export const messageLocaleFor = ({
  preferred,
  shopLocales,
  languages,
}: LocaleWishes): MessageLocale => {
  const wanted = localeFor(preferred, shopLocales);
  const locale = [wanted, ...shopLocales.slice(0, 1), lastResort].find((each) =>
    languages.includes(languageOf(each)),
  );
  if (locale === undefined) throw new Error(`no template in ${wanted}, ${shopLocales[0]} or en`);
  return { language: languageOf(locale), locale };
};

export const languageOf = (locale: string): string => (locale.split('-')[0] ?? '').toLowerCase();

/** `de-Latn-AT` → `de-Latn-AT`, `de-Latn`, `de`. Shop systems also write `de_AT`. */
const shorterForms = (tag: string): readonly string[] => {
  const parts = tag.trim().replaceAll('_', '-').split('-');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
};
