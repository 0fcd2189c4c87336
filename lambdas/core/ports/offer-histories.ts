import type { OfferSeen } from '../domain/offers/session-facts.ts';

/** Which offers a customer was shown before, and what they did with them. */
export interface OfferHistories {
  /** Newest first, under all ids of the customer. */
  of(shop: string, customerIds: readonly string[]): Promise<readonly OfferSeen[]>;

  /** Adds to what is known of a customer; the same added again is one. The latest some hundred are kept. */
  add(shop: string, customerId: string, seen: readonly OfferSeen[]): Promise<void>;
}
