/**
 * Splits an amount by ratios into whole minor units that sum to it exactly: each part is its exact
 * share rounded down or up, and those with the largest remainders are rounded up (Hamilton's
 * method). Of equal remainders the earlier part is rounded up.
 *
 * Ratios may be of either sign as long as they do not cancel out; a part has its ratio's sign, and is
 * never beyond its ratio while the amount is not beyond their sum. An amount below zero is split as
 * its opposite is.
 *
 * @throws {RangeError} when ratios sum to zero and the amount is not zero
 */
export const allocate = (amount: number, ratios: readonly number[]): readonly number[] => {
  const total = ratios.reduce((sum, ratio) => sum + ratio, 0);
  if (amount === 0) return ratios.map(() => 0);
  if (total === 0)
    throw new RangeError(
      `got ${amount} to split by ratios that sum to 0, expected one that counts`,
    );
  const sign = Math.sign(amount);
  const toward = Math.sign(total);
  const shares = ratios.map((ratio) => shareOf(Math.abs(amount), ratio * toward, Math.abs(total)));
  const missing = Math.abs(amount) - shares.reduce((sum, { whole }) => sum + whole, 0);
  const raised = new Set(
    shares
      .map(({ remainder }, index) => ({ remainder, index }))
      .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index)
      .slice(0, missing)
      .map(({ index }) => index),
  );
  return shares.map(({ whole }, index) => withSign(sign, whole + (raised.has(index) ? 1 : 0)));
};

/** Without a negative zero. */
const withSign = (sign: number, amount: number): number => (amount === 0 ? 0 : sign * amount);

interface Share {
  /** The exact share rounded down. */
  readonly whole: number;
  /** What was cut off, in parts of the total. */
  readonly remainder: number;
}

const shareOf = (amount: number, ratio: number, total: number): Share => {
  const product = amount * ratio;
  if (!Number.isSafeInteger(product)) return wideShareOf(amount, ratio, total);
  const remainder = ((product % total) + total) % total;
  return { whole: (product - remainder) / total, remainder };
};

/** For products beyond 2^53. */
const wideShareOf = (amount: number, ratio: number, total: number): Share => {
  const product = BigInt(amount) * BigInt(ratio);
  const divisor = BigInt(total);
  const remainder = ((product % divisor) + divisor) % divisor;
  return { whole: Number((product - remainder) / divisor), remainder: Number(remainder) };
};
