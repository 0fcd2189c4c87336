import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import { DAY_MS, SECOND_MS } from '../duration.ts';
import type { PlacedOrder } from '../order-life.ts';
import { type Said, type TimedEvent, told } from '../timed-event.ts';

type Item = Said<'CatalogItemUpdated'>['item'];
type Line = PlacedOrder['lines'][number];

/** Gaps between a customer's orders of a product, over all customers, from which on it counts as used up. */
const LEAST_GAPS = 5;

/** Products bought together less often than this are no pair. */
const LEAST_TOGETHER = 5;

const MOST_PAIRS = 3;

/** Pairs grow with the square of the basket; the lines beyond are left out of them. */
const MOST_LINES = 50;

/**
 * A catalogue made from an order history: name and price as last sold, what is bought again and after
 * how many days a piece, and what is bought together. Told from a day before the first order on, a
 * product a second.
 */
export const catalogueOf = (orders: readonly PlacedOrder[]): readonly TimedEvent[] => {
  const [first] = orders;
  if (first === undefined) return [];
  const firstMs = orders.reduce(
    (earliest, { occurredAt }) => Math.min(earliest, Date.parse(occurredAt)),
    Infinity,
  );
  const supplies = suppliesOf(orders);
  const pairs = pairsOf(orders);
  return [...lastSold(orders).values()].map((line, at) => {
    const { sku } = line;
    const occurredAtMs = firstMs - DAY_MS + at * SECOND_MS;
    const telling = {
      shop: first.shop,
      eventId: `catalogue/${sku}/${SCHEMA_VERSION}`,
      occurredAtMs,
    };
    return told('CatalogItemUpdated', telling, {
      item: itemOf(line, supplies.get(sku), pairs.get(sku)),
    });
  });
};

const itemOf = (
  { sku, name = sku, category, kind = 'physical', unitPrice: price }: Line,
  daysOfSupply: number | undefined,
  pairsWith: readonly string[] = [],
): Item => ({
  sku,
  name,
  kind,
  price,
  ...(category === undefined ? {} : { category }),
  facts: {
    complexity: 'simple',
    ...(daysOfSupply === undefined ? {} : { daysOfSupply }),
    ...(pairsWith.length === 0 ? {} : { pairsWith: [...pairsWith] }),
  },
});

/** By SKU, the line that was ordered last. */
const lastSold = (orders: readonly PlacedOrder[]): ReadonlyMap<string, Line> =>
  new Map(orders.flatMap(({ lines }) => lines.map((line) => [line.sku, line] as const)));

/** Median days that a piece lasted, over all customers who ordered the product again. */
const suppliesOf = (orders: readonly PlacedOrder[]): ReadonlyMap<string, number> => {
  const bought = new Map<string, { readonly atMs: number; readonly pieces: number }>();
  const gaps = new Map<string, number[]>();
  for (const { contact, occurredAt, lines } of orders.toSorted(byTime)) {
    if (contact.customerId === undefined) continue;
    const atMs = Date.parse(occurredAt);
    for (const { sku, quantity } of lines) {
      const key = JSON.stringify([contact.customerId, sku]);
      const before = bought.get(key);
      const days = before === undefined ? 0 : (atMs - before.atMs) / DAY_MS;
      if (before !== undefined && days >= 1)
        gaps.set(sku, [...(gaps.get(sku) ?? []), days / before.pieces]);
      bought.set(key, { atMs, pieces: quantity });
    }
  }
  return new Map(
    [...gaps].flatMap(([sku, all]) =>
      all.length < LEAST_GAPS ? [] : [[sku, rounded(medianOf(all))] as const],
    ),
  );
};

const byTime = (a: PlacedOrder, b: PlacedOrder): number => (a.occurredAt < b.occurredAt ? -1 : 1);

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** To a hundredth of a day, and never nothing. */
const rounded = (days: number): number => Math.max(0.01, Math.round(days * 100) / 100);

/** What is most often in one basket with each product. */
const pairsOf = (orders: readonly PlacedOrder[]): ReadonlyMap<string, readonly string[]> => {
  const skus: string[] = [];
  const places = new Map<string, number>();
  const placeOf = (sku: string): number => {
    const known = places.get(sku) ?? skus.push(sku) - 1;
    places.set(sku, known);
    return known;
  };
  /** How often a product is in one basket with others, by places: numbers are found faster than texts. */
  const together: Map<number, number>[] = [];
  for (const { lines } of orders) {
    const basket = [...new Set(lines.map(({ sku }) => sku))].slice(0, MOST_LINES).map(placeOf);
    for (const place of basket) count((together[place] ??= new Map()), place, basket);
  }
  const skuAt = (place: number): string => skus[place] ?? '';
  return new Map(
    together.map((counts, place) => [
      skuAt(place),
      [...counts]
        .filter(([, times]) => times >= LEAST_TOGETHER)
        .map(([other, times]) => [skuAt(other), times] as const)
        .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
        .slice(0, MOST_PAIRS)
        .map(([other]) => other),
    ]),
  );
};

const count = (counts: Map<number, number>, of: number, basket: readonly number[]): void => {
  for (const other of basket) if (other !== of) counts.set(other, (counts.get(other) ?? 0) + 1);
};
