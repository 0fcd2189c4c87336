import type { Account } from '#core/domain/ledger/transaction.ts';
import type { Span } from './calendar.ts';
import type { ScenarioOrder } from './scenario.ts';

interface Expected {
  readonly line: number;
}

/** What the books of an order come to by then; every other balance is zero. */
export interface BooksExpectation extends Expected {
  readonly kind: 'books';
  readonly order: ScenarioOrder;
  readonly when: Span;
  readonly balances: readonly ExpectedBalance[];
}

export interface ExpectedBalance {
  /** As the scenario calls it: `revenue HG-ESP-100 in EUR`. */
  readonly written: string;
  readonly account: Account;
  /** A class of revenue, or a SKU. @default the whole account */
  readonly of?: string | undefined;
  readonly currency: string;
  readonly amountMinor: number;
}

/** What can become of an offer, as the fact `impressions` says it. */
export const offerOutcomes = [
  'shown',
  'clicked',
  'accepted',
  'dismissed',
  'confirmed',
  'refused',
  'expired',
] as const;

export type OfferOutcome = (typeof offerOutcomes)[number];

export interface OfferExpectation extends Expected {
  readonly kind: 'offer';
  readonly order: ScenarioOrder;
  /** Absent: never. */
  readonly when?: Span | undefined;
  /** As the scenario calls it. */
  readonly written: string;
  readonly offerId: string;
  readonly outcome: OfferOutcome;
}

/** What a view of the lake says, as if the scenario were all that has happened by then. */
export interface MetricExpectation extends Expected {
  readonly kind: 'metric';
  readonly when: Span;
  readonly view: string;
  /** Which rows are meant, by column. @default all */
  readonly of: Readonly<Record<string, MetricValue>>;
  /** By column, of the only row. */
  readonly values: Readonly<Record<string, MetricValue>>;
}

export type MetricValue = string | number | boolean | null;

/** What stands in records besides touches: books, offers of the confirmation page, metrics. */
export type RecordExpectation = BooksExpectation | OfferExpectation | MetricExpectation;

/** Something in the records that is otherwise than expected. */
export interface Mismatch {
  readonly line: number;
  /** Both with their time, in the scenario's words. */
  readonly expected: string;
  readonly got: string;
  /** What shows more of it: a command of ours, without `--state`. */
  readonly hint?: string | undefined;
}
