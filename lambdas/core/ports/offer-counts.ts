import type { OfferContext, OfferCount, OfferPriors } from '../domain/offers/decision.ts';

/** Names a counter. */
export interface CountRef {
  readonly shop: string;
  readonly offerId: string;
  readonly context: OfferContext;
}

export interface StoredCount extends CountRef, OfferCount {}

/** How offers did, and what was spent of their budgets. */
export interface OfferCounts {
  /** Counters of one tenure, by `countKey`. */
  of(shop: string, tenure: 'new' | 'returning'): Promise<ReadonlyMap<string, OfferCount>>;

  /** By offer, minor units. */
  spentOf(shop: string): Promise<ReadonlyMap<string, number>>;

  /** Adds to counters, each atomically. Added again they count again: a caller adds what is news, once. */
  add(counts: readonly StoredCount[]): Promise<void>;

  /**
   * Spends of a budget, unless that would exceed it. Atomic.
   *
   * @returns whether it was spent
   */
  spend(
    offer: Pick<CountRef, 'shop' | 'offerId'>,
    amountMinor: number,
    budgetMinor: number,
  ): Promise<boolean>;

  /** Priors as they were fitted last. */
  priorsOf(shop: string): Promise<OfferPriors | undefined>;

  keepPriors(shop: string, priors: OfferPriors): Promise<void>;
}
