import type { ShopConfig } from '#core/contracts/config.ts';
import type { OfferFields } from '#core/contracts/offer-fields.ts';
import { pagesOf } from '#core/domain/touches/touch.ts';

/** What of an offer is no mistake, but keeps it from some customers. */
export const notesOn = (offer: OfferFields, shop: ShopConfig): readonly string[] => [
  ...shop.locales
    .map((locale) => locale.replace(/-.*$/, ''))
    .filter((language) => !speaks(offer, language))
    .map((language) => `says nothing in ${language}: customers who read it get another language`),
  ...pageNotes(offer, shop),
];

const speaks = ({ creative }: OfferFields, language: string): boolean =>
  Object.keys(creative).some((locale) => locale.replace(/-.*$/, '') === language);

const pageNotes = ({ type, url }: OfferFields, { pages }: ShopConfig): readonly string[] => {
  const page = pagesOf(pages).find((each) => each === type);
  const isOfPage = type === 'loyalty' || type === 'referral' || type === 'review';
  return isOfPage && url === undefined && page === undefined
    ? [
        `leads nowhere: it has no url, and the shop's pages.${type} is not configured; it is not shown`,
      ]
    : [];
};
