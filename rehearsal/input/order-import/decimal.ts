import { exponentOf } from '#core/domain/money/exponent.ts';

/** What separates the whole part from the fraction; the other of the two may group thousands. */
export type DecimalMark = '.' | ',';

export type Amount =
  | { readonly kind: 'minor'; readonly minor: number }
  | { readonly kind: 'unreadable' | 'too-precise' };

const grouped: Readonly<Record<DecimalMark, RegExp>> = {
  '.': /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/,
  ',': /^([+-]?)(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d*))?$/,
};

/**
 * An amount as a file writes it, in a unit of which 10^`digits` make one: the text's own digits,
 * never a float. `too-precise` says that it has digits that the unit has not (0.001 of a currency
 * with two), which are neither rounded nor cut off.
 */
export const toMinor = (text: string, digits: number, mark: DecimalMark = '.'): Amount => {
  const [, sign, whole, fraction = ''] = grouped[mark].exec(text.trim()) ?? [];
  if (sign === undefined || whole === undefined) return { kind: 'unreadable' };
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > digits) return { kind: 'too-precise' };
  const units = whole.replaceAll(/[.,]/g, '') + significant.padEnd(digits, '0');
  const minor = Number(`${sign}${units}`);
  return Number.isSafeInteger(minor) ? { kind: 'minor', minor } : { kind: 'unreadable' };
};

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Digits of the minor unit behind the mark: 2 for EUR, 0 for JPY; `undefined` for no currency. */
export const digitsOf = (currency: string): number | undefined =>
  currencies.has(currency) ? exponentOf(currency) : undefined;
