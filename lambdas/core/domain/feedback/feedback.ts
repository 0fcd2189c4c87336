import type { Instant } from '../orders/order-event.ts';
import type { TouchRef } from '../touches/touch-record.ts';

/** What became of a message. */
export type Fate =
  | { readonly kind: 'delivered' }
  /** A permanent one says that nothing will ever arrive at the address. */
  | { readonly kind: 'bounced'; readonly permanent: boolean; readonly because: string }
  | { readonly kind: 'complained' }
  /** On its way, or lost from sight: no answer to whether it arrived. */
  | { readonly kind: 'underway'; readonly because: string };

/** What a provider says of one message of ours. */
export interface MessageFeedback {
  readonly about: 'message';
  readonly ref: TouchRef;
  readonly channel: 'email' | 'sms';
  /** The provider's id of the message. */
  readonly messageId: string;
  readonly at: Instant;
  readonly fate: Fate;
  /** The address that it went to, in its one spelling. */
  readonly recipient: string;
  /** What it cost, with fees, once that is final. */
  readonly usd?: number | undefined;
}

/** A text that a customer sent to the shop's number. */
export interface TextFeedback {
  readonly about: 'text';
  /** E.164. */
  readonly from: string;
  readonly at: Instant;
  readonly asks: TextRequest;
}

export type TextRequest = 'stop' | 'start' | 'help' | 'other';

export type Feedback = MessageFeedback | TextFeedback;
