import * as z from 'zod';
import { offerTypes } from '../domain/offers/offer.ts';
import { common, id, instant, money, ofOrder, text } from './event-fields.ts';
import { offerFields } from './offer-fields.ts';

/** A showing of an offer, by what the page calls it. */
const ofImpression = { ...ofOrder, sessionId: id, impressionId: id, offerId: id };

/** What happens on a confirmation page, the shop's own or Afterglow's, and what it may offer. */
export const pageEvents = {
  SessionOpened: z.strictObject({ ...ofOrder, sessionId: id }),
  SessionViewed: z.strictObject({ ...ofOrder, sessionId: id }),
  OfferShown: z.strictObject({
    ...ofImpression,
    offerType: z.enum(offerTypes).optional(),
    sku: id.optional(),
    partner: text(100).optional(),
    slot: z.int().positive().optional(),
    propensity: z.number().min(0).max(1).optional(),
    policy: text(200).optional(),
    /** What counters are kept by: `returning/strong`. */
    context: text(100).optional(),
    /** How many offers could have been shown, and a hash of which. */
    candidates: z.int().positive().optional(),
    candidateSet: text(100).optional(),
    /** Names the counters that the decision was made by. */
    snapshot: text(100).optional(),
    /** What a success is worth, minor units of the shop's currency. */
    valueMinor: z.int().nonnegative().optional(),
    isExploration: z.boolean().optional(),
  }),
  OfferClicked: z.strictObject(ofImpression),
  OfferAccepted: z.strictObject({
    ...ofImpression,
    /** What the order system is asked to do. Absent where it has to do nothing. */
    adds: z
      .strictObject({
        sku: id,
        quantity: z.int().positive(),
        unitPrice: money,
        /** To the order itself, or as a new one of the same customer. */
        to: z.enum(['order', 'new-order']),
        /** Later it is not to be done any more: the customer was told so. */
        validUntil: instant,
      })
      .optional(),
  }),
  OfferDismissed: z.strictObject(ofImpression),
  /** The order system does not do what was accepted. */
  OfferRefused: z.strictObject({
    ...ofOrder,
    sessionId: id,
    offerId: id,
    /** In the order system's own words: `payment-declined`. */
    reason: text(200).optional(),
  }),
  OfferUpdated: z.strictObject({ ...common, offer: offerFields }),
} as const;
