import type { Evidence } from '../domain/ledger/evidence.ts';
import type { Instant } from '../domain/orders/order-event.ts';

/** What shows which of our messages and pages were used. */
export interface Attributions {
  /** The same evidence kept again is one. */
  keep(evidence: Evidence): Promise<void>;

  /** Of each id the latest uses, newest first, whether they have expired or not. */
  byId(shop: string, kind: Evidence['kind'], ids: readonly string[]): Promise<readonly Evidence[]>;

  /** Everything of the customer since then, newest first. */
  ofCustomer(shop: string, customerId: string, since: Instant): Promise<readonly Evidence[]>;
}
