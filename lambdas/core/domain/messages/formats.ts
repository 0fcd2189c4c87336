import type { Money } from '../money.ts';
import { exponentOf } from '../money/exponent.ts';
import type { Instant } from '../orders/order-event.ts';

/** How one message writes amounts and dates. */
export interface Formats {
  readonly money: (amount: Money) => string;
  /** `Monday 30 November`, with the year only when it is not the present one. */
  readonly day: (at: Instant) => string;
  /** `22 November 2026` */
  readonly fullDate: (at: Instant) => string;
}

interface Setting {
  readonly locale: string;
  readonly timeZone: string;
  readonly now: Instant;
}

/** The zone if it is one: shops' systems keep all sorts of things there. */
export const knownZone = (zone: string | undefined): string | undefined => {
  try {
    return zone === undefined
      ? undefined
      : new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
};

export const formatsFor = ({ locale, timeZone, now }: Setting): Formats => {
  const day = { weekday: 'long', day: 'numeric', month: 'long', timeZone } as const;
  const thisYear = new Intl.DateTimeFormat(locale, day);
  const otherYear = new Intl.DateTimeFormat(locale, { ...day, year: 'numeric' });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone });
  const yearOf = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone });
  const year = yearOf.format(new Date(now));
  return {
    money: moneyIn(locale),
    day: (at) => {
      const date = new Date(at);
      return (yearOf.format(date) === year ? thisYear : otherYear).format(date);
    },
    fullDate: (at) => full.format(new Date(at)),
  };
};

/** Amounts in one locale. Making a format takes longer than using it, so each currency's is kept. */
export const moneyIn = (locale: string): ((amount: Money) => string) => {
  const known = new Map<string, (amountMinor: number) => string>();
  return ({ amountMinor, currency }) => {
    const write = known.get(currency) ?? currencyIn(locale, currency);
    known.set(currency, write);
    return write(amountMinor);
  };
};

/** As many decimals are shown as is usual there: of forint none, though their minor unit is a hundredth. */
const currencyIn = (locale: string, currency: string): ((amountMinor: number) => string) => {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const minorUnits = 10 ** exponentOf(currency);
  return (amountMinor) => format.format(amountMinor / minorUnits);
};
