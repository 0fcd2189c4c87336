import { customerKey } from '#core/contracts/tables.ts';
import type { OfferSeen } from '#core/domain/offers/session-facts.ts';
import { withSeen } from '#core/domain/sessions/offer-history.ts';
import type { OfferHistories } from '#core/ports/offer-histories.ts';

export const inMemoryOfferHistories = (): OfferHistories => {
  const stored = new Map<string, readonly OfferSeen[]>();
  return {
    of: async (shop, customerIds) =>
      withSeen(...customerIds.map((id) => stored.get(customerKey(shop, id)) ?? [])),

    add: async (shop, customerId, seen) => {
      const key = customerKey(shop, customerId);
      stored.set(key, structuredClone(withSeen(stored.get(key) ?? [], seen)));
    },
  };
};
