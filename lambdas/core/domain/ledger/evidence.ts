import type { Instant } from '../orders/order-event.ts';
import type { Purpose } from '../touches/touch.ts';

/** Something that shows that a message or a page of ours was used, and by whom. */
export interface Evidence {
  readonly kind: 'click' | 'session' | 'code';
  /** Of the click in the address it led to, of the session; a code in capitals. */
  readonly id: string;
  readonly shop: string;
  /** Absent: nobody knows whose it is. */
  readonly customerId?: string | undefined;
  /** The order that the touch or the session belongs to. */
  readonly orderId: string;
  readonly touchId?: string | undefined;
  readonly touch?: string | undefined;
  /** Of the touch. */
  readonly purpose?: Purpose | undefined;
  readonly channel?: string | undefined;
  readonly offerId?: string | undefined;
  readonly at: Instant;
  /** From when it is of no more use. */
  readonly expiresAt: Instant;
}
