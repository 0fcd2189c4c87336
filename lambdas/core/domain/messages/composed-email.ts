import type { ContentRef } from '../content/product-texts.ts';
import type { Instant } from '../orders/order-event.ts';
import type { PersonalisedElement } from '../touches/touch.ts';

/** One e-mail, ready to be written as MIME. */
export interface ComposedEmail {
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo?: string | undefined;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Beside From, To, Reply-To, Subject and Date. `Message-ID` is the same for the same touch. */
  readonly headers: Readonly<Record<string, string>>;
  readonly composedAt: Instant;
  readonly templateLanguage: string;
  readonly locale: string;
  /** What of it depends on the order or the customer. */
  readonly personalised: readonly PersonalisedElement[];
  /** The versions of product texts in it. */
  readonly content: readonly ContentRef[];
}
