import type { Refusal } from '../contracts/parse-event.ts';
import type { Feedback } from '../domain/feedback/feedback.ts';
import type { Instant } from '../domain/orders/order-event.ts';

export type FeedbackReading =
  | { readonly kind: 'read'; readonly feedback: Feedback }
  /** Of another system of the account, or of nobody's message: `what` says of which. */
  | { readonly kind: 'not-ours'; readonly what: string }
  | ({ readonly kind: 'unreadable' } & Refusal);

export interface FeedbackMessage {
  /** As the provider wrote it. */
  readonly body: string;
  /** When it came in: texts of customers do not say when they were sent. */
  readonly receivedAt: Instant;
}

/** Reads what providers tell of messages, each in its own way, as one. */
export type FeedbackReader = (message: FeedbackMessage) => FeedbackReading;
