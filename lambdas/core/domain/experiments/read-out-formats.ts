import { moneyIn } from '../messages/formats.ts';
import type { Interval } from '../statistics/interval.ts';
import type { Outcome, Verdict } from './read-out-types.ts';

/** Differences are told for this many customers: small enough to picture, large enough for whole money. */
export const CUSTOMERS_TOLD = 1_000;

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });
const twoDecimals = new Intl.NumberFormat('en-GB', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const precise = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 6 });
const percent = new Intl.NumberFormat('en-GB', { style: 'percent', maximumSignificantDigits: 3 });
const money = moneyIn('en-GB');

/** `21,307` */
export const count = (value: number): string => whole.format(value);

/** `0.769827`, for whoever checks. */
export const number = (value: number): string => precise.format(value);

/** `11.8%` */
export const share = (value: number): string => percent.format(value);

/** `+118%` */
export const signedShare = (value: number): string => signed(value, share);

/** `0.904`, `below 0.0001` */
export const probability = (p: number): string =>
  p < 1e-4 ? 'below 0.0001' : p.toFixed(p < 0.01 ? 4 : 3);

/** A net promoter score as it is usually printed: `+3.1`. */
export const points = (value: number): string => signed(value * 100, (n) => oneDecimal.format(n));

/** A value of one customer: money, or the number as it is. */
export const ofOne = ({ currency }: Outcome, value: number): string =>
  currency === undefined ? number(value) : money({ amountMinor: Math.round(value), currency });

/** What a mean or difference of one customer comes to for a thousand: money, or customers. */
export const perThousand = ({ kind, currency }: Outcome, value: number): string => {
  const total = value * CUSTOMERS_TOLD;
  if (kind === 'proportion') return oneDecimal.format(total);
  return currency === undefined
    ? twoDecimals.format(total)
    : money({ amountMinor: Math.round(total), currency });
};

export const signedPerThousand = (outcome: Outcome, value: number): string =>
  signed(value, (size) => perThousand(outcome, size));

/** `from +302.07 to +1,237.59` */
export const rangePerThousand = (outcome: Outcome, { lower, upper }: Interval): string =>
  `from ${signedPerThousand(outcome, lower)} to ${signedPerThousand(outcome, upper)}`;

const signed = (value: number, write: (size: number) => string): string => {
  const size = write(Math.abs(value));
  if (value === 0) return size;
  return `${value < 0 ? '−' : '+'}${size}`;
};

export const verdictWords: Readonly<Record<Verdict, string>> = {
  'broken-split': 'broken split, do not read on',
  'too-early': 'too early to tell',
  'no-difference-seen': 'no difference seen',
  better: 'better',
  worse: 'worse',
};
