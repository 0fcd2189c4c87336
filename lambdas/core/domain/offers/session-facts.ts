import type { Instant } from '../orders/order-event.ts';
import type { ShopPage } from '../touches/touch.ts';
import type { Posterior, ProductOnOffer, Relation } from './decision.ts';
import type { Offer } from './offer.ts';

/** A product that goes with what was bought, best first. */
export interface RelatedProduct {
  readonly sku: string;
  readonly relation: Relation;
  /** The evidence, in words. */
  readonly because: string;
}

/** What a customer was shown before, and what they did with it. */
export interface OfferSeen {
  readonly offerId: string;
  readonly kind: 'shown' | 'dismissed' | 'accepted';
  readonly at: Instant;
}

/** Everything that a decision is made of, but for draws. */
export interface SessionFacts {
  readonly shop: string;
  readonly sessionId: string;
  readonly now: Instant;
  /** The shop's, ISO 4217: a product priced in another cannot be offered. */
  readonly currency: string;
  /** The customer's, `de-AT`, and what the shop falls back on, in order. */
  readonly locales: readonly string[];
  readonly order: {
    readonly lines: readonly { readonly sku: string; readonly category?: string | undefined }[];
    /** In the shop's currency. */
    readonly totalMinor: number;
    readonly country?: string | undefined;
    readonly isGift: boolean;
  };
  readonly customer: {
    readonly hasAccount: boolean;
    /** Has ordered before this order. */
    readonly isReturning: boolean;
    readonly isMember: boolean;
    /** SKUs of earlier orders that were not given back. */
    readonly bought: ReadonlySet<string>;
    readonly subscribedTo: ReadonlySet<string>;
    readonly hasReturnOpen: boolean;
    /** Newest first. */
    readonly seen: readonly OfferSeen[];
  };
  /** Pages of the shop that offers without an address of their own lead to. */
  readonly pages: readonly ShopPage[];
  readonly offers: readonly Offer[];
  /** By SKU: what is known of products that may be offered. */
  readonly products: ReadonlyMap<string, ProductOnOffer>;
  /** What goes with the order, best first; without what was bought in it. */
  readonly related: readonly RelatedProduct[];
  /** Of offers with a budget: what was spent of it, minor units. */
  readonly spentMinor: ReadonlyMap<string, number>;
  readonly posterior: Posterior;
}

/** What a shop decides of its page, and not of one offer. */
export interface OfferRules {
  /** Places on the page. */
  readonly slots: number;
  /** An expected value below this is not worth a place; minor units of the shop's currency. */
  readonly floorMinor: number;
  /** Products that would earn less are not offered. */
  readonly minMarginMinor: number;
  /** Of sessions: those in which every candidate is as likely as any other, 0 to 1. */
  readonly explorationShare: number;
  /** Of one type, of one partner, of one category of products on one page. */
  readonly mostOfType: number;
  readonly mostOfPartner: number;
  readonly mostOfCategory: number;
  /** Days for which an offer that was dismissed is not shown to that customer again. */
  readonly dismissedDays: number;
}
