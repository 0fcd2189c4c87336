import type { Instant } from '../orders/order-event.ts';

/** What the shop's books have and no order: a credit note without one, a bad debt. */
export interface AdjustmentPosted {
  readonly type: 'AdjustmentPosted';
  readonly eventId: string;
  readonly occurredAt: Instant;
  readonly shop: string;
  readonly adjustmentId: string;
  /** Below zero: what the shop has less. */
  readonly amountMinor: number;
  readonly currency: string;
  readonly reason: string;
}
