import type { Instant } from '../domain/orders/order-event.ts';

/** A message as it lies in a customer's inbox, to be shown by the shop's app or site. */
export interface InboxMessage {
  readonly at: Instant;
  readonly orderId: string;
  readonly touchId: string;
  readonly touch: string;
  readonly title: string;
  readonly text: string;
  readonly url: string;
}

export interface KeptMessage extends InboxMessage {
  /** Names it among the customer's messages: a later one's is greater. */
  readonly id: string;
}

export interface InboxQuestion {
  readonly shop: string;
  /** The customer, and whom they turned out to be too. */
  readonly customerIds: readonly string[];
  readonly limit: number;
  /** Only messages before the one of this id. */
  readonly before?: string | undefined;
  readonly now: Instant;
}

/** Messages that customers find when they come. */
export interface Inbox {
  /** The same message kept again is one. */
  keep(shop: string, customerId: string, message: InboxMessage, expiresAt: Instant): Promise<void>;

  /** Newest first; none that has expired. */
  latest(question: InboxQuestion): Promise<readonly KeptMessage[]>;
}
