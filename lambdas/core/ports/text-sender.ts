/** A finished SMS, and what the provider should remember with it. */
export interface OutgoingText {
  /** E.164. */
  readonly to: string;
  readonly text: string;
  /** Parts that it is sent and paid in. */
  readonly parts: number;
  /** Advertising goes by other routes than what the customer waits for. */
  readonly isPromotional: boolean;
  /** A phone that is off for longer does not get it. */
  readonly secondsToLive: number;
  /** Five entries at most, of 800 characters each. */
  readonly context: Readonly<Record<string, string>>;
}

export type TextResult =
  | { readonly kind: 'accepted'; readonly messageId: string }
  /** The provider will never take this message. */
  | { readonly kind: 'refused'; readonly because: string }
  /** It did not take it, and may later. */
  | { readonly kind: 'later'; readonly because: string; readonly isSpendLimit: boolean }
  /** It sends nothing to this number, or not for the price; another channel may. */
  | { readonly kind: 'unreachable'; readonly because: string; readonly isOptedOut: boolean };

/** Hands a text to the provider, once. @throws when it is not known whether the provider took it */
export type TextSender = (text: OutgoingText) => Promise<TextResult>;
