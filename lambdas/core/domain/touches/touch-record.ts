import type { DropReason, TouchDecision } from '../contact-policy/decision.ts';
import type { Instant } from '../orders/order-event.ts';
import type { Purpose, TouchRequest } from './touch.ts';

/** Names one touch of one order. */
export interface TouchRef {
  readonly shop: string;
  readonly orderId: string;
  readonly touchId: string;
}

/**
 * - `decided`: see the decision; a sent one waits in its channel's queue
 * - `sending`: handed to the provider, answer not yet recorded
 * - `sent`, `refused` (by the provider), `dropped` (at send time): final
 * - `in-doubt`: a crash hides whether it was sent, and it may not go twice: final
 */
export type TouchState = 'decided' | 'sending' | 'sent' | 'refused' | 'dropped' | 'in-doubt';

/** One touch of one order: what was decided, why, and what became of it. */
export interface TouchRecord extends TouchRef, TouchRequest {
  readonly purpose: Purpose;
  readonly decision: TouchDecision;
  readonly decidedAt: Instant;
  readonly state: TouchState;
  /** How often sending was begun; more than once means the customer may have got it twice. */
  readonly attempts: number;
  readonly outcome?: TouchOutcome | undefined;
}

export type TouchOutcome =
  | {
      readonly state: 'sent';
      readonly at: Instant;
      /** The provider's id. */
      readonly messageId: string;
      readonly locale: string;
      readonly inDoubt: boolean;
    }
  | { readonly state: 'refused'; readonly at: Instant; readonly because: string }
  | { readonly state: 'dropped'; readonly at: Instant; readonly reason: DropReason }
  | { readonly state: 'in-doubt'; readonly at: Instant };
