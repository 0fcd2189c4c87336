import type { Instant } from '../domain/orders/order-event.ts';
import type { TouchRef } from '../domain/touches/touch-record.ts';

/** Asks for the decision on a held touch again. */
export interface DecisionScheduler {
  /** Once, at the instant; asked for the same turn again, nothing more. */
  at(until: Instant, due: DecisionDue): Promise<void>;

  /** Takes back what was asked for; nothing when it is over. */
  cancel(due: DecisionDue): Promise<void>;
}

/** A held touch and the turn in which it is decided. */
export interface DecisionDue extends TouchRef {
  readonly turn: number;
}
