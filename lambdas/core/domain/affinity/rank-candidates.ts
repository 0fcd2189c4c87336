import type { AffinityKind, AffinityList, BasketAffinity, Neighbour } from './affinity-list.ts';
import { type Evidence, evidenceOf, type Level } from './evidence.ts';

export interface BasketItem {
  readonly sku: string;
  readonly category?: string | undefined;
}

/** A product that may be offered with a basket. */
export interface Candidate {
  readonly sku: string;
  /** Above zero, comparable within a shop and a run. */
  readonly score: number;
  /** What speaks for it most. */
  readonly evidence: Evidence;
  /** How much of the score each level gives; they sum to 1. */
  readonly shares: Readonly<Record<Level, number>>;
}

export interface RankOptions {
  /** SKUs that are not offered, beside those of the basket. @default none */
  readonly exclude?: ReadonlySet<string> | undefined;
  /** @default all */
  readonly limit?: number | undefined;
}

/**
 * What each product of a basket says of a candidate is squared: one that goes with it well counts for more than many
 * that go with it a little. Chosen on Online Retail's orders before those it is measured on (docs/affinity.md).
 */
const SHARPNESS = 2;

/** Products that go with each other say the same thing twice; as SHARPNESS. */
const REPETITION = 0.25;

/**
 * The products that go with a basket, best first; ties by popularity. A product's own list counts as far as its orders
 * reach, the rest of it is its category's, and of that the best sellers'.
 *
 * @param basket in any order; a SKU that is there twice counts once
 */
export const rankCandidates = (
  basket: readonly BasketItem[],
  affinity: BasketAffinity,
  { exclude = new Set(), limit }: RankOptions = {},
): readonly Candidate[] => {
  const items = [...new Map(basket.map((item) => [item.sku, item])).values()];
  const own = new Set(items.map(({ sku }) => sku));
  const tallies = new Map<string, Tally>();
  const pointers = pointersTo(own, affinity);
  for (const item of items) {
    const weight = (1 + (pointers.get(item.sku) ?? 0)) ** -REPETITION;
    for (const [sku, found] of opinionOf(item, affinity))
      if (!own.has(sku) && !exclude.has(sku)) tally(tallies, sku, weight, found);
  }
  return [...tallies]
    .map(([sku, each]) => candidateOf(sku, each, affinity))
    .toSorted((a, b) => b.score - a.score || popularity(b) - popularity(a) || order(a, b))
    .slice(0, limit);
};

const popularity = ({ evidence }: Candidate): number => evidence.candidateOrders;

const order = (a: Candidate, b: Candidate): number => (a.sku < b.sku ? -1 : 1);

/** Of each product of the basket, with how many others it goes; a list names a product once. */
const pointersTo = (
  basket: ReadonlySet<string>,
  { skus }: BasketAffinity,
): ReadonlyMap<string, number> => {
  const pointers = new Map<string, number>();
  for (const other of basket)
    for (const { sku } of skus.get(other)?.neighbours ?? [])
      if (basket.has(sku)) pointers.set(sku, (pointers.get(sku) ?? 0) + 1);
  return pointers;
};

/** What one list says of a candidate. */
export interface Voice {
  readonly list: AffinityList;
  readonly neighbour: Neighbour;
  readonly amount: number;
}

/** What a product of the basket says of a candidate, by list. */
interface Opinion {
  readonly item: BasketItem;
  readonly voices: Voice[];
  amount: number;
}

const opinionOf = (
  item: BasketItem,
  { skus, categories, bestSellers }: BasketAffinity,
): ReadonlyMap<string, Opinion> => {
  const opinions = new Map<string, Opinion>();
  let open = 1;
  for (const list of [skus.get(item.sku), categories.get(item.category ?? ''), bestSellers]) {
    // A list that nothing is left to has no say.
    if (list === undefined || open === 0) continue;
    for (const neighbour of list.neighbours.filter(({ score }) => score > 0)) {
      const opinion = opinions.get(neighbour.sku) ?? { item, voices: [], amount: 0 };
      const amount = open * neighbour.score;
      opinion.voices.push({ list, neighbour, amount });
      opinion.amount += amount;
      opinions.set(neighbour.sku, opinion);
    }
    open *= list.openShare;
  }
  return opinions;
};

interface Tally {
  total: number;
  readonly byKind: Record<AffinityKind, number>;
  best: Opinion;
  bestAmount: number;
}

const tally = (
  tallies: Map<string, Tally>,
  sku: string,
  weight: number,
  opinion: Opinion,
): void => {
  const amount = weight * opinion.amount ** SHARPNESS;
  const known = tallies.get(sku) ?? {
    total: 0,
    byKind: { sku: 0, category: 0, 'best-seller': 0 },
    best: opinion,
    bestAmount: amount,
  };
  known.total += amount;
  for (const { list, amount: part } of opinion.voices)
    known.byKind[list.kind] += (amount * part) / opinion.amount;
  if (amount > known.bestAmount) Object.assign(known, { best: opinion, bestAmount: amount });
  tallies.set(sku, known);
};

const candidateOf = (
  sku: string,
  { total, byKind, best }: Tally,
  affinity: BasketAffinity,
): Candidate => {
  const [loudest, ...others] = best.voices;
  if (loudest === undefined) throw new Error(`${sku} is a candidate that no list has`);
  const voice = others.reduce((most, each) => (each.amount > most.amount ? each : most), loudest);
  return {
    sku,
    score: total ** (1 / SHARPNESS),
    evidence: evidenceOf(best.item.sku, voice, affinity),
    shares: {
      pair: byKind.sku / total,
      category: byKind.category / total,
      'best-seller': byKind['best-seller'] / total,
    },
  };
};
