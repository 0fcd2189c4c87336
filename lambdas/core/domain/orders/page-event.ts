import type { Instant } from './order-event.ts';

interface EventOf<Type extends string> {
  readonly type: Type;
  /** Unique within the shop: the same id is the same event. */
  readonly eventId: string;
  readonly occurredAt: Instant;
  readonly shop: string;
  readonly orderId: string;
  /** One an order and visit: closed 24 hours after its first view. */
  readonly sessionId: string;
}

/** A confirmation page was looked at: for the first time, or again. */
export type SessionEvent = EventOf<'SessionOpened' | 'SessionViewed'>;

/** What was shown where, by which policy. */
export interface OfferShown extends EventOf<'OfferShown'> {
  readonly impressionId: string;
  readonly offerId: string;
  readonly offerType?: string | undefined;
  readonly sku?: string | undefined;
  readonly partner?: string | undefined;
  /** Place on the page, from 1. */
  readonly slot?: number | undefined;
  /** How likely the policy was to show it there: 0 to 1. */
  readonly propensity?: number | undefined;
  readonly policy?: string | undefined;
}

/** What the customer did with an offer that was shown. */
export interface OfferEvent extends EventOf<'OfferClicked' | 'OfferAccepted' | 'OfferDismissed'> {
  readonly impressionId: string;
  readonly offerId: string;
}

/** What happens on a confirmation page; none of it changes the order. */
export type PageEvent = SessionEvent | OfferShown | OfferEvent;
