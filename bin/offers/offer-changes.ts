import { createHash } from 'node:crypto';
import { type IncomingDetail, SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import { offerFields, type OfferFields } from '#core/contracts/offer-fields.ts';
import type { Offer } from '#core/domain/offers/offer.ts';

/** What a stage has to be told so that it has the offers of a file. */
export interface OfferChange {
  readonly offerId: string;
  readonly change: 'new' | 'changed' | 'taken off';
  readonly detail: IncomingDetail<'OfferUpdated'>;
}

/**
 * Offers of a shop that its stage does not know as the file has them; those that the file has no more are taken off.
 *
 * @param stored the stage's, of this shop
 * @param at when it is told: what was said later wins
 */
export const offerChanges = (
  shop: string,
  offers: readonly OfferFields[],
  stored: readonly Offer[],
  at: Date,
): readonly OfferChange[] => [
  ...offers.flatMap((offer) => {
    const known = stored.find(({ offerId }) => offerId === offer.offerId);
    if (known !== undefined && contentOf(known) === contentOf(offer)) return [];
    return [changeOf(shop, offer, known === undefined ? 'new' : 'changed', at)];
  }),
  ...stored
    .filter(({ offerId, isActive }) => isActive && !isNamed(offers, offerId))
    .map((known) => changeOf(shop, { ...fieldsOf(known), isActive: false }, 'taken off', at)),
];

const isNamed = (offers: readonly OfferFields[], offerId: string): boolean =>
  offers.some((each) => each.offerId === offerId);

const changeOf = (
  shop: string,
  offer: OfferFields,
  change: OfferChange['change'],
  at: Date,
): OfferChange => {
  const hash = createHash('sha256').update(contentOf(offer)).digest('hex').slice(0, 16);
  return {
    offerId: offer.offerId,
    change,
    detail: {
      eventId: `offer-updated/${offer.offerId}/${hash}/${at.getTime()}`,
      occurredAt: at.toISOString(),
      schemaVersion: SCHEMA_VERSION,
      shop,
      offer,
    },
  };
};

/** As a file would state it. */
const fieldsOf = (offer: Offer): OfferFields => offerFields.parse(JSON.parse(contentOf(offer)));

/** The same offer in whatever order its keys are. */
const contentOf = (offer: Offer | OfferFields): string =>
  JSON.stringify(offer, (key, value: unknown) => {
    if (key === 'shop' || key === 'updatedAt') return undefined;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  });
