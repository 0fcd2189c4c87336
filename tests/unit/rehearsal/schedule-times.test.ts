import { describe, expect, test } from 'vitest';
import { readTimes } from '#rehearsal/services/schedule-times.ts';

const START_MS = Date.parse('2026-03-02T08:00:30Z');

/** The first times after the start, in UTC. */
const timesOf = (
  expression: string,
  zone = 'UTC',
  count = 3,
  from = START_MS,
): readonly string[] => {
  const next = readTimes(expression, zone, from);
  const times: string[] = [];
  let atMs: number | undefined = from;
  while (times.length < count) {
    atMs = next(atMs);
    if (atMs === undefined) break;
    times.push(new Date(atMs).toISOString().slice(0, 16));
  }
  return times;
};

test('a rate counts from its start, which is its first time', () => {
  const next = readTimes('rate(90 minutes)', 'UTC', START_MS);

  expect(next(START_MS - 1)).toBe(START_MS);
  expect(next(START_MS)).toBe(START_MS + 90 * 60_000);
  expect(next(START_MS + 90 * 60_000 + 1)).toBe(START_MS + 180 * 60_000);
});

test.each([
  ['cron(15 3 * * ? *)', ['2026-03-03T03:15', '2026-03-04T03:15', '2026-03-05T03:15']],
  ['cron(0/20 8 * * ? *)', ['2026-03-02T08:20', '2026-03-02T08:40', '2026-03-03T08:00']],
  ['cron(0 9 ? * MON-FRI *)', ['2026-03-02T09:00', '2026-03-03T09:00', '2026-03-04T09:00']],
  ['cron(0 9 ? * 1 *)', ['2026-03-08T09:00', '2026-03-15T09:00', '2026-03-22T09:00']],
  ['cron(0 0 1 JAN,jul ? *)', ['2026-07-01T00:00', '2027-01-01T00:00', '2027-07-01T00:00']],
  ['cron(30 12 29 2 ? *)', ['2028-02-29T12:30', '2032-02-29T12:30', '2036-02-29T12:30']],
  ['cron(0 8,20 * * ? 2026)', ['2026-03-02T20:00', '2026-03-03T08:00', '2026-03-03T20:00']],
  ['cron(0 0 1 1 ? 2020)', []],
])('%s', (expression, expected) => {
  expect(timesOf(expression)).toEqual(expected);
});

describe('in a zone', () => {
  test('the local time counts', () => {
    expect(timesOf('cron(0 3 * * ? *)', 'Europe/Berlin', 1)).toEqual(['2026-03-03T02:00']);
  });

  test('a time that clocks skip in spring is skipped', () => {
    const from = Date.parse('2026-03-28T00:00:00Z');

    expect(timesOf('cron(30 2 * * ? *)', 'Europe/Berlin', 2, from)).toEqual([
      '2026-03-28T01:30',
      '2026-03-30T00:30',
    ]);
  });

  test('a time that comes twice in autumn counts once', () => {
    const from = Date.parse('2026-10-24T12:00:00Z');

    expect(timesOf('cron(30 2 * * ? *)', 'Europe/Berlin', 2, from)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });
});

test.each([
  ['every day', 'got the schedule "every day", expected rate('],
  ['rate(0 minutes)', 'expected rate('],
  ['cron(0 9 * * *)', 'got 5 fields, expected 6'],
  ['cron(0 9 L * ? *)', 'got "L" for day of month'],
  ['cron(60 9 * * ? *)', 'got "60" for minutes, expected numbers from 0 to 59'],
  ['cron(0 9 ? * FRI-MON *)', 'got "FRI-MON" for day of week'],
  ['cron(0 9 ? * 2#1 *)', 'got "2#1" for day of week'],
])('%s is refused', (expression, because) => {
  expect(() => readTimes(expression, 'UTC', START_MS)).toThrow(because);
});
