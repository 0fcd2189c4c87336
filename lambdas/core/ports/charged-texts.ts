import type { TouchRef } from '../domain/touches/touch-record.ts';

/** Remembers which texts are in what SMS has cost, so that none is twice. */
export interface ChargedTexts {
  /**
   * Marks the provider's message as charged.
   *
   * @returns whether it was not yet; not for an unknown touch
   */
  mark(ref: TouchRef, messageId: string): Promise<boolean>;

  /** It could not be charged: it may be marked again. */
  unmark(ref: TouchRef, messageId: string): Promise<void>;
}
