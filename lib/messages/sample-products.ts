import type { Product } from '#core/domain/catalogue/product.ts';
import type { PlacedLine } from '#core/domain/orders/order-event.ts';

const page = (name: string): string => `https://www.hearth.example/products/${name}`;

/** What is said of the sample lines' products, by line; of one guide the shop does not vouch for the host. */
const factsOf: ReadonlyMap<string, Partial<Product>> = new Map([
  [
    'mill',
    {
      url: page('mill'),
      guideUrl: 'https://www.hearth.example/guides/mill',
      returnableDays: 30,
      warrantyMonths: 24,
    },
  ],
  ['tin', { url: page('tin'), returnableDays: 30 }],
  ['apron', { returnableDays: 14 }],
  ['oven', { url: page('oven'), guideUrl: 'https://evil.example/guide', returnableDays: 30 }],
  ['bowl', { url: page('bowl'), returnableDays: 30 }],
  ['flour', { url: page('flour'), returnableDays: 30, daysOfSupply: 30, subscribable: true }],
  ['course', { guideUrl: 'https://access.hearth.example/courses/first-steps', reportsUse: true }],
]);

const offer = (name: string, title: string, amountMinor: number): Product => ({
  sku: `SKU-${name}`,
  name: title,
  category: 'Kitchen',
  imageUrl: `https://static.hearth.example/products/${name}.jpg`,
  price: { amountMinor, currency: 'EUR' },
  url: page(name),
});

/** What may be suggested: in full, with nothing but a name, and on a page that is not the shop's. */
const offered: readonly Product[] = [
  offer('stone-mill', 'Stone grain mill, ash', 34900),
  offer('basket', 'Proving basket, rattan', 1990),
  { sku: 'SKU-scraper', name: 'Dough scraper, steel' },
  { ...offer('peel', 'Bread peel, maple', 4250), url: 'https://evil.example/peel' },
];

/** The products of these lines, and those that may be suggested. */
export const sampleProducts = (
  lines: readonly PlacedLine[],
  everyOffer: Partial<Product> = {},
): readonly Product[] => [
  ...lines.map(({ lineId, sku, name = sku }) => ({
    ...(factsOf.get(lineId) ?? { returnableDays: 30 }),
    sku,
    name,
  })),
  ...offered.map((product) => ({ ...product, ...everyOffer })),
];
