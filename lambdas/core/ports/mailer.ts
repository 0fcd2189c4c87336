/** A finished message, and what the provider should remember with it. */
export interface OutgoingMail {
  /** The bare address; the message's own From may say more. */
  readonly from: string;
  readonly to: string;
  /** The whole MIME message. */
  readonly raw: Uint8Array;
  /** Names and values of letters, digits, `-`, `_`, `.` and `@`. */
  readonly tags: Readonly<Record<string, string>>;
}

export type MailResult =
  | { readonly kind: 'accepted'; readonly messageId: string }
  /** The provider will never take this message. */
  | { readonly kind: 'refused'; readonly because: string }
  /** It did not take it, and may later. */
  | { readonly kind: 'later'; readonly because: string };

/** Hands mail to the provider, once. @throws when it is not known whether the provider took it */
export type Mailer = (mail: OutgoingMail) => Promise<MailResult>;
