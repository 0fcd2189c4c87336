import type { Purpose } from '../touches/touch.ts';

/** How what was sold is credited to what brought it. */
export interface AttributionRules {
  /** All of it to the last one that led to it, or equal parts to each. */
  readonly model: 'last-touch' | 'linear';
  /** How long after a click, after a code was given, and after a session was opened it counts. */
  readonly clickDays: number;
  /** Messages whose click counts for what the customer orders later, where the order names none itself. */
  readonly purposes: readonly Purpose[];
  readonly codeDays: number;
  readonly sessionHours: number;
}

/** How a deployment keeps its books. */
export interface LedgerRules {
  /** Every amount is booked in it as well. */
  readonly reportingCurrency: string;
  /** Units of the reporting currency for one unit, as decimals, by currency. */
  readonly rates: Readonly<Record<string, string>>;
  readonly attribution: AttributionRules;
  /** The touch that gives a code to everyone, by code in capitals. */
  readonly codes: Readonly<Record<string, string>>;
}
