import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spread } from '#core/domain/journeys/spread.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const AT = '2026-11-22T09:00:00.000Z';

const minutesOf = (orderId: string): number =>
  (Date.parse(spread(AT, orderId, hash)) - Date.parse(AT)) / 60_000;

test('a touch stays within its hour, at a whole minute', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 40 }), (orderId) => {
      const minutes = minutesOf(orderId);

      expect(Number.isInteger(minutes)).toBe(true);
      expect(minutes).toBeGreaterThanOrEqual(0);
      expect(minutes).toBeLessThan(60);
    }),
  );
});

test('an order has its minute, every day', () => {
  const tomorrow = '2026-11-23T09:00:00.000Z';

  expect(Date.parse(spread(tomorrow, '100482', hash)) - Date.parse(tomorrow)).toBe(
    minutesOf('100482') * 60_000,
  );
  expect(minutesOf('100482')).toBe(minutesOf('100482'));
});

test('a thousand orders are spread over the hour', () => {
  const counts = Map.groupBy(
    Array.from({ length: 1_000 }, (_, index) => minutesOf(String(100_000 + index))),
    (minutes) => minutes,
  );

  // 1,000 orders over 59 minutes: 17 a minute on average.
  expect(counts.size).toBe(59);
  expect(Math.max(...[...counts.values()].map(({ length }) => length))).toBeLessThan(40);
});
