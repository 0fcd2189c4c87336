import type { Instant } from '../domain/orders/order-event.ts';
import type {
  FeedbackKind,
  TouchOutcome,
  TouchRecord,
  TouchRef,
} from '../domain/touches/touch-record.ts';

/** Remembers every touch that was decided, so that none is decided or sent twice. */
export interface TouchRecords {
  find(ref: TouchRef): Promise<TouchRecord | undefined>;

  /**
   * Stores a decision: the first, unless the touch has one already; a later one, unless somebody else made
   * it or the touch is not held any more. Gives the record that is stored.
   */
  claim(record: TouchRecord): Promise<TouchRecord>;

  /**
   * Marks the touch as handed to the provider, and counts the attempt. A marketing touch can begin once, any
   * other again as long as it has no outcome.
   *
   * @returns the record, and whether sending may go ahead
   */
  beginSending(ref: TouchRef): Promise<{ readonly mayGo: boolean; readonly record: TouchRecord }>;

  /** The provider certainly did not take it: the attempt does not count, and it may begin again. */
  takeBack(ref: TouchRef): Promise<void>;

  finish(ref: TouchRef, outcome: TouchOutcome): Promise<void>;

  /**
   * The touch is to be decided again: its turn came when it may not go. What was begun and broke off is too, but for
   * marketing, which may have gone.
   */
  giveBack(ref: TouchRef): Promise<void>;

  /** Keeps the first of each kind. @returns whether it was the first; not for an unknown touch */
  hear(ref: TouchRef, kind: FeedbackKind, at: Instant): Promise<boolean>;

  /** All touches of an order, in order of decision. */
  ofOrder(shop: string, orderId: string): Promise<readonly TouchRecord[]>;
}
