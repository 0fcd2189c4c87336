import type { PageAudience } from '../domain/messages/message-links.ts';
import type { Instant } from '../domain/orders/order-event.ts';
import type { Channel } from '../domain/touches/touch.ts';

/** What came with a message, for our own pages: whose it is, and which. */
export interface MessageClaims {
  readonly audience: 'message';
  readonly shop: string;
  readonly orderId: string;
  readonly touchId: string;
  readonly channel: Channel;
  /** Absent where the order names nobody. */
  readonly customerId?: string | undefined;
  readonly expiresAt: Instant;
}

/** What opens a page of the shop for the order's customer. */
export interface PageClaims {
  readonly audience: PageAudience;
  readonly shop: string;
  readonly orderId: string;
  readonly touch: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
}

export type LinkClaims = MessageClaims | PageClaims;

/** Signs links, so that a page opens for whoever got the message and for nobody who guesses. */
export interface LinkSigner {
  /** A token fit for a URL; the same claims and key give the same token. */
  readonly sign: (claims: LinkClaims) => Promise<string>;
}

/** What a token turned out to be. */
export type LinkReading =
  | { readonly kind: 'valid'; readonly claims: MessageClaims }
  /** `shop` is what it says of itself, which nobody vouches for. */
  | { readonly kind: 'expired' | 'refused'; readonly shop: string | undefined };

export interface LinkReader {
  /** Reads the token of a message. @throws when the keys cannot be read */
  readonly read: (token: string, now: Instant) => Promise<LinkReading>;
}
