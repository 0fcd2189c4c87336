import type { Instant } from '../orders/order-event.ts';

export const offerTypes = [
  'upsell',
  'cross-sell',
  'subscription',
  'loyalty',
  'referral',
  'review',
  'partner',
] as const;

export type OfferType = (typeof offerTypes)[number];

/** Types whose acceptance adds a product to the order; the others lead somewhere. */
export const productTypes = ['upsell', 'cross-sell', 'subscription'] as const;

/** What an offer says, in one language. */
export interface Creative {
  readonly headline: string;
  readonly text?: string | undefined;
  /** On the button. */
  readonly action: string;
}

/** A product by its SKU, or the one that goes best with what was bought. */
export type OfferedProduct =
  | { readonly kind: 'sku'; readonly sku: string }
  | {
      readonly kind: 'affinity';
      /** Only products of these categories. @default any */
      readonly categories?: readonly string[] | undefined;
    };

/**
 * What the shop has of it, and for what:
 *
 * - `margin`: of an accepted product, as an amount or a share of its price;
 * - `cpa`: what a partner pays for a customer who buys;
 * - `cpc`: what a partner pays for a click;
 * - `worth`: what the shop reckons an acceptance of anything else at: a member, a review.
 *
 * Amounts are in the shop's currency: values of different offers are compared.
 */
export type OfferValue =
  | { readonly kind: 'margin'; readonly amountMinor: number }
  | { readonly kind: 'margin'; readonly shareOfPrice: number }
  | { readonly kind: 'cpa' | 'cpc' | 'worth'; readonly amountMinor: number };

/** What has to hold of order and customer. All that are given. */
export interface OfferConditions {
  /** A line of the order is of one of these categories. */
  readonly boughtCategories?: readonly string[] | undefined;
  /** A line of the order is one of these. */
  readonly boughtSkus?: readonly string[] | undefined;
  /** No line of the order is of these categories. */
  readonly notBoughtCategories?: readonly string[] | undefined;
  /** The order's total, minor units; from inclusive, below exclusive. */
  readonly totalFromMinor?: number | undefined;
  readonly totalBelowMinor?: number | undefined;
  /** ISO 3166-1, where the order goes: only these, or none of these. */
  readonly countries?: readonly string[] | undefined;
  readonly notCountries?: readonly string[] | undefined;
  /**
   * Who has an account, who has none, who orders for the first time, who has ordered before, who is in
   * the loyalty programme, who is not. Of the two of a pair one is enough; of different pairs all have
   * to hold: `['returning', 'not-member']` are those who are both.
   */
  readonly customers?:
    readonly ('guest' | 'account' | 'new' | 'returning' | 'member' | 'not-member')[] | undefined;
}

/** How often one customer may be shown an offer, in a rolling window. */
export interface OfferCap {
  readonly max: number;
  readonly days: number;
}

/** What an offer may bring or cost in all, in the shop's currency. */
export interface OfferBudget {
  readonly amountMinor: number;
  /** `even`: spread over the time from start to end; `asap`: as it comes. */
  readonly pacing: 'even' | 'asap';
}

/** Something that a confirmation page may offer. */
export interface Offer {
  readonly shop: string;
  readonly offerId: string;
  readonly type: OfferType;
  /** Of upsell, cross-sell and subscription alone. */
  readonly product?: OfferedProduct | undefined;
  /** Of partner offers alone: whose it is. */
  readonly partner?: string | undefined;
  /** Where it leads. Of partner offers; of others the shop's page is the default. */
  readonly url?: string | undefined;
  readonly imageUrl?: string | undefined;
  /** By language, `en`, or locale, `en-GB`. */
  readonly creative: Readonly<Record<string, Creative>>;
  /** Other creatives by name, which arms of experiments show. */
  readonly variants?: Readonly<Record<string, Offer['creative']>> | undefined;
  readonly value: OfferValue;
  readonly conditions: OfferConditions;
  readonly cap?: OfferCap | undefined;
  /** Of partner offers that pay: what is paid in all. */
  readonly budget?: OfferBudget | undefined;
  /** Pieces that are left; absent: as many as are wanted. */
  readonly stock?: number | undefined;
  readonly from?: Instant | undefined;
  readonly until?: Instant | undefined;
  /** An offer that was taken off stays known, for what was shown of it. */
  readonly isActive: boolean;
  /** When the shop last said so; an older event does not change it. */
  readonly updatedAt: Instant;
}
