import type { OfferView } from '#core/contracts/session-api.ts';
import { apiAddress } from './settings.ts';

export interface ShowableOffer {
  readonly offer: OfferView;
  /** Where its button leads; absent: it accepts. */
  readonly link: URL | undefined;
}

/** Those that were not dismissed, and whose link, where they have one, leads to the API. */
export const showableOffers = (offers: readonly OfferView[], api: URL): readonly ShowableOffer[] =>
  offers.flatMap((offer) => {
    if (offer.state === 'dismissed') return [];
    const link = offer.href === undefined ? undefined : apiAddress(offer.href, api);
    return offer.href !== undefined && link === undefined ? [] : [{ offer, link }];
  });
