import { createHash } from 'node:crypto';
import type { Sale } from './read-sales.ts';

/** A basket, and what would be a hit among what is offered with it. */
export interface Trial {
  readonly basket: readonly string[];
  /** SKUs that are not offered besides: the customer has them. */
  readonly had: ReadonlySet<string>;
  readonly hits: ReadonlySet<string>;
}

export interface Protocol {
  /** Sales before the cut. */
  readonly training: readonly Sale[];
  /** SKUs that may be offered. */
  readonly known: ReadonlySet<string>;
  readonly cut: string;
  readonly trials: readonly Trial[];
}

const LEAST_ORDERS = { completion: 5, followUp: 10 };
const MOST_TRIALS = 3_000;
const BASKET = { least: 2, most: 30 };

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const nothing: ReadonlySet<string> = new Set();

/**
 * Leave one out: of each of the first 3,000 orders from the cut on, by order number, with 2 to 30 known SKUs one is hidden,
 * that whose MD5 of `order|SKU` is the smallest. Known is what 5 orders before the cut have.
 */
export const completion = (sales: readonly Sale[], cut: string): Protocol => {
  const training = sales.filter(({ day }) => day < cut);
  const known = knownSkus(training, LEAST_ORDERS.completion);
  const later = Map.groupBy(
    sales.filter(({ day, sku }) => day >= cut && known.has(sku)),
    ({ orderId }) => orderId,
  );
  const trials = [...later]
    .filter(([, { length }]) => length >= BASKET.least && length <= BASKET.most)
    .toSorted(([a], [b]) => compare(a, b))
    .slice(0, MOST_TRIALS)
    .map(([orderId, lines]) => {
      const skus = lines.map(({ sku }) => sku);
      const hidden = skus.reduce((a, b) => (md5(orderId, b) < md5(orderId, a) ? b : a));
      return {
        basket: skus.filter((sku) => sku !== hidden),
        had: nothing,
        hits: new Set([hidden]),
      };
    });
  return { training, known, cut, trials };
};

const md5 = (orderId: string, sku: string): string =>
  createHash('md5').update(`${orderId}|${sku}`).digest('hex');

/** Of what is read before the cut, SKUs of so many orders. */
const knownSkus = (training: readonly Sale[], least: number): ReadonlySet<string> =>
  new Set([...orderCounts(training)].filter(([, count]) => count >= least).map(([sku]) => sku));

export const orderCounts = (sales: readonly Sale[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { sku } of sales) counts.set(sku, (counts.get(sku) ?? 0) + 1);
  return counts;
};

const DAY_MS = 86_400_000;

export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

const WITHIN_DAYS = 90;

/**
 * What a customer buys next: one trial a customer and order day of some weeks; a hit is a SKU that they buy for the first
 * time in the 90 days after it. Known is what 10 orders before the cut have; trials without a hit do not count.
 *
 * @param until the last day of a trial
 */
export const followUp = (sales: readonly Sale[], cut: string, until: string): Protocol => {
  const training = sales.filter(({ day }) => day < cut);
  const known = knownSkus(training, LEAST_ORDERS.followUp);
  const bought = Map.groupBy(
    sales.filter(({ customer, sku }) => customer !== '' && known.has(sku)),
    ({ customer }) => customer,
  );
  const trials = [...bought.values()].flatMap((lines) => {
    const first = new Map<string, string>();
    for (const { sku, day } of lines) if (day < (first.get(sku) ?? '9999')) first.set(sku, day);
    const days = Map.groupBy(
      lines.filter(({ day }) => day >= cut && day <= until),
      ({ day }) => day,
    );
    return [...days].map(([day, inBasket]) => ({
      basket: [...new Set(inBasket.map(({ sku }) => sku))],
      had: firstBetween(first, '', day),
      hits: firstBetween(first, dayAfter(day, 1), dayAfter(day, WITHIN_DAYS)),
    }));
  });
  return { training, known, cut, trials: trials.filter(({ hits }) => hits.size > 0) };
};

const firstBetween = (
  first: ReadonlyMap<string, string>,
  from: string,
  to: string,
): ReadonlySet<string> =>
  new Set([...first].filter(([, day]) => day >= from && day <= to).map(([sku]) => sku));
