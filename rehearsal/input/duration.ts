export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const unitMs: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', SECOND_MS],
  ['m', MINUTE_MS],
  ['h', HOUR_MS],
  ['d', DAY_MS],
]);

/** A duration that is not one. */
export class InvalidDuration extends Error {
  override readonly name = 'InvalidDuration';
}

/**
 * Milliseconds of `90s`, `15m`, `1.5h`, `2d` or parts such as `1d 6h`; days have 24 hours.
 *
 * @throws {InvalidDuration}
 */
export const parseDuration = (text: string): number => {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)\s*/gy)];
  const read = parts.reduce((length, [part]) => length + part.length, 0);
  if (parts.length === 0 || read !== text.length)
    throw new InvalidDuration(
      `duration: got ${JSON.stringify(text)}, expected a number and ms, s, m, h or d, such as 15m or 1d 6h.`,
    );
  return Math.round(
    parts.reduce(
      (total, [, amount, unit = '']) => total + Number(amount) * (unitMs.get(unit) ?? 0),
      0,
    ),
  );
};
