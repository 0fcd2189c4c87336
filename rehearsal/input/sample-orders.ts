import { seededRandom } from '#rehearsal/random.ts';
import { between, pick, pickWeighted, type Random, wholeBetween } from './draws.ts';
import { DAY_MS, HOUR_MS } from './duration.ts';
import { instantMs } from './local-time.ts';
import type { PlacedOrder } from './order-life.ts';
import { type PricedProduct, sampleCatalogue } from './sample-catalogue.ts';
import { line, type SampleLine, sampleOrder, withFacts } from './sample-order.ts';
import { type SamplePerson, samplePerson } from './sample-people.ts';
import { SAMPLE_START, type SampleShop } from './sample-shops.ts';

const SAMPLE_DAYS = 14;

/** Orders a shop and day, from Sunday on: most at the weekend's end and the week's beginning. */
const ordersByWeekday = [10, 9, 8, 8, 7, 7, 8];

/** Weight of each hour in the shop's own time: none at night, a bump at noon, the most in the evening. */
const hourWeights = [1, 0, 0, 0, 0, 1, 2, 4, 5, 6, 6, 7, 8, 7, 6, 6, 6, 7, 9, 11, 13, 12, 8, 3].map(
  (weight, hour) => [hour, weight] as const,
);

const PEOPLE_A_SHOP = 90;

/** Assumptions, high enough that two weeks show each. */
const shares = { gift: 0.06, review: 0.03, backordered: 0.04, discounted: 0.1, named: 0.5 };

const firstNumber: ReadonlyMap<string, number> = new Map([
  ['hearth', 20_401],
  ['northside', 70_115],
]);

/** Whom the shop sells to; the same for one seed whoever asks. */
export const peopleOf = (shop: SampleShop, seed: string): readonly SamplePerson[] =>
  Array.from({ length: PEOPLE_A_SHOP }, (_, at) =>
    samplePerson(shop, at + 1, seededRandom(JSON.stringify([seed, shop.id, 'person', at]))),
  );

/** Two weeks of a shop's ordinary orders, in order of time. */
export const sampleOrders = (shop: SampleShop, seed: string): readonly PlacedOrder[] => {
  const people = peopleOf(shop, seed);
  const times = Array.from({ length: SAMPLE_DAYS }, (_, day) => timesOf(shop, seed, day)).flat();
  return times.map((placedMs, at) => {
    const orderId = String((firstNumber.get(shop.id) ?? 1) + at);
    const random = seededRandom(JSON.stringify([seed, shop.id, 'order', orderId]));
    return drawn({ shop, orderId, placedMs, person: pick(random, people), random });
  });
};

const timesOf = (shop: SampleShop, seed: string, day: number): readonly number[] => {
  const random = seededRandom(JSON.stringify([seed, shop.id, 'day', day]));
  const wallMidnight = Date.parse(SAMPLE_START) + day * DAY_MS;
  const usual = ordersByWeekday[new Date(wallMidnight).getUTCDay()] ?? 0;
  return Array.from({ length: wholeBetween(random, usual - 1, usual + 2) }, () => {
    const hour = pickWeighted(random, hourWeights);
    const wall = wallMidnight + (hour + random()) * HOUR_MS;
    return Math.round(instantMs(Math.round(wall), shop.timeZone));
  }).toSorted((a, b) => a - b);
};

interface Draw {
  readonly shop: SampleShop;
  readonly orderId: string;
  readonly placedMs: number;
  readonly person: SamplePerson;
  readonly random: Random;
}

const drawn = ({ shop, orderId, placedMs, person, random }: Draw): PlacedOrder => {
  const basket = basketOf(shop, random);
  const lines = random() < shares.backordered ? backordered(basket, placedMs, random) : basket;
  const { country, city, postcode } = person.audience;
  const isNamed = random() < shares.named;
  const goods = lines.reduce((sum, each) => sum + each.unitPrice.amountMinor * each.quantity, 0);
  const discount = { amountMinor: Math.floor(goods / 10), currency: shop.currency };
  return sampleOrder({
    shop,
    orderId,
    placedMs,
    lines: isNamed ? lines.map(withFacts) : lines,
    says: {
      contact: person.contact,
      shipTo: { country, city, postcode },
      ...(random() < shares.discounted ? { discount } : {}),
      ...(random() < shares.gift ? { gift: true } : {}),
      ...(random() < shares.review ? { risk: 'review' as const } : {}),
    },
  });
};

/** One to four products, dear ones seldom and singly, cheap ones often and by the handful. */
const basketOf = (shop: SampleShop, random: Random): readonly SampleLine[] => {
  const products = sampleCatalogue
    .filter((product) => product.shop === shop.id)
    .map((product) => [product, popularityOf(product)] as const);
  const count = pickWeighted(random, [
    [1, 45],
    [2, 30],
    [3, 17],
    [4, 8],
  ] as const);
  const chosen = Array.from({ length: count }, () => pickWeighted(random, products));
  return [...new Set(chosen)].map((product) => line(product.sku, quantityOf(product, random)));
};

const popularityOf = ({ price }: PricedProduct): number => 1 / Math.sqrt(price.amountMinor);

const quantityOf = ({ price, kind }: PricedProduct, random: Random): number =>
  kind === 'physical' && price.amountMinor < 3000 ? wholeBetween(random, 1, 4) : 1;

/** The dearest line waits for stock, one to two weeks by the shop's promise. */
const backordered = (
  lines: readonly SampleLine[],
  placedMs: number,
  random: Random,
): readonly SampleLine[] => {
  const promisedDispatchBy = new Date(
    Math.round(placedMs + between(random, 7, 14) * DAY_MS),
  ).toISOString();
  const [dearest] = lines
    .filter(({ kind = 'physical' }) => kind === 'physical')
    .toSorted((a, b) => b.unitPrice.amountMinor - a.unitPrice.amountMinor);
  return lines.map((each) =>
    each === dearest ? { ...each, backordered: true, promisedDispatchBy } : each,
  );
};
