import type { LinkAudience } from '../domain/messages/message-links.ts';
import type { Instant } from '../domain/orders/order-event.ts';

export interface LinkClaims {
  readonly audience: LinkAudience;
  readonly shop: string;
  readonly orderId: string;
  readonly touch: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
}

/** Signs links, so that an order's page opens for whoever got the message and for nobody who guesses. */
export interface LinkSigner {
  /** A token fit for a URL; the same claims and key give the same token. */
  readonly sign: (claims: LinkClaims) => Promise<string>;
}
