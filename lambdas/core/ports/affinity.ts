import type { BasketAffinity, ShopList } from '../domain/affinity/affinity-list.ts';

/** What goes with what, as a shop's orders have it. */
export interface AffinityLists {
  /**
   * The lists of these products and categories, and the best sellers, in one request of up to 99 of them.
   *
   * @returns nothing of what was not learnt, or is learnt no more
   */
  readonly of: (
    shop: string,
    skus: readonly string[],
    categories: readonly string[],
  ) => Promise<BasketAffinity>;
}

export interface AffinityListWriter {
  /**
   * Keeps lists in the place of those before; again is no different.
   *
   * @param lists any number, each once
   * @param expiresAt from when on they may be gone, to the second
   * @throws when some could not be written, after tries
   */
  readonly keep: (lists: readonly ShopList[], expiresAt: Date) => Promise<void>;
}
