import type { Money } from '../money.ts';
import type { Offer, OfferType, OfferValue } from './offer.ts';

/** How the product of an offer goes with what was bought. */
export type Relation = 'strong' | 'weak' | 'none';

/** What counters are kept by, beside the offer: coarse, so that each is soon known. `returning/strong` */
export type OfferContext = `${'new' | 'returning'}/${Relation}`;

/** How often an offer was seen in a context, and how often it succeeded there. */
export interface OfferCount {
  readonly shown: number;
  readonly accepted: number;
}

/** A Beta distribution. */
export interface Beta {
  readonly alpha: number;
  readonly beta: number;
}

/** Priors by type and context, of a shop. */
export interface OfferPriors {
  /** Names the fit. */
  readonly fittedAt: string;
  readonly byType: Readonly<
    Partial<Record<OfferType, Readonly<Partial<Record<OfferContext, Beta>>>>>
  >;
}

/** Counters and priors as they were read together. */
export interface Posterior {
  /** Names what was read, so that a decision can be told apart from one by later counters. */
  readonly snapshot: string;
  /** By `countKey`. */
  readonly counts: ReadonlyMap<string, OfferCount>;
  readonly priors: OfferPriors | undefined;
}

export const countKey = (offerId: string, context: OfferContext): string => `${offerId}#${context}`;

/** A product that an offer turned out to be of. */
export interface ProductOnOffer {
  readonly sku: string;
  readonly name: string;
  readonly category?: string | undefined;
  readonly imageUrl?: string | undefined;
  readonly url?: string | undefined;
  readonly price: Money;
}

/** An offer that may be shown in this session. */
export interface Candidate {
  readonly offer: Offer;
  readonly product?: ProductOnOffer | undefined;
  readonly relation: Relation;
  /** Why its product goes with the order, in words. */
  readonly because?: string | undefined;
  /** What a success is worth, minor units of the shop's currency. */
  readonly valueMinor: number;
}

/** Why an offer may not be shown, in the order in which it is asked: the first that holds is told. */
export type Ineligibility =
  | 'not-active'
  | 'not-yet'
  | 'over'
  | 'no-creative'
  | 'no-page'
  | 'category'
  | 'price-band'
  | 'region'
  | 'customer'
  | 'gift'
  | 'return-open'
  | 'already-has-it'
  | 'dismissed'
  | 'capped'
  | 'budget-spent'
  | 'paced'
  | 'out-of-stock'
  | 'product-unknown'
  | 'nothing-related'
  | 'margin-floor';

export interface Refused {
  readonly offerId: string;
  readonly reason: Ineligibility;
}

/** How a candidate was judged. */
export interface Judged {
  readonly offerId: string;
  readonly type: OfferType;
  readonly sku?: string | undefined;
  readonly context: OfferContext;
  readonly shown: number;
  readonly accepted: number;
  /** What is believed of its rate of success: the prior with these counts. */
  readonly posterior: Beta;
  /** Mean of its posterior. */
  readonly mean: number;
  /** As it was drawn. */
  readonly drawn: number;
  /** What a success is worth, and what kind of value that is. */
  readonly valueMinor: number;
  readonly valueKind: OfferValue['kind'];
  /** drawn × valueMinor: what it is ranked by. */
  readonly scoreMinor: number;
  readonly because?: string | undefined;
}

export interface Placed extends Judged {
  /** Place on the page, from 1. */
  readonly slot: number;
  /** How likely this decision was to show it in this place: above 0, up to 1. */
  readonly propensity: number;
}

/** What a session shows, and all that it takes to understand it and to evaluate it later. */
export interface OfferDecision {
  /** Name and version of the rule. */
  readonly policy: string;
  readonly snapshot: string;
  /** Every draw follows from it: the session's id. */
  readonly seed: string;
  /** Whether this was one of the sessions in which any candidate was as likely as any other. */
  readonly isExploration: boolean;
  /** Of sessions: those that explore, 0 to 1. */
  readonly explorationShare: number;
  /** Places that there were. */
  readonly slots: number;
  /** How many could be shown, and which, as a hash. */
  readonly candidates: number;
  readonly candidateSet: string;
  readonly floorMinor: number;
  readonly placed: readonly Placed[];
  /** The best that were not placed, best first. */
  readonly next: readonly (Judged & {
    readonly passedOver: 'below-floor' | 'diversity' | 'no-slot';
  })[];
  /** How many were not eligible, by reason, and the first of them. */
  readonly refused: Readonly<Partial<Record<Ineligibility, number>>>;
  readonly refusedOffers: readonly Refused[];
}
