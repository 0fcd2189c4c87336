import type { Money } from '../money.ts';
import { exponentOf } from './exponent.ts';

/** A decimal without a sign or an exponent, such as `1.0857`. */
const DECIMAL = /^(\d+)(?:\.(\d+))?$/;

/**
 * An amount in another currency, in whole numbers throughout; half a minor unit is rounded away from
 * zero, so that an amount and its opposite stay opposite.
 *
 * @param rate units of `to` for one unit of the amount's currency, a decimal as text
 * @throws {RangeError} when the rate is no decimal above zero, or the result passes 2^53 − 1
 */
export const converted = ({ amountMinor, currency }: Money, rate: string, to: string): number => {
  const [, whole, fraction = ''] = DECIMAL.exec(rate) ?? [];
  const digits = BigInt(whole === undefined ? 0 : whole + fraction);
  if (digits === 0n)
    throw new RangeError(`got the rate "${rate}", expected a decimal above 0 such as 1.0857`);
  const product = BigInt(Math.abs(amountMinor)) * digits * 10n ** BigInt(exponentOf(to));
  const divisor = 10n ** BigInt(fraction.length + exponentOf(currency));
  const rounded = Number((2n * product + divisor) / (2n * divisor));
  return safe(amountMinor < 0 ? 0 - rounded : rounded);
};

/**
 * The amount itself where it is a whole number that doubles hold exactly.
 *
 * @throws {RangeError} otherwise: an amount that was rounded without notice is a wrong one
 */
export const safe = (amountMinor: number): number => {
  if (Number.isSafeInteger(amountMinor)) return amountMinor;
  throw new RangeError(
    `got the amount ${amountMinor}, expected a whole number of minor units below 2^53`,
  );
};
