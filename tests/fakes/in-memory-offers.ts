import type { Offer } from '#core/domain/offers/offer.ts';
import type { Offers } from '#core/ports/offers.ts';

export const inMemoryOffers = (...offers: readonly Offer[]): Offers => {
  const stored = new Map(offers.map((offer) => [keyOf(offer), offer]));
  return {
    of: async (shop) => [...stored.values()].filter((offer) => offer.shop === shop),

    save: async (offer) => {
      const known = stored.get(keyOf(offer));
      if (offer.updatedAt > (known?.updatedAt ?? ''))
        stored.set(keyOf(offer), structuredClone(offer));
    },
  };
};

const keyOf = ({ shop, offerId }: Offer): string => JSON.stringify([shop, offerId]);
