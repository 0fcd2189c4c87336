/** @throws {RangeError} unless `value` is a finite number */
export const finite = (name: string, value: number): number => {
  if (Number.isFinite(value)) return value;
  throw new RangeError(`${name}: got ${value}, expected a finite number`);
};

/** @throws {RangeError} unless `value` is a whole number of at least `atLeast` */
export const wholeNumber = (name: string, value: number, atLeast = 0): number => {
  if (Number.isSafeInteger(value) && value >= atLeast) return value;
  throw new RangeError(`${name}: got ${value}, expected a whole number of at least ${atLeast}`);
};

/** @throws {RangeError} unless 0 < `value` < 1 */
export const openShare = (name: string, value: number): number => {
  if (value > 0 && value < 1) return value;
  throw new RangeError(`${name}: got ${value}, expected a number between 0 and 1, without both`);
};

/** @throws {RangeError} unless `value` is finite and above zero */
export const positive = (name: string, value: number): number => {
  if (finite(name, value) > 0) return value;
  throw new RangeError(`${name}: got ${value}, expected a number above zero`);
};

/** Decimal fractions such as .1 + .2 + .7 miss 1 by a rounding error, never by this much. */
const SUM_TOLERANCE = 1e-6;

/** @throws {RangeError} unless every share lies in [0, 1] and together they are 1 */
export const sharesOfOne = (name: string, shares: readonly number[]): readonly number[] => {
  const outside = shares.find((share) => !(share >= 0 && share <= 1));
  if (outside !== undefined)
    throw new RangeError(`${name}: got ${outside}, expected shares between 0 and 1`);
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (Math.abs(total - 1) > SUM_TOLERANCE)
    throw new RangeError(
      `${name}: got ${shares.join(', ')}, which sum to ${Number(total.toFixed(9))}, expected shares that sum to 1`,
    );
  return shares;
};
