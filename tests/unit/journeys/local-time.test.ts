import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { daysBetween, hoursLater, laterOf } from '#core/domain/journeys/elapsed.ts';
import {
  calendarDaysBetween,
  daysAfter,
  daysLaterAt,
  daysPassedAt,
  localDayOf,
} from '#core/domain/journeys/local-time.ts';

const berlin = (hour: number) => ({ hour, timeZone: 'Europe/Berlin' });
const chicago = (hour: number) => ({ hour, timeZone: 'America/Chicago' });

const zones = fc.constantFrom(
  'Europe/Berlin',
  'America/Chicago',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'UTC',
);
const instant = fc
  .date({
    min: new Date('2026-01-01T00:00:00Z'),
    max: new Date('2028-01-01T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString());
const hourOf = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(
    new Date(at),
  );
const dateOf = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date(at));

describe('so many days later by the calendar', () => {
  test.each([
    ['before summer time begins', '2026-03-28T20:00:00.000Z', 0, '2026-03-28T09:00:00.000Z'],
    ['when summer time has begun', '2026-03-28T20:00:00.000Z', 1, '2026-03-29T08:00:00.000Z'],
    ['before summer time ends', '2026-10-24T20:00:00.000Z', 0, '2026-10-24T08:00:00.000Z'],
    ['when summer time has ended', '2026-10-24T20:00:00.000Z', 1, '2026-10-25T09:00:00.000Z'],
  ])('is ten o’clock in Berlin %s', (_, from, days, at) => {
    expect(daysLaterAt(from, days, berlin(10))).toBe(at);
  });

  test.each([
    ['before summer time begins', '2026-03-07T20:00:00.000Z', 0, '2026-03-07T16:00:00.000Z'],
    ['when summer time has begun', '2026-03-07T20:00:00.000Z', 1, '2026-03-08T15:00:00.000Z'],
    ['before summer time ends', '2026-10-31T20:00:00.000Z', 0, '2026-10-31T15:00:00.000Z'],
    ['when summer time has ended', '2026-10-31T20:00:00.000Z', 1, '2026-11-01T16:00:00.000Z'],
  ])('is ten o’clock in Chicago %s', (_, from, days, at) => {
    expect(daysLaterAt(from, days, chicago(10))).toBe(at);
  });

  test('is an hour later when the change to summer time leaves the hour out', () => {
    expect(daysLaterAt('2026-03-28T12:00:00.000Z', 1, berlin(2))).toBe('2026-03-29T01:00:00.000Z');
    expect(daysLaterAt('2026-03-07T12:00:00.000Z', 1, chicago(2))).toBe('2026-03-08T08:00:00.000Z');
  });

  test('is the first of the two when the hour comes twice', () => {
    expect(daysLaterAt('2026-10-24T12:00:00.000Z', 1, berlin(2))).toBe('2026-10-25T00:00:00.000Z');
    expect(daysLaterAt('2026-10-31T12:00:00.000Z', 1, chicago(1))).toBe('2026-11-01T06:00:00.000Z');
  });

  test('counts from the day of the zone, not from that of Greenwich', () => {
    const late = '2026-11-20T23:30:00.000Z';

    expect(daysLaterAt(late, 0, berlin(10))).toBe('2026-11-21T09:00:00.000Z');
    expect(daysLaterAt(late, 0, chicago(10))).toBe('2026-11-20T16:00:00.000Z');
  });

  test('is what Temporal makes of it, anywhere and at any hour', () => {
    fc.assert(
      fc.property(
        instant,
        fc.nat({ max: 800 }),
        fc.nat({ max: 23 }),
        zones,
        (from, days, hour, timeZone) => {
          const day = Temporal.Instant.from(from).toZonedDateTimeISO(timeZone).toPlainDate();
          const at = day.add({ days }).toZonedDateTime({ timeZone, plainTime: { hour } });
          const later = daysAfter(localDayOf(from, timeZone), days);

          expect(Date.parse(daysLaterAt(from, days, { hour, timeZone }))).toBe(
            at.epochMilliseconds,
          );
          expect(localDayOf(from, timeZone)).toBe(day.toString());
          expect(later).toBe(day.add({ days }).toString());
          expect(calendarDaysBetween(localDayOf(from, timeZone), later)).toBe(days);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('has the clock show the hour, on the right day, anywhere', () => {
    fc.assert(
      fc.property(instant, fc.nat({ max: 400 }), zones, (from, days, timeZone) => {
        const at = daysLaterAt(from, days, { hour: 10, timeZone });
        const [day, target] = [dateOf(from, timeZone), dateOf(at, timeZone)].map(Date.parse);

        expect(hourOf(at, timeZone)).toBe('10:00');
        expect(((target ?? 0) - (day ?? 0)) / 86_400_000).toBe(days);
      }),
    );
  });
});

describe('once so many whole days have passed', () => {
  test('is the same hour when it came no later', () => {
    expect(daysPassedAt('2026-11-20T09:00:00.000Z', 10, berlin(10))).toBe(
      '2026-11-30T09:00:00.000Z',
    );
  });

  test('is a day later when it came after the hour', () => {
    expect(daysPassedAt('2026-11-20T09:00:00.001Z', 10, berlin(10))).toBe(
      '2026-12-01T09:00:00.000Z',
    );
  });

  test('is a day later when summer time has taken an hour', () => {
    expect(daysPassedAt('2026-03-20T09:00:00.000Z', 10, berlin(10))).toBe(
      '2026-03-31T08:00:00.000Z',
    );
  });

  test('is two days later when summer time carries it over midnight', () => {
    const auckland = { hour: 0, timeZone: 'Pacific/Auckland' };

    expect(daysPassedAt('2027-08-09T11:00:00.001Z', 48, auckland)).toBe('2027-09-27T11:00:00.000Z');
  });

  test('is never earlier, and less than a day and an hour too late', () => {
    fc.assert(
      fc.property(
        instant,
        fc.nat({ max: 60 }),
        fc.nat({ max: 23 }),
        zones,
        (from, days, hour, timeZone) => {
          const passed = daysBetween(from, daysPassedAt(from, days, { hour, timeZone }));

          expect(passed).toBeGreaterThanOrEqual(days);
          expect(passed).toBeLessThan(days + 26 / 24);
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('hours later are hours, whatever the clocks show', () => {
  expect(hoursLater('2026-03-28T12:00:00.000Z', 48)).toBe('2026-03-30T12:00:00.000Z');
});

test('days between have fractions, and a sign', () => {
  expect(daysBetween('2026-11-20T00:00:00.000Z', '2026-11-21T12:00:00.000Z')).toBe(1.5);
  expect(daysBetween('2026-11-21T12:00:00.000Z', '2026-11-20T00:00:00.000Z')).toBe(-1.5);
});

test('the later of two is the later, in either order', () => {
  const [early, late] = ['2026-11-20T00:00:00.000Z', '2026-11-20T00:00:00.001Z'] as const;

  expect([laterOf(early, late), laterOf(late, early)]).toEqual([late, late]);
});
