import type { AffinityKind, AffinityList, BasketAffinity, Neighbour } from './affinity-list.ts';
import { signedLlr } from './log-likelihood-ratio.ts';
import { isPossible, pairTable } from './pair-measures.ts';

export type Level = 'pair' | 'category' | 'best-seller';

/** Why a product is a candidate: the list that speaks for it most. */
export interface Evidence {
  readonly level: Level;
  /** The product of the basket that it goes with; of a best seller with all alike. */
  readonly from: string;
  /** Of the level `category`. */
  readonly category?: string | undefined;
  /** Orders that have both; pairs of a category; of best sellers orders of the last days. */
  readonly together: number;
  /** Orders that have the product of the basket, or one of its category; for best sellers all orders. */
  readonly ofOrders: number;
  readonly candidateOrders: number;
  /** Of the shop; absent where its best sellers are not known. */
  readonly allOrders?: number | undefined;
  /** Of a pair whose counts are of one run: the log-likelihood ratio, below zero for one rarer than by chance. */
  readonly llr?: number | undefined;
  /** Whether chance alone would hardly have it so: of pairs only. */
  readonly isSignificant: boolean;
}

/** Chi-squared of one degree of freedom at one in a thousand: a shop has thousands of pairs. */
const SIGNIFICANT = 10.828;

const levels: Readonly<Record<AffinityKind, Level>> = {
  sku: 'pair',
  category: 'category',
  'best-seller': 'best-seller',
};

/** @param voice the list, and what it says of the candidate */
export const evidenceOf = (
  from: string,
  { list, neighbour }: { readonly list: AffinityList; readonly neighbour: Neighbour },
  { bestSellers }: BasketAffinity,
): Evidence => {
  const counts = {
    together: neighbour.together,
    first: list.orders,
    second: neighbour.orders,
    all: bestSellers?.orders ?? 0,
  };
  // A list that is about to expire is of an earlier run than the others: its counts need not go with theirs.
  const isCounted = list.kind === 'sku' && isPossible(counts);
  const ratio = isCounted ? signedLlr(pairTable(counts)) : undefined;
  return {
    level: levels[list.kind],
    from,
    ...(list.kind === 'category' ? { category: list.of } : {}),
    together: neighbour.together,
    ofOrders: list.orders,
    candidateOrders: neighbour.orders,
    allOrders: bestSellers?.orders,
    llr: ratio,
    isSignificant: ratio !== undefined && ratio >= SIGNIFICANT,
  };
};

/** The evidence in words, for a merchant. */
export const tellEvidence = (evidence: Evidence): string => {
  const { level, from, category, together, ofOrders } = evidence;
  switch (level) {
    case 'pair':
      return `together with ${from} in ${together} of its ${ofOrders} orders${gate(evidence)}`;
    case 'category':
      return `goes with ${category ?? 'its category'}, which ${from} is of: ${together} pairs in ${ofOrders} orders`;
    case 'best-seller':
      return `a best seller: ${together} orders of late`;
  }
};

const gate = ({ llr, isSignificant }: Evidence): string =>
  llr === undefined ? '' : isSignificant ? `, LLR ${llr.toFixed(1)}` : ', which may be chance';
