import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  instantOf,
  isTimeZone,
  wallTimeAt,
  weekdayOf,
  zoneClock,
} from '#core/domain/contact-policy/zone-clock.ts';

const zones = Intl.supportedValuesOf('timeZone');
const DAY_MS = 86_400_000;

/** What ICU's formatter shows, in minutes since 1970 by the calendar of the zone. */
const shownBy = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  return (epochMs: number): number => {
    const part = Object.fromEntries(
      format.formatToParts(epochMs).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN } = part;
    return Date.UTC(year, month - 1, day, hour, minute) / 60_000;
  };
};

const minutesOf = ({ day, minute }: { readonly day: number; readonly minute: number }): number =>
  day * 1_440 + minute;

const instants = fc.integer({ min: Date.UTC(1972, 0, 1), max: Date.UTC(2037, 11, 31) });
const ms = (instant: string): number => Date.parse(instant);

describe('the clock on the wall', () => {
  test('is that of ICU in every zone, at any instant, whatever was asked before', () => {
    for (const timeZone of zones) {
      const shown = shownBy(timeZone);
      const clock = zoneClock(timeZone);

      fc.assert(
        fc.property(instants, (epochMs) => {
          expect(minutesOf(wallTimeAt(clock, epochMs))).toBe(shown(epochMs));
        }),
        { numRuns: 20 },
      );
    }
  });

  test('is that of ICU in every zone at noon of every fifth day of three years', () => {
    const wrong = zones.filter((timeZone) => {
      const shown = shownBy(timeZone);
      const clock = zoneClock(timeZone);
      for (let at = Date.UTC(2025, 0, 1, 12); at < Date.UTC(2028, 0, 1); at += 5 * DAY_MS)
        if (minutesOf(wallTimeAt(clock, at)) !== shown(at)) return true;
      return false;
    });

    expect(wrong).toEqual([]);
  });

  test('changes at the transition and not a millisecond before', () => {
    const clock = zoneClock('Europe/Berlin');
    const transition = ms('2026-03-29T01:00:00.000Z');

    expect(wallTimeAt(clock, transition - 1).minute).toBe(119);
    expect(wallTimeAt(clock, transition).minute).toBe(180);
  });

  test('is right where clocks change twice within weeks', () => {
    const clock = zoneClock('Africa/Casablanca');

    // Ramadan of 2026: 18 February to 19 March; UTC+1 but for it.
    expect(
      ['2026-02-10', '2026-03-01', '2026-04-01'].map(
        (day) => clock.spanAt(ms(`${day}T00:00:00.000Z`)).offsetMs,
      ),
    ).toEqual([3_600_000, 0, 3_600_000]);
  });

  test('has whole minutes before 1970 and in the ninth millennium as well', () => {
    expect(wallTimeAt(zoneClock('UTC'), -1)).toEqual({ day: -1, minute: 1_439 });
    expect(wallTimeAt(zoneClock('Asia/Kolkata'), ms('8999-12-31T18:30:00.000Z')).minute).toBe(0);
  });

  test('has spans that follow one another without a gap', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (timeZone, epochMs) => {
        const clock = zoneClock(timeZone);
        const span = clock.spanAt(epochMs);

        expect(span.fromMs).toBeLessThanOrEqual(epochMs);
        expect(span.untilMs).toBeGreaterThan(epochMs);
        expect(clock.spanAt(span.untilMs).fromMs).toBe(span.untilMs);
        expect(clock.spanAt(span.fromMs)).toEqual(span);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the instant of a wall time', () => {
  const berlin = (instant: string) => wallTimeAt(zoneClock('Europe/Berlin'), ms(instant));
  const of = (day: string, minute: number, timeZone = 'Europe/Berlin') =>
    new Date(
      instantOf(zoneClock(timeZone), { day: Date.parse(day) / DAY_MS, minute }),
    ).toISOString();

  test('is when clocks show it', () => {
    expect(of('2026-11-22', 600)).toBe('2026-11-22T09:00:00.000Z');
    expect(berlin('2026-11-22T09:00:00.000Z').minute).toBe(600);
  });

  test('is the moment after the gap when clocks skip it', () => {
    expect(of('2026-03-29', 150)).toBe('2026-03-29T01:00:00.000Z');
  });

  test('is the earlier one when clocks show it twice', () => {
    expect(of('2026-10-25', 150)).toBe('2026-10-25T00:30:00.000Z');
  });

  test('is the day after when clocks skip the whole day', () => {
    expect(of('2011-12-30', 600, 'Pacific/Apia')).toBe('2011-12-30T10:00:00.000Z');
  });

  test('is the first that shows it or later, in every zone', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (timeZone, epochMs) => {
        const clock = zoneClock(timeZone);
        const wall = wallTimeAt(clock, epochMs);
        const at = instantOf(clock, wall);

        expect(wallTimeAt(clock, at)).toEqual(wall);
        expect(at).toBeLessThanOrEqual(epochMs);
        expect(minutesOf(wallTimeAt(clock, at - 1))).toBeLessThan(minutesOf(wall));
      }),
      { numRuns: 2_000 },
    );
  });
});

test('weekdays are those of the calendar, before 1970 as well', () => {
  fc.assert(
    fc.property(fc.integer({ min: -20_000, max: 60_000 }), (day) => {
      const sundayIsZero = new Date(day * DAY_MS).getUTCDay();

      expect(weekdayOf(day)).toBe(sundayIsZero === 0 ? 7 : sundayIsZero);
    }),
  );
});

describe('a name', () => {
  test.each(['Europe/Berlin', 'europe/berlin', 'US/Pacific', 'UTC', ...zones.slice(0, 3)])(
    'is one of a zone: %s',
    (name) => {
      expect(isTimeZone(name)).toBe(true);
    },
  );

  test.each([
    '',
    ' ',
    'Mars/Olympus',
    '+02:00',
    'GMT+25',
    '2026-01-01T00:00[Europe/Berlin]',
    'Europe/Berlin ',
  ])('is none of a zone: %j', (name) => {
    expect(isTimeZone(name)).toBe(false);
    expect(() => zoneClock(name)).toThrow(RangeError);
  });

  test('that is unknown is said with what was expected', () => {
    expect(() => zoneClock('Mars/Olympus')).toThrow(
      'Unknown time zone "Mars/Olympus": expected a name of the IANA database',
    );
  });

  test('is judged alike when more names were asked than are remembered', () => {
    const before = wallTimeAt(zoneClock('Asia/Tokyo'), 0);
    const junk = Array.from({ length: 3_000 }, (_, index) => `Nowhere/${index}`);

    expect(junk.filter(isTimeZone)).toEqual([]);
    expect(wallTimeAt(zoneClock('Asia/Tokyo'), 0)).toEqual(before);
  });
});
