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
}

const addressOf = (number: number): string => `customer-${number}@customers.example`;

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
    ['unreachable', 4],
  ] as const);
  return {
    audience,
    isReturning: kind === 'account' && random() < 0.5,
    contact: {
      name,
      ...(kind === 'guest' ? {} : { customerId: `${shop.id}-c${number}` }),
      ...(kind === 'unreachable' ? { phone: '+49 30 5550100' } : { email: addressOf(number) }),
      ...(audience.locale === undefined ? {} : { locale: audience.locale }),
    },
  };
};
