import type { Money } from '../money.ts';
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
  /** What counters are kept by. */
  readonly context?: string | undefined;
  readonly candidates?: number | undefined;
  readonly candidateSet?: string | undefined;
  readonly snapshot?: string | undefined;
  readonly valueMinor?: number | undefined;
  readonly isExploration?: boolean | undefined;
}

/** What the customer did with an offer that was shown. */
export interface OfferEvent extends EventOf<'OfferClicked' | 'OfferDismissed'> {
  readonly impressionId: string;
  readonly offerId: string;
}

/** The customer said yes. */
export interface OfferAccepted extends EventOf<'OfferAccepted'> {
  readonly impressionId: string;
  readonly offerId: string;
  /** What the order system is asked to do; absent where it has to do nothing. */
  readonly adds?:
    | {
        readonly sku: string;
        readonly quantity: number;
        readonly unitPrice: Money;
        readonly to: 'order' | 'new-order';
        /** Later it is not to be done any more. */
        readonly validUntil: Instant;
      }
    | undefined;
}

/** The order system does not do what was accepted. */
export interface OfferRefused extends EventOf<'OfferRefused'> {
  readonly offerId: string;
  readonly reason?: string | undefined;
}

/** What happens on a confirmation page; none of it changes the order. */
export type PageEvent = SessionEvent | OfferShown | OfferEvent | OfferAccepted | OfferRefused;
