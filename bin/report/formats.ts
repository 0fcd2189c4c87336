import { exponentOf } from '#core/domain/money/exponent.ts';
import { wilsonInterval } from '#core/domain/statistics/wilson-interval.ts';

/** What stands where a number would say more than is known. */
export const NOTHING = '–';

/** Under this many no share is told: one customer more or less would move it by twenty points. */
export const FEWEST = 5;

export const ALPHA = 0.05;

const LOCALE = 'en-GB';
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });
const percentFormat = new Intl.NumberFormat(LOCALE, {
  style: 'percent',
  maximumFractionDigits: 1,
  signDisplay: 'negative',
});
const monthFormat = new Intl.DateTimeFormat(LOCALE, {
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const dayFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long', timeZone: 'UTC' });
const instantFormat = new Intl.DateTimeFormat(LOCALE, {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** `21,307` */
export const count = (value: number): string => whole.format(value);

/** `12.5` */
export const decimal = (value: number): string => oneDecimal.format(value);

/** A score such as the net promoter score: `+31`, `−4`, `0`. */
export const points = (value: number): string => {
  const size = whole.format(Math.abs(value));
  return size === '0' ? '0' : `${value < 0 ? '−' : '+'}${size}`;
};

/** `11.8%` */
export const percent = (share: number): string => withMinus(percentFormat.format(share));

/** As mathematics writes it, and as the domain's own words do: wide enough to be seen. */
const withMinus = (text: string): string => text.replace('-', '−');

/** `Mar 2026` of `2026-03`. */
export const month = (of: string): string => {
  const at = new Date(`${of}-01T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? of : monthFormat.format(at);
};

/** `Mar`, for axes. */
export const monthInShort = (of: string): string => month(of).slice(0, 3);

/** `22 November 2026` of `2026-11-22` or an instant. */
export const day = (of: string): string => {
  const at = new Date(`${of.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? of : dayFormat.format(at);
};

/** `22 November 2026 at 12:00 UTC`; of ISO 8601, and of Trino's `2026-11-22 12:00:00.000`, which is UTC here. */
export const instant = (of: string): string => {
  const at = new Date(/[zZ]$/.test(of) ? of : `${of.replace(' ', 'T')}Z`);
  return Number.isNaN(at.getTime()) ? of : `${instantFormat.format(at)} UTC`;
};

/** A share with its count behind it, or nothing where there are too few. */
export const rate = (successes: number, n: number): string =>
  n < FEWEST ? NOTHING : percent(successes / n);

/** `8.1% to 16.3%`, by Wilson; nothing where there are too few. */
export const rateRange = (successes: number, n: number): string => {
  if (n < FEWEST) return NOTHING;
  const { lower, upper } = wilsonInterval(successes, n, ALPHA);
  return range(lower, upper, percent);
};

export const range = (lower: number, upper: number, write: (value: number) => string): string =>
  `${write(lower)} to ${write(upper)}`;

/** Counts with their noun: `1 order`, `12 orders`. */
export const counted = (n: number, noun: string, plural = `${noun}s`): string =>
  `${count(n)} ${n === 1 ? noun : plural}`;

/** Amounts of one currency, in minor units, which need not be whole. */
export interface MoneyFormat {
  /** As a sum is written: cents where it is small, none where all of them are large. */
  readonly sums: (of: readonly number[]) => (amountMinor: number) => string;
  /** As the price of one thing is written: `€1.20`, `€0.0012`. */
  readonly each: (amountMinor: number) => string;
}

/** From here on, in units, cents are noise. */
const LARGE = 10_000;

export const moneyFormat = (currency: string): MoneyFormat => {
  const units = 10 ** exponentOf(currency);
  // Without the sign of what rounds to zero.
  const style = { style: 'currency', currency, signDisplay: 'negative' } as const;
  const usual = new Intl.NumberFormat(LOCALE, style);
  const rounded = new Intl.NumberFormat(LOCALE, { ...style, maximumFractionDigits: 0 });
  const fine = new Intl.NumberFormat(LOCALE, { ...style, maximumSignificantDigits: 3 });
  return {
    sums: (of) => {
      const largest = Math.max(0, ...of.map((amount) => Math.abs(amount / units)));
      const format = largest >= LARGE ? rounded : usual;
      return (amountMinor) => withMinus(format.format(amountMinor / units));
    },
    each: (amountMinor) => {
      const value = amountMinor / units;
      return Math.abs(value) > 0 && Math.abs(value) < 0.1
        ? withMinus(fine.format(value))
        : withMinus(usual.format(value));
    },
  };
};
