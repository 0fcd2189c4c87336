import type { Instant } from '../domain/orders/order-event.ts';

/** What a token of ours lets a page do: all of a session, or follow one of its links. */
export type SessionClaims =
  | { readonly use: 'session'; readonly sessionId: string; readonly expiresAt: Instant }
  | {
      readonly use: 'visit';
      readonly sessionId: string;
      readonly impressionId: string;
      readonly expiresAt: Instant;
    };

export type SessionTokenCheck =
  | { readonly kind: 'valid'; readonly claims: SessionClaims }
  | { readonly kind: 'invalid'; readonly because: string };

/** Signs what a page needs to go on with its session, and reads it back. */
export interface SessionTokens {
  /** The same claims and key give the same token. */
  readonly sign: (claims: SessionClaims) => Promise<string>;
  readonly read: (
    token: string,
    use: SessionClaims['use'],
    now: Instant,
  ) => Promise<SessionTokenCheck>;
}
