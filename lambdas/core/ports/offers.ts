import type { Offer } from '../domain/offers/offer.ts';

/** What the shops' confirmation pages may offer. */
export interface Offers {
  /** All offers of a shop, of which some are over or taken off. */
  of(shop: string): Promise<readonly Offer[]>;

  /** Keeps the offer unless a newer one is stored. */
  save(offer: Offer): Promise<void>;
}
