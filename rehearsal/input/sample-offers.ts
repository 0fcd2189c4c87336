import { readFileSync } from 'node:fs';
import type { OfferFields } from '#core/contracts/offer-fields.ts';
import { SECOND_MS } from './duration.ts';
import { InvalidOffers, readOffers } from './offer-files.ts';
import { sampleShops } from './sample-shops.ts';
import { type TimedEvent, told } from './timed-event.ts';

const folder = new URL('../../offers/', import.meta.url);

const read = (shop: string): readonly OfferFields[] => {
  const name = `${shop}.yaml`;
  const file = readOffers(`offers/${name}`, readFileSync(new URL(name, folder), 'utf8'));
  if ('problems' in file) throw new InvalidOffers(file.problems);
  return file.offers;
};

/** What the confirmation pages of the two sample shops may offer, as `offers/<shop>.yaml` states it. */
export const sampleOffers = sampleShops.flatMap(({ id: shop }) =>
  read(shop).map((offer) => ({ shop, offer })),
);

/** @returns nothing for an offer that no sample shop has */
export const sampleOffer = (shop: string, offerId: string): OfferFields | undefined =>
  sampleOffers.find((each) => each.shop === shop && each.offer.offerId === offerId)?.offer;

/** The offers as the shops tell them, one a second. */
export const offerEvents = (startMs: number): readonly TimedEvent[] =>
  sampleOffers.map(({ shop, offer }, at) =>
    told(
      'OfferUpdated',
      { shop, eventId: `offer/${offer.offerId}/1`, occurredAtMs: startMs + at * SECOND_MS },
      { offer },
    ),
  );
