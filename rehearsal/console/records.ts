import type { JourneyPlan } from '#core/domain/explain/journey-plan.ts';
import type { Transaction } from '#core/domain/ledger/transaction.ts';
import type { OrderLog } from '#core/domain/orders/order-log.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';

/** One order as the tables have it now. */
export interface OrderRecords {
  readonly log: OrderLog;
  /** In the order in which they were decided last. */
  readonly touches: readonly TouchRecord[];
  /** Absent as long as the order itself has not come. */
  readonly plan?: JourneyPlan | undefined;
  /** What its confirmation page showed and why, a line each; nothing as long as nobody has opened it. */
  readonly page: readonly string[];
}

/** What the tables of the running rehearsal know of one order, read by its key. */
export interface Records {
  /** An order that nothing is known of has no events. */
  readonly order: (shop: string, orderId: string) => Promise<OrderRecords>;
  /** The first transaction first. */
  readonly books: (shop: string, orderId: string) => Promise<readonly Transaction[]>;
}
