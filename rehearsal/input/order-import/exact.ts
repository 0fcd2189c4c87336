import type { DecimalMark } from './decimal.ts';

/** An amount in the currency's major unit, without any rounding: an integer of 10^−18 of it. */
export type Exact = bigint;

/** Of an amount; a price has {@link PRICE_DIGITS} of them and a quantity the others. */
const DIGITS = 18;

/** Exchange rates and fuel are priced in 4 to 6 digits; unit costs of an ERP in up to 10. */
const PRICE_DIGITS = 12;
const QUANTITY_DIGITS = DIGITS - PRICE_DIGITS;

const grouped: Readonly<Record<DecimalMark, RegExp>> = {
  '.': /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/,
  ',': /^([+-]?)(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d*))?$/,
};

/** A decimal of up to so many digits, in the unit of its last; `undefined` when the text is none. */
const readDecimal = (text: string, digits: number, mark: DecimalMark): bigint | undefined => {
  const [, sign, whole, fraction = ''] = grouped[mark].exec(text.trim()) ?? [];
  if (sign === undefined || whole === undefined) return undefined;
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > digits) return undefined;
  const units = BigInt(whole.replaceAll(/[.,]/g, '') + significant.padEnd(digits, '0'));
  return sign === '-' ? -units : units;
};

/** Pieces, of which {@link piecesOf} makes a number: an integer of 10^−6 of a piece. */
export const readQuantity = (text: string, mark: DecimalMark): bigint | undefined =>
  readDecimal(text, QUANTITY_DIGITS, mark);

/** The price of one piece: an integer of 10^−12 of the major unit. */
export const readPrice = (text: string, mark: DecimalMark): bigint | undefined =>
  readDecimal(text, PRICE_DIGITS, mark);

export const readExact = (text: string, mark: DecimalMark): Exact | undefined =>
  readDecimal(text, DIGITS, mark);

/** Quantity × price, as they were read. */
export const productOf = (quantity: bigint, price: bigint): Exact => quantity * price;

const ONE_PIECE = 10n ** BigInt(QUANTITY_DIGITS);

/** Whole pieces; `undefined` of 0.5 kg. */
export const piecesOf = (quantity: bigint): number | undefined =>
  quantity % ONE_PIECE === 0n ? Number(quantity / ONE_PIECE) : undefined;

/** What one minor unit of a currency with so many digits is. */
export const unitOf = (digits: number): Exact => 10n ** BigInt(DIGITS - digits);

export const fromMinor = (minor: bigint, digits: number): Exact => minor * unitOf(digits);

/** The greatest whole number of minor units that is not above the amount. */
export const floorMinor = (amount: Exact, digits: number): bigint => {
  const unit = unitOf(digits);
  const cut = amount / unit;
  return amount < 0n && amount % unit !== 0n ? cut - 1n : cut;
};

/** In minor units, rounded to the nearest, halves to the even one. */
export const roundedMinor = (amount: Exact, digits: number): bigint => {
  const below = floorMinor(amount, digits);
  const twice = 2n * (amount - fromMinor(below, digits));
  const unit = unitOf(digits);
  const isUp = twice > unit || (twice === unit && below % 2n !== 0n);
  return isUp ? below + 1n : below;
};

/**
 * Amounts in minor units that sum to the rounded sum of the exact ones, or to what that was rounded to
 * elsewhere: each rounded down, and those of which most was cut off raised by a unit, the first of equals
 * first. So a document is off by half a unit at most, however many lines it has.
 *
 * @param total the exact sum rounded down or up
 */
export const roundedTogether = (
  amounts: readonly Exact[],
  digits: number,
  total: bigint = roundedMinor(sumOf(amounts), digits),
): readonly bigint[] => {
  const floors = amounts.map((amount) => floorMinor(amount, digits));
  const cutOff = amounts.map((amount, at) => amount - fromMinor(floors[at] ?? 0n, digits));
  if (cutOff.every((cut) => cut === 0n)) return floors;
  const raised = new Set(
    [...cutOff.entries()]
      .toSorted(([a, m], [b, n]) => Number(n > m) - Number(m > n) || a - b)
      .slice(0, Number(total - sumOf(floors)))
      .map(([at]) => at),
  );
  return floors.map((floor, at) => (raised.has(at) ? floor + 1n : floor));
};

export const sumOf = (amounts: readonly bigint[]): bigint =>
  amounts.reduce((sum, amount) => sum + amount, 0n);

export const absolute = (amount: bigint): bigint => (amount < 0n ? -amount : amount);

/** As a decimal with at least so many digits: 10655622.484, -11062.06. */
export const inDecimal = (amount: Exact, digits = 2): string => {
  const text = absolute(amount)
    .toString()
    .padStart(DIGITS + 1, '0');
  const fraction = text.slice(-DIGITS).replace(/0+$/, '').padEnd(digits, '0');
  const whole = text.slice(0, -DIGITS);
  return `${amount < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
};
