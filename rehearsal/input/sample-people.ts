import { pick, pickWeighted, type Random } from './draws.ts';
import type { PlacedOrder } from './order-life.ts';
import type { Audience, SampleShop } from './sample-shops.ts';

type SampleContact = PlacedOrder['contact'];

const firstNames = [
  'Jana',
  'Jürgen',
  'Zoë',
  'Łukasz',
  'Siobhán',
  'Ayşe',
  'Matteo',
  'Nguyễn Thị',
  'Olena',
  'Tom',
  'Grace',
  'Renée',
  'Björn',
  'Priya',
  'Sam',
  'Marisol',
];

const lastNames = [
  'Krüger',
  'Müller-Lüdenscheidt',
  'O’Brien',
  'Wójcik',
  'Yılmaz',
  'Bianchi',
  'Minh Khai',
  'Shevchenko',
  'Baker',
  'Åkesson',
  'Dubois',
  'Raman',
  'García',
  'van der Berg',
];

/** Names as they are, each with what it is there to show. */
export const unusualNames = {
  chinese: '李小龍',
  japanese: '山田 花子',
  arabic: 'عمر الفاروق',
  hebrew: 'נועה לוי',
  long: 'Maria Theresia Walburga Amalia Christina Freifräulein von und zu Hohenstein-Oettingen-Wallerstein-Spielberg zu Donaueschingen',
} as const;

export interface SamplePerson {
  readonly contact: SampleContact;
  readonly audience: Audience;
  /** Whether the shop knew them before the first sample order. */
  readonly isReturning: boolean;
  /** Whether they have the shop's app, which takes push messages. */
  readonly hasApp: boolean;
}

/**
 * Numbers that no one has: set aside for films by the Bundesnetzagentur and Ofcom, and 555-01xx in North
 * America. There are few, so that some people share one, as households do.
 */
const phoneOf = ({ country }: Audience, number: number): string => {
  const two = String(number % 100).padStart(2, '0');
  if (country === 'US' || country === 'CA') return `(312) 555-01${two}`;
  return country === 'DE'
    ? `0171 39200${two}`
    : `+44 7700 900${String(number % 1000).padStart(3, '0')}`;
};

const addressOf = (number: number): string => `customer-${number}@customers.example`;

/** Some write their address in capitals. */
const spelling = (address: string, random: Random): string =>
  random() < 0.1 ? address.toUpperCase() : address;

const nameOf = (random: Random): string =>
  random() < 0.05
    ? pick(random, Object.values(unusualNames))
    : `${pick(random, firstNames)} ${pick(random, lastNames)}`;

/** Three kinds of person: one the shop knows or comes to know, a guest, and one without an e-mail. */
export const samplePerson = (shop: SampleShop, number: number, random: Random): SamplePerson => {
  const audience = pickWeighted(random, shop.audiences);
  const name = nameOf(random);
  const kind = pickWeighted(random, [
    ['account', 82],
    ['guest', 14],
    ['no-email', 4],
  ] as const);
  return {
    audience,
    isReturning: kind === 'account' && random() < 0.5,
    hasApp: kind === 'account' && random() < 0.3,
    contact: {
      name,
      ...(kind === 'guest' ? {} : { customerId: `${shop.id}-c${number}` }),
      ...(kind === 'no-email' ? {} : { email: spelling(addressOf(number), random) }),
      ...(kind === 'no-email' || random() < 0.5 ? { phone: phoneOf(audience, number) } : {}),
      ...(audience.locale === undefined ? {} : { locale: audience.locale }),
    },
  };
};
