/** Numbers in words. `one` and `ein` are articles as well and count only before a unit. */
const english: Readonly<Record<string, number>> = {
  zero: 0,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
  thousand: 1000,
  dozen: 12,
  half: 0.5,
  third: 1 / 3,
  quarter: 0.25,
  twice: 2,
  thrice: 3,
  double: 2,
  triple: 3,
};

const germanUnits: readonly (readonly [string, number])[] = [
  ['ein', 1],
  ['zwei', 2],
  ['drei', 3],
  ['vier', 4],
  ['fünf', 5],
  ['sechs', 6],
  ['sieben', 7],
  ['acht', 8],
  ['neun', 9],
];
const germanTens: readonly (readonly [string, number])[] = [
  ['zwanzig', 20],
  ['dreißig', 30],
  ['vierzig', 40],
  ['fünfzig', 50],
  ['sechzig', 60],
  ['siebzig', 70],
  ['achtzig', 80],
  ['neunzig', 90],
];

const german: readonly (readonly [string, number])[] = [
  ['null', 0],
  ['zwei', 2],
  ['zwo', 2],
  ['drei', 3],
  ['vier', 4],
  ['fünf', 5],
  ['sechs', 6],
  ['sieben', 7],
  ['acht', 8],
  ['neun', 9],
  ['zehn', 10],
  ['elf', 11],
  ['zwölf', 12],
  ['dreizehn', 13],
  ['vierzehn', 14],
  ['fünfzehn', 15],
  ['sechzehn', 16],
  ['siebzehn', 17],
  ['achtzehn', 18],
  ['neunzehn', 19],
  ['hundert', 100],
  ['tausend', 1000],
  ['einhundert', 100],
  ['zweihundert', 200],
  ['dreihundert', 300],
  ['vierhundert', 400],
  ['fünfhundert', 500],
  ['zweitausend', 2000],
  ['dutzend', 12],
  ['halb', 0.5],
  ['halbe', 0.5],
  ['halben', 0.5],
  ['halber', 0.5],
  ['halbes', 0.5],
  ['hälfte', 0.5],
  ['drittel', 1 / 3],
  ['viertel', 0.25],
  ['dreiviertel', 0.75],
  ['eineinhalb', 1.5],
  ['anderthalb', 1.5],
  ['zweieinhalb', 2.5],
  ['dreieinhalb', 3.5],
  ['doppelt', 2],
  ['doppelte', 2],
  ['doppelten', 2],
  ['zweimal', 2],
  ['dreimal', 3],
  ['viermal', 4],
  ['fünfmal', 5],
  ['zehnmal', 10],
  ['zweifach', 2],
  ['dreifach', 3],
  ['vierfach', 4],
  ...germanTens,
  ...germanTens.flatMap(([ten, tens]) =>
    germanUnits.map(([unit, units]): readonly [string, number] => [
      `${unit}und${ten}`,
      tens + units,
    ]),
  ),
];

const englishTens = Object.entries(english).filter(([, value]) => value >= 20 && value < 100);
const englishUnits = Object.entries({ one: 1, ...english }).filter(
  ([, value]) => value >= 1 && value < 10 && Number.isInteger(value),
);

export const numberWords = {
  en: new Map<string, number>([
    ...Object.entries(english),
    ...englishTens.flatMap(([ten, tens]) =>
      englishUnits.map(([unit, units]): [string, number] => [`${ten}-${unit}`, tens + units]),
    ),
  ]),
  de: new Map<string, number>(german),
} as const;

/** One, where a unit follows. */
export const articles = {
  en: new Set(['a', 'an', 'one']),
  de: new Set(['ein', 'eine', 'einen', 'einem', 'einer', 'eines']),
} as const;

/** How often, in one word: the unit of which it is once. */
export const frequencies = {
  en: new Map([
    ['hourly', 'hour'],
    ['daily', 'day'],
    ['weekly', 'week'],
    ['monthly', 'month'],
    ['yearly', 'year'],
    ['annually', 'year'],
    ['fortnightly', 'fortnight'],
  ]),
  de: new Map([
    ['stündlich', 'stunde'],
    ['täglich', 'tag'],
    ['wöchentlich', 'woche'],
    ['monatlich', 'monat'],
    ['jährlich', 'jahr'],
  ]),
} as const;

/** Of vulgar fractions. */
export const fractions: ReadonlyMap<string, number> = new Map([
  ['½', 1 / 2],
  ['⅓', 1 / 3],
  ['⅔', 2 / 3],
  ['¼', 1 / 4],
  ['¾', 3 / 4],
  ['⅛', 1 / 8],
  ['⅜', 3 / 8],
  ['⅝', 5 / 8],
  ['⅞', 7 / 8],
  ['⅕', 1 / 5],
]);
