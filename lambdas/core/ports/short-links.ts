import type { Instant } from '../domain/orders/order-event.ts';
import type { TouchRef } from '../domain/touches/touch-record.ts';

/** A link of a touch, as it is remembered. */
export interface ShortLink extends TouchRef {
  readonly url: string;
  readonly expiresAt: Instant;
}

/** Makes links short enough for a text message. */
export interface ShortLinks {
  /**
   * Remembers the link until it expires; the same touch and address give the same name.
   *
   * @returns its name: 16 characters fit for a URL, that nobody can guess
   */
  make(ref: TouchRef, url: string, expiresAt: Instant): Promise<string>;

  /** What a name stands for; one that has expired may still be found. */
  find(name: string): Promise<ShortLink | undefined>;
}
