import type { DrawnArm } from '../experiments/arms.ts';
import type { Money } from '../money.ts';
import type { OfferContext, OfferDecision } from '../offers/decision.ts';
import type { OfferType } from '../offers/offer.ts';
import type { Instant } from '../orders/order-event.ts';

/** What has to happen for a showing to count as a success: what the shop is paid for. */
export type Success = 'click' | 'confirmation';

/** How far an accepted product has come. */
export interface Acceptance {
  readonly state: 'pending' | 'confirmed' | 'refused' | 'expired';
  readonly at: Instant;
  /** Until when the order system may still do it. */
  readonly validUntil: Instant;
  readonly reason?: string | undefined;
  /** Of a try after one that was refused or ran out: until when that one could be done. */
  readonly earlierUntil?: Instant | undefined;
}

/** An offer as it was put on the page, with all that is needed to show it again and to settle it. */
export interface ShownOffer {
  readonly impressionId: string;
  readonly offerId: string;
  readonly slot: number;
  readonly type: OfferType;
  readonly context: OfferContext;
  readonly headline: string;
  readonly text?: string | undefined;
  readonly action: string;
  readonly imageUrl?: string | undefined;
  readonly partner?: string | undefined;
  /** Where it leads; absent of a product, which is accepted. */
  readonly url?: string | undefined;
  readonly product?:
    { readonly sku: string; readonly name: string; readonly price: Money } | undefined;
  readonly success: Success;
  readonly valueMinor: number;
  /** Of an offer whose partner pays by budget: the budget, minor units. */
  readonly budgetMinor?: number | undefined;
  readonly propensity: number;
  /** First times. */
  readonly viewedAt?: Instant | undefined;
  readonly clickedAt?: Instant | undefined;
  readonly dismissedAt?: Instant | undefined;
  readonly acceptance?: Acceptance | undefined;
  /** When it turned out to be a success, and was counted as one. */
  readonly succeededAt?: Instant | undefined;
}

/** The confirmation page of one order, from its first view on. */
export interface Session {
  readonly shop: string;
  readonly orderId: string;
  readonly sessionId: string;
  /** Zero before it is stored. */
  readonly version: number;
  /** Absent where nobody is known. */
  readonly customerId?: string | undefined;
  readonly locale: string;
  readonly currency: string;
  readonly openedAt: Instant;
  /** 24 hours later: then it is closed. */
  readonly endsAt: Instant;
  /** Arms of experiments on offers that show on this page. */
  readonly arms?: readonly DrawnArm[] | undefined;
  /** Held-out customers are shown nothing. */
  readonly isHeldOut: boolean;
  readonly offers: readonly ShownOffer[];
  /** Absent of a session that is held out. */
  readonly decision?: OfferDecision | undefined;
  readonly guides: readonly { readonly sku: string; readonly name: string; readonly url: string }[];
}
