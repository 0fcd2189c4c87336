import type { DropReason, HoldReason } from '#core/domain/contact-policy/decision.ts';
import type { Channel } from '#core/domain/touches/touch.ts';
import type { TimedEvent } from '../input/timed-event.ts';
import type { Calendar, Span } from './calendar.ts';
import type { CustomerDeed } from './customer-deed.ts';
import type { RecordExpectation } from './record-expectation.ts';

/** What can be expected to become of a touch. */
export const outcomes = ['sent', 'dropped', 'held'] as const;

export type ExpectedOutcome = (typeof outcomes)[number];

export type Reason = DropReason | HoldReason;

export interface ScenarioOrder {
  /** As the scenario calls it; empty where it has one order without a name. */
  readonly name: string;
  readonly orderId: string;
}

/** An order with the products of its lines as the scenario calls them, by line id. */
export interface OrderInScenario extends ScenarioOrder {
  readonly products: Readonly<Record<string, string>>;
}

/** A touch that should come at one time, or never. */
export interface Expectation {
  readonly line: number;
  readonly order: ScenarioOrder;
  readonly touch: string;
  /** Absent: never. */
  readonly when?: Span | undefined;
  readonly outcome: ExpectedOutcome;
  readonly channel?: Channel | undefined;
  readonly because?: Reason | undefined;
  /** What it tells of, each as it is written and with the subjects that mean it. @default anything */
  readonly of?: readonly Subject[] | undefined;
}

export interface Subject {
  readonly written: string;
  readonly means: readonly string[];
}

/** A journey's specification, ready to be rehearsed: nothing in it is shared with another scenario. */
export interface Scenario {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly shop: string;
  readonly calendar: Calendar;
  /** Begins every id of it, of orders, customers and events. */
  readonly scope: string;
  readonly orders: readonly OrderInScenario[];
  /** By experiment, the arm that its customers are in. @default the control, and not in the holdout */
  readonly arms: Readonly<Record<string, string>>;
  /** In order of arrival. */
  readonly events: readonly TimedEvent[];
  /** What the customer does besides, which no system tells. */
  readonly deeds: readonly CustomerDeed[];
  /** The customer's number as E.164, where they text. */
  readonly textsFrom: string | undefined;
  readonly fromMs: number;
  /** What happens later is not looked at. */
  readonly untilMs: number;
  readonly expectations: readonly Expectation[];
  /** Of books, offers and metrics. */
  readonly records: readonly RecordExpectation[];
  readonly allowsOthers: boolean;
}

/** A mistake in a file, for its writer. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly problem: string;
}

export const problemInWords = ({ file, line, problem }: Problem): string =>
  `${file}:${line}: ${problem}`;
