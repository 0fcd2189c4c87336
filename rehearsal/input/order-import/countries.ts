const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl'];

/** Codes that `Intl` names and that are no country. */
const notCountries = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);

/** What files write beside the names that `Intl` knows. */
const aliases: readonly (readonly [string, string])[] = [
  ['uk', 'GB'],
  ['great britain', 'GB'],
  ['england', 'GB'],
  ['scotland', 'GB'],
  ['wales', 'GB'],
  ['northern ireland', 'GB'],
  ['eire', 'IE'],
  ['republic of ireland', 'IE'],
  ['usa', 'US'],
  ['united states of america', 'US'],
  ['uae', 'AE'],
  ['rsa', 'ZA'],
  ['holland', 'NL'],
  ['the netherlands', 'NL'],
  ['czech republic', 'CZ'],
  ['hong kong', 'HK'],
  ['macau', 'MO'],
  ['turkey', 'TR'],
  ['korea', 'KR'],
  ['republic of korea', 'KR'],
  ['russian federation', 'RU'],
  ['viet nam', 'VN'],
  ['ivory coast', 'CI'],
];

const normal = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll('&', ' and ')
    .replaceAll(/[^\p{Letter}]+/gu, ' ')
    .trim()
    .toLowerCase();

const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at));

/** A code that has been replaced (UK, DD) is named as its successor and would hide it. */
const codes = letters
  .flatMap((first) => letters.map((second) => first + second))
  .filter((code) => !notCountries.has(code) && new Intl.Locale(`und-${code}`).region === code);

const namesIn = (language: string): readonly (readonly [string, string])[] => {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  return codes.flatMap((code) => {
    const name = names.of(code);
    return name === undefined ? [] : [[normal(name), code] as const];
  });
};

const byName: ReadonlyMap<string, string> = new Map([...LANGUAGES.flatMap(namesIn), ...aliases]);
const isCode: ReadonlySet<string> = new Set(byName.values());

/** The ISO 3166-1 code of a code or of a country's name in one of {@link LANGUAGES}; `undefined` for any other text. */
export const countryOf = (text: string): string | undefined => {
  const code = text.trim().toUpperCase();
  return isCode.has(code) ? code : byName.get(normal(text));
};
