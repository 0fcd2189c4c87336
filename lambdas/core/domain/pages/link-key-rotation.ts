import type { Instant } from '../orders/order-event.ts';

/** A key that signs links, as its secret has it. */
export interface DatedKey {
  readonly kid: string;
  readonly key: string;
  /** Absent of the key that the stack was made with, which no rotation has seen yet. */
  readonly createdAt?: Instant | undefined;
}

const DAY_MS = 86_400_000;

/** Links live for 180 days; a function signs for five minutes with the key that it remembers, and clocks differ. */
const keptMs = 200 * DAY_MS;

/**
 * The keys with a new one in front, which signs from now on. A key stays until the last link that it signed has
 * ended: for 200 days after the one that took its place was made. A key without a date is taken for one of today.
 */
export const rotated = (
  keys: readonly DatedKey[],
  fresh: Omit<DatedKey, 'createdAt'>,
  now: Instant,
): readonly [DatedKey, ...DatedKey[]] => {
  const dated = keys.map((key) => ({ ...key, createdAt: key.createdAt ?? now }));
  const first = { ...fresh, createdAt: now };
  const isNeeded = (_: DatedKey, index: number): boolean => {
    const replacedAt = dated[index - 1]?.createdAt ?? now;
    return Date.parse(now) - Date.parse(replacedAt) <= keptMs;
  };
  return [first, ...dated.filter(isNeeded)];
};
