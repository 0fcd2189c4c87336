import type { CustomerScore } from './score-customer.ts';

/** A customer's score as it is kept: what it knew of them, and up to when. */
export interface DatedScore extends CustomerScore {
  /** The shop's day up to which every order was counted, as 2026-11-22. */
  readonly scoredOn: string;
  /** Day of the last order that it knows, by the shop's calendar. */
  readonly lastOrderDay: string;
}

/** The newest of one customer's scores: under a name that was merged into another the old one stays. */
export const newestScore = (scores: readonly DatedScore[]): DatedScore | undefined =>
  scores.toSorted((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1))[0];

const keyOf = ({ scoredOn, lastOrderDay }: DatedScore): string => `${scoredOn} ${lastOrderDay}`;
