import type { RuleResult } from '#core/domain/contact-policy/decision.ts';
import type { Transaction } from '#core/domain/ledger/transaction.ts';
import type { OfferType } from '#core/domain/offers/offer.ts';
import type { Instant } from '#core/domain/orders/order-event.ts';
import type { Channel } from '#core/domain/touches/touch.ts';
import type { UsageCounts } from '../cost/counts.ts';

/** What a message said, known again by hashes. Tokens of links are not part of it: they change with the time. */
export interface Words {
  /** Of e-mails and notifications. */
  readonly subject?: string | undefined;
  readonly text: string;
  /** Hash of the HTML. */
  readonly look?: string | undefined;
}

/**
 * - `sent`, `refused`, `dropped`, `in-doubt`: as the touch's outcome has it, or its decision where it was not to go
 * - `held`: it is decided again later
 * - `waiting`: on its way
 */
export type Ending = 'sent' | 'refused' | 'dropped' | 'in-doubt' | 'held' | 'waiting';

/** What became of one touch of one order, as far as it was known at the end. */
export interface RecordedTouch {
  readonly shop: string;
  readonly orderId: string;
  readonly touchId: string;
  readonly touch: string;
  /** Absent where nobody is known. */
  readonly customerId?: string | undefined;
  readonly ending: Ending;
  /** Why it was held, dropped or refused. */
  readonly reason?: string | undefined;
  /** By which it went, or is to go. */
  readonly channel?: Channel | undefined;
  /** Since when it is so. */
  readonly at: Instant;
  /** Arms of experiments that it shows, `experiment: arm`. */
  readonly arms: readonly string[];
  /** Why it was held before, oldest first. */
  readonly held: readonly string[];
  /** What the last decision was made by. */
  readonly rules: readonly RuleResult[];
  /** Versions of product texts in it. */
  readonly content: readonly string[];
  /** Whether its provider told that it did not arrive, or that the customer complained. */
  readonly isReturned: boolean;
  /** Of messages that the rehearsal has the text of: e-mails, SMS, push. */
  readonly words?: Words | undefined;
}

export interface RecordedOrder {
  readonly shop: string;
  readonly orderId: string;
  readonly placedAt: Instant;
  readonly totalMinor: number;
  readonly currency: string;
}

export interface RecordedOffer {
  readonly offerId: string;
  readonly type: OfferType;
  readonly slot: number;
  /** Of a success, minor units. */
  readonly valueMinor: number;
}

/** A confirmation page, as it was first shown. */
export interface RecordedPage {
  readonly shop: string;
  readonly orderId: string;
  readonly currency: string;
  readonly offers: readonly RecordedOffer[];
}

export interface FailedExecution {
  readonly name: string;
  readonly because: string;
}

/** What one run of orders came to: what a comparison needs to know. */
export interface RunRecord {
  /** Without test orders. */
  readonly orders: readonly RecordedOrder[];
  readonly touches: readonly RecordedTouch[];
  readonly pages: readonly RecordedPage[];
  readonly transactions: readonly Transaction[];
  /** `<stage>: <status>`. */
  readonly executions: Readonly<Record<string, number>>;
  readonly failed: readonly FailedExecution[];
  readonly transitions: number;
  /** Absent of a run without orders. */
  readonly counts?: UsageCounts | undefined;
}

/** Names an order among those of all shops. */
export const orderName = ({ shop, orderId }: Pick<RecordedOrder, 'shop' | 'orderId'>): string =>
  JSON.stringify([shop, orderId]);

/** Names a touch among those of all orders. */
export const touchName = ({
  shop,
  orderId,
  touchId,
}: Pick<RecordedTouch, 'shop' | 'orderId' | 'touchId'>): string =>
  JSON.stringify([shop, orderId, touchId]);
