import { expect, test } from 'vitest';
import { retryOnConflict } from '#core/domain/retry-on-conflict.ts';

/** An attempt that is interfered with so many times. */
const after = (conflicts: number) => {
  let tries = 0;
  return async () => {
    tries += 1;
    return tries > conflicts ? tries : undefined;
  };
};

test('a write is tried until nobody interferes, ten times at most', async () => {
  expect(await retryOnConflict(after(0))).toBe(1);
  expect(await retryOnConflict(after(9))).toBe(10);
  await expect(retryOnConflict(after(10))).rejects.toThrow('gave up after 10 conflicting writes');
});

test('an attempt that fails is not tried again', async () => {
  let tries = 0;
  const attempt = async (): Promise<string> => {
    tries += 1;
    throw new Error('the table is away');
  };

  await expect(retryOnConflict(attempt)).rejects.toThrow('the table is away');
  expect(tries).toBe(1);
});
