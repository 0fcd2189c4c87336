import { kept } from '../kept.ts';
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
export const knownZone = (zone: string | undefined): string | undefined =>
  zone === undefined ? undefined : (zoneNamed(zone) ?? undefined);

const zoneNamed = kept((zone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
});

export const formatsFor = ({ locale, timeZone, now }: Setting): Formats => {
  const { thisYear, otherYear, full, yearOf } = datesIn(JSON.stringify([locale, timeZone]));
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

const datesIn = kept((of) => {
  const [locale, timeZone]: readonly string[] = JSON.parse(of);
  const day = { weekday: 'long', day: 'numeric', month: 'long', timeZone } as const;
  return {
    thisYear: new Intl.DateTimeFormat(locale, day),
    otherYear: new Intl.DateTimeFormat(locale, { ...day, year: 'numeric' }),
    full: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }),
    yearOf: new Intl.DateTimeFormat('en', { year: 'numeric', timeZone }),
  };
});

/** Amounts in one locale, each currency's. */
export const moneyIn: (locale: string) => (amount: Money) => string = kept((locale) => {
  const inCurrency = kept((currency) => currencyIn(locale, currency));
  return ({ amountMinor, currency }: Money) => inCurrency(currency)(amountMinor);
});

/** As many decimals are shown as is usual there: of forint none, though their minor unit is a hundredth. */
const currencyIn = (locale: string, currency: string): ((amountMinor: number) => string) => {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const minorUnits = 10 ** exponentOf(currency);
  return (amountMinor) => format.format(amountMinor / minorUnits);
};
