import type { TouchOutcome, TouchRecord, TouchRef } from '../domain/touches/touch-record.ts';

/** Remembers every touch that was decided, so that none is decided or sent twice. */
export interface TouchRecords {
  /** Stores the record unless the touch has one already; gives the one that is stored. */
  claim(record: TouchRecord): Promise<TouchRecord>;

  /**
   * Marks the touch as being sent, and counts the attempt. A marketing touch can begin once, any
   * other again as long as it has no outcome.
   *
   * @returns the record, and whether sending may go ahead
   */
  beginSending(ref: TouchRef): Promise<{ readonly mayGo: boolean; readonly record: TouchRecord }>;

  finish(ref: TouchRef, outcome: TouchOutcome): Promise<void>;

  /** All touches of an order, in order of decision. */
  ofOrder(shop: string, orderId: string): Promise<readonly TouchRecord[]>;
}
