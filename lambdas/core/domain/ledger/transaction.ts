import type { Instant } from '../orders/order-event.ts';
import type { CreditSource, RevenueClass } from './credit.ts';

/** Where an amount stands in the books. */
export type Account =
  /** what customers and partners owe */
  | 'receivable'
  /** of lines, by class */
  | 'revenue'
  | 'shipping'
  /** on top of the lines' prices; what is inside them is in the revenue */
  | 'tax'
  /** of partners */
  | 'commission'
  /** given back above what was sold */
  | 'goodwill'
  /** of the shop's books, for no order */
  | 'adjustment'
  /** what an order's own numbers do not explain of its total */
  | 'difference';

export type EntryKind =
  | 'due'
  | 'goods'
  | 'discount'
  | 'shipping'
  | 'tax'
  | 'commission'
  | 'goodwill'
  | 'adjustment'
  | 'difference';

/** What led to a transaction. */
export type TransactionType =
  | 'sale'
  | 'amendment'
  | 'cancellation'
  | 'return'
  | 'refund'
  | 'dispute'
  | 'commission'
  | 'adjustment'
  /** an event that moves no money by itself and changes what is known of others */
  | 'correction';

/** The part of an entry that one source is credited with; the parts sum to the entry. */
export interface Credit extends CreditSource {
  readonly amountMinor: number;
  readonly reportingMinor: number;
}

/** Debits are above zero, credits below: a sale is owed by a receivable above and a revenue below zero. */
export interface LedgerEntry {
  /** Hash of event, line, account, kind and what it reverses. */
  readonly entryId: string;
  readonly account: Account;
  readonly kind: EntryKind;
  /** Of revenue and commission. */
  readonly class?: RevenueClass | undefined;
  readonly lineId?: string | undefined;
  readonly sku?: string | undefined;
  readonly category?: string | undefined;
  readonly amountMinor: number;
  readonly currency: string;
  readonly reportingMinor: number;
  readonly reportingCurrency: string;
  /** The entry that this one takes back, or gives again what was taken back of it. */
  readonly reverses?: string | undefined;
  readonly credits?: readonly Credit[] | undefined;
}

/**
 * What one event brought into the books. Its entries sum to zero in each currency, and in the
 * reporting currency. An event of a long order makes several, `part` by `part`.
 */
export interface Transaction {
  readonly transactionId: string;
  readonly shop: string;
  /** `adjustment/<id>` of what belongs to no order. */
  readonly orderId: string;
  readonly eventId: string;
  readonly type: TransactionType;
  readonly occurredAt: Instant;
  /** Its event's place among those of the order, by arrival: the order's placing has 0. */
  readonly sequence: number;
  /** From 1. */
  readonly part: number;
  readonly entries: readonly LedgerEntry[];
}

/** A name of fixed length for a text: SHA-256, shortened or not. */
export type Hash = (text: string) => string;
