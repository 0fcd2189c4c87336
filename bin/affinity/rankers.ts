import type { BasketAffinity } from '#core/domain/affinity/affinity-list.ts';
import { rankCandidates } from '#core/domain/affinity/rank-candidates.ts';
import { dayAfter, orderCounts, type Protocol, type Trial } from './protocols.ts';

/** What is offered with a basket, best first. */
export type Ranker = (trial: Trial) => readonly string[];

const OFFERED = 5;

/** Of trials the share that has a hit among the first five. */
export const hitRate = (trials: readonly Trial[], rank: Ranker): number => {
  const hits = trials.filter((trial) => rank(trial).some((sku) => trial.hits.has(sku))).length;
  return trials.length === 0 ? 0 : hits / trials.length;
};

const mayOffer =
  ({ known }: Pick<Protocol, 'known'>, { basket, had }: Trial) =>
  (sku: string): boolean =>
    known.has(sku) && !had.has(sku) && !basket.includes(sku);

/** The deployed lists, ranked by the deployed function; SKUs that the protocol does not know are passed over. */
export const affinityRanker = (
  protocol: Protocol,
  affinity: BasketAffinity,
  categories: ReadonlyMap<string, string>,
): Ranker => {
  const fallback = popularityRanker(protocol);
  return (trial) => {
    const basket = trial.basket.map((sku) => ({ sku, category: categories.get(sku) }));
    const ranked = rankCandidates(basket, affinity, { exclude: trial.had })
      .map(({ sku }) => sku)
      .filter((sku) => protocol.known.has(sku));
    return [...new Set([...ranked, ...fallback(trial)])].slice(0, OFFERED);
  };
};

/** By orders of the training, or of its last days. */
export const popularityRanker = (protocol: Protocol, days = Infinity): Ranker => {
  const { training, cut } = protocol;
  const from = Number.isFinite(days) ? dayAfter(cut, -days) : '';
  const counts = orderCounts(training.filter(({ day }) => day >= from));
  const popular = [...counts].toSorted(([, a], [, b]) => b - a).map(([sku]) => sku);
  return (trial) => firstFive(popular, mayOffer(protocol, trial));
};

const firstFive = (
  popular: readonly string[],
  may: (sku: string) => boolean,
): readonly string[] => {
  const found: string[] = [];
  for (const sku of popular) {
    if (may(sku)) found.push(sku);
    if (found.length === OFFERED) break;
  }
  return found;
};

/** Of orders with both, one and the other product. */
type Measure = (together: number, of: number, other: number) => number;

export const conditional: Measure = (together, of) => together / of;
export const cosine: Measure = (together, of, other) => together / Math.sqrt(of * other);

/** Sums a measure of pairs over the basket, all pairs of the training counted alike; ties by popularity. */
export const pairRankers = (
  protocol: Protocol,
  measures: Readonly<Record<string, Measure>>,
): Readonly<Record<string, Ranker>> => {
  const { training, known } = protocol;
  const counts = orderCounts(training);
  const orders = Map.groupBy(
    training.filter(({ sku }) => known.has(sku)),
    ({ orderId }) => orderId,
  );
  const pairs = new Map<string, Map<string, number>>();
  for (const lines of orders.values())
    for (const { sku } of lines) {
      const row = pairs.get(sku) ?? new Map<string, number>();
      pairs.set(sku, row);
      for (const other of lines)
        if (other.sku !== sku) row.set(other.sku, (row.get(other.sku) ?? 0) + 1);
    }
  const count = (sku: string): number => counts.get(sku) ?? 0;
  const ranker =
    (measure: Measure): Ranker =>
    (trial) => {
      const may = mayOffer(protocol, trial);
      const sums = new Map<string, number>();
      for (const sku of trial.basket)
        for (const [other, together] of pairs.get(sku) ?? [])
          sums.set(other, (sums.get(other) ?? 0) + measure(together, count(sku), count(other)));
      return best(
        [...sums].filter(([sku]) => may(sku)),
        ([a, x], [b, y]) => (y === x ? count(b) - count(a) : y - x),
      ).map(([sku]) => sku);
    };
  return Object.fromEntries(
    Object.entries(measures).map(([name, measure]) => [name, ranker(measure)]),
  );
};

/** The first five in an order, without sorting thousands for them. */
const best = <Each>(
  all: readonly Each[],
  byOrder: (a: Each, b: Each) => number,
): readonly Each[] => {
  const found: Each[] = [];
  for (const each of all) {
    const last = found.at(-1);
    if (found.length === OFFERED && last !== undefined && byOrder(each, last) >= 0) continue;
    found.push(each);
    found.sort(byOrder);
    found.length = Math.min(found.length, OFFERED);
  }
  return found;
};
