import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  openFrom,
  openUntil,
  weekdays,
  type QuietHours,
} from '#core/domain/contact-policy/quiet-hours.ts';

const QUARTER_MS = 900_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const allZones = Intl.supportedValuesOf('timeZone');
const night: QuietHours = { from: '21:00', to: '08:00' };
const open: QuietHours = { from: '00:00', to: '00:00' };
const iso = (epochMs: number): string => new Date(epochMs).toISOString();

/** What the oracle needs of a wall clock, by Temporal and as text. */
interface Shown {
  readonly time: string;
  readonly weekday: string;
  readonly date: string;
}

const shownIn = (timeZone: string, epochMs: number): Shown => {
  const at = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(timeZone);
  const two = (part: number) => String(part).padStart(2, '0');
  return {
    time: `${two(at.hour)}:${two(at.minute)}`,
    weekday: weekdays[at.dayOfWeek - 1] ?? '',
    date: `${two(at.month)}-${two(at.day)}`,
  };
};

/** The rule as its documentation says it, on texts: `HH:MM` compares as time does. */
const isQuiet = (rule: QuietHours, { time, weekday, date }: Shown): boolean => {
  const { from, to, wholeDays = [], wholeDates = [] } = rule;
  if (wholeDays.some((day) => day === weekday) || wholeDates.includes(date)) return true;
  return from <= to ? from <= time && time < to : from <= time || time < to;
};

const quietAt = (
  rules: readonly QuietHours[],
  zones: readonly string[],
  epochMs: number,
): boolean =>
  zones.some((zone) => {
    const shown = shownIn(zone, epochMs);
    return rules.some((rule) => isQuiet(rule, shown));
  });

const transitionsOf = (timeZone: string, from: string, until: string): readonly number[] => {
  const found: number[] = [];
  let at = Temporal.Instant.from(from).toZonedDateTimeISO(timeZone).getTimeZoneTransition('next');
  for (; at !== null && at.epochMilliseconds < Date.parse(until);) {
    found.push(at.epochMilliseconds);
    at = at.getTimeZoneTransition('next');
  }
  return found;
};

const changesOf = new Map(
  allZones.map((zone) => [
    zone,
    transitionsOf(zone, '2025-01-01T00:00:00.000Z', '2028-01-01T00:00:00.000Z'),
  ]),
);
const zonesThatChange = allZones.filter((zone) => (changesOf.get(zone) ?? []).length > 0);

const rulesOfTheLaw: readonly QuietHours[] = [
  night,
  { ...night, wholeDays: ['sunday'] },
  { from: '02:15', to: '02:45' },
  { from: '00:00', to: '02:30' },
  { from: '22:30', to: '00:00' },
  { ...open, wholeDates: ['03-29', '03-08', '10-25', '11-01'] },
];

/** For each quarter the index of the first at or after it that has the state, its length if none has. */
const nextIndexes = (states: readonly boolean[], state: boolean): readonly number[] => {
  const next: number[] = Array.from({ length: states.length }, () => states.length);
  for (let index = states.length - 1; index >= 0; index -= 1)
    next[index] = states[index] === state ? index : (next[index + 1] ?? states.length);
  return next;
};

/**
 * Compares both functions with the oracle at every quarter of an hour of a window. All edges of the rules and
 * of clocks lie on quarters, so the oracle's first quarter is the first instant as well.
 */
const differencesIn = (zone: string, startMs: number, quarters: number): readonly string[] => {
  const instants = Array.from({ length: quarters }, (_, index) => startMs + index * QUARTER_MS);
  const shown = instants.map((at) => shownIn(zone, at));
  const afterWindow = startMs + quarters * QUARTER_MS;
  const isRight = (got: string | undefined, expected: number | undefined): boolean =>
    expected === undefined
      ? got === undefined || Date.parse(got) >= afterWindow
      : got === iso(expected);

  return rulesOfTheLaw.flatMap((rule) => {
    const quiet = shown.map((each) => isQuiet(rule, each));
    const nextOpen = nextIndexes(quiet, false);
    const nextQuiet = nextIndexes(quiet, true);
    return instants
      .filter((at, index) => {
        const from = openFrom([rule], [zone], iso(at));
        const until = openUntil([rule], [zone], iso(at));
        return !(
          isRight(from, instants[nextOpen[index] ?? -1]) &&
          isRight(until, instants[nextQuiet[index] ?? -1])
        );
      })
      .map((at) => `${zone} at ${iso(at)} by ${JSON.stringify(rule)}`);
  });
};

describe('quiet hours are those of the clock on the wall', () => {
  test(
    'in every zone around every change of its clocks in three years',
    { timeout: 120_000 },
    () => {
      const differences = zonesThatChange.flatMap((zone) =>
        (changesOf.get(zone) ?? []).flatMap((change) => {
          expect(change % QUARTER_MS).toBe(0);
          return differencesIn(zone, change - 30 * HOUR_MS, 60 * 4);
        }),
      );

      expect(zonesThatChange.length).toBeGreaterThan(120);
      expect(differences.slice(0, 20)).toEqual([]);
    },
  );

  test('in every other zone from a Saturday to a Monday', { timeout: 60_000 }, () => {
    const others = allZones.filter((zone) => !zonesThatChange.includes(zone));
    const differences = others.flatMap((zone) =>
      differencesIn(zone, Date.parse('2026-07-04T00:00:00.000Z'), 48 * 4),
    );

    expect(differences.slice(0, 20)).toEqual([]);
  });
});

const hourMinute = fc
  .integer({ min: 0, max: 1_439 })
  .map(
    (minute) =>
      `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
  );
const anyRule: fc.Arbitrary<QuietHours> = fc.record(
  {
    from: hourMinute,
    to: hourMinute,
    wholeDays: fc.subarray([...weekdays], { maxLength: 2 }),
    wholeDates: fc.subarray(['03-29', '10-25', '11-01', '12-25', '02-29'], { maxLength: 2 }),
  },
  { requiredKeys: ['from', 'to'] },
);
const anyRules = fc.array(anyRule, { minLength: 1, maxLength: 2 });

/** Half of them within a day of a change of clocks in one of the zones. */
const anySituation = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...zonesThatChange, ...allZones), {
      minLength: 1,
      maxLength: 3,
    }),
    anyRules,
  )
  .chain(([zones, rules]) => {
    const anyTime = fc.integer({
      min: Date.UTC(2025, 0, 2),
      max: Date.UTC(2027, 11, 20),
    });
    const changes = zones.flatMap((zone) => changesOf.get(zone) ?? []);
    const near = fc
      .tuple(
        fc.constantFrom(...changes, Date.UTC(2026, 5, 1)),
        fc.integer({ min: -DAY_MS, max: DAY_MS }),
      )
      .map(([change, away]) => change + away);
    return fc.oneof(anyTime, near).map((at) => ({ zones, rules, now: iso(at) }));
  });

/** The first whole minute, or `from` itself, with the state by the oracle, before `limit`. */
const firstByMinutes = (
  { zones, rules, now }: { zones: readonly string[]; rules: readonly QuietHours[]; now: string },
  state: boolean,
  limitMs: number,
): number | undefined => {
  const startMs = Date.parse(now);
  if (quietAt(rules, zones, startMs) === state) return startMs;
  for (let at = (Math.floor(startMs / 60_000) + 1) * 60_000; at < limitMs; at += 60_000)
    if (quietAt(rules, zones, at) === state) return at;
  return undefined;
};

describe('in one, two or three zones by one or two rules', () => {
  const WINDOW_MS = 30 * HOUR_MS;
  const afterwards = (found: string | undefined, windowEnd: number): string | undefined =>
    found === undefined || Date.parse(found) >= windowEnd ? found : 'none within the window';

  test.each([
    ['opens at the first minute at which none is quiet', openFrom, false],
    ['is open until the first minute at which one is quiet', openUntil, true],
  ] as const)('it %s', (_, find, state) => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        const { rules, zones, now } = situation;
        const windowEnd = Date.parse(now) + WINDOW_MS;
        const found = find(rules, zones, now);
        const byMinutes = firstByMinutes(situation, state, windowEnd);

        const soonest = byMinutes === undefined ? afterwards(found, windowEnd) : iso(byMinutes);
        expect(found).toBe(soonest);
      }),
      { numRuns: 200 },
    );
  });

  test('what is found holds, and is found again', () => {
    fc.assert(
      fc.property(anySituation, ({ rules, zones, now }) => {
        const from = openFrom(rules, zones, now);
        fc.pre(from !== undefined);
        const until = openUntil(rules, zones, from);
        fc.pre(until !== undefined);
        const within = iso(Math.floor((Date.parse(from) + Date.parse(until)) / 2));

        expect(now <= from && from < until).toBe(true);
        expect(
          [from, within, iso(Date.parse(until) - 1)].map((at) => openFrom(rules, zones, at)),
        ).toEqual([from, within, iso(Date.parse(until) - 1)]);
        expect([from, within, until].map((at) => openUntil(rules, zones, at))).toEqual([
          until,
          until,
          until,
        ]);
        expect(quietAt(rules, zones, Date.parse(from))).toBe(false);
        expect(quietAt(rules, zones, Date.parse(until))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('another zone or rule never opens earlier, and their order says nothing', () => {
    fc.assert(
      fc.property(anySituation, ({ rules, zones, now }) => {
        const [rule = night] = rules;
        const [zone = 'UTC'] = zones;
        const all = openFrom(rules, zones, now);
        const one = openFrom([rule], [zone], now);
        const earliest = (a = 'never', b = 'never') => (a <= b ? a : b);

        expect(openFrom(rules.toReversed(), zones.toReversed(), now)).toBe(all);
        expect(earliest(one, all)).toBe(one ?? 'never');
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('where clocks change', () => {
  const berlin = ['Europe/Berlin'];

  test('it opens after the gap when clocks skip the end of quiet hours', () => {
    const early: QuietHours = { from: '22:00', to: '02:30' };

    expect(openFrom([early], berlin, '2026-03-29T00:10:00.000Z')).toBe('2026-03-29T01:00:00.000Z');
  });

  test('it opens twice when clocks show the end of quiet hours twice', () => {
    const early: QuietHours = { from: '22:00', to: '02:30' };

    expect(openFrom([early], berlin, '2026-10-25T00:10:00.000Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(openUntil([early], berlin, '2026-10-25T00:30:00.000Z')).toBe('2026-10-25T01:00:00.000Z');
    expect(openFrom([early], berlin, '2026-10-25T01:00:00.000Z')).toBe('2026-10-25T01:30:00.000Z');
  });

  test('the night is an hour shorter in spring and longer in autumn', () => {
    expect(openFrom([night], berlin, '2026-03-28T20:00:00.000Z')).toBe('2026-03-29T06:00:00.000Z');
    expect(openFrom([night], berlin, '2026-10-24T19:00:00.000Z')).toBe('2026-10-25T07:00:00.000Z');
  });

  test('a quiet day that clocks skip is not waited for', () => {
    const friday: QuietHours = { ...open, wholeDays: ['friday'] };

    // Samoa went from Thursday 29 to Saturday 31 December 2011.
    expect(openUntil([friday], ['Pacific/Apia'], '2011-12-30T09:00:00.000Z')).toBe(
      '2012-01-05T10:00:00.000Z',
    );
  });
});

describe('the answer', () => {
  test('is the instant itself, to the millisecond, when it is open', () => {
    const now = '2026-11-22T12:34:56.789Z';

    expect(openFrom([night], ['Europe/Berlin'], now)).toBe(now);
    expect(openUntil([night], ['Europe/Berlin'], '2026-11-22T22:00:00.001Z')).toBe(
      '2026-11-22T22:00:00.001Z',
    );
  });

  test('is any time when there is no rule, or one of no length', () => {
    for (const rules of [[], [open]]) {
      expect(openFrom(rules, ['UTC'], '2026-11-22T03:00:00.000Z')).toBe('2026-11-22T03:00:00.000Z');
      expect(openUntil(rules, ['UTC'], '2026-11-22T03:00:00.000Z')).toBe(undefined);
    }
  });

  test('is none when it is always quiet somewhere', () => {
    const always: QuietHours = { ...open, wholeDays: [...weekdays] };
    const day: QuietHours = { from: '08:00', to: '21:00' };

    expect(openFrom([always], ['UTC'], '2026-11-22T03:00:00.000Z')).toBe(undefined);
    expect(openFrom([night, day], ['UTC'], '2026-11-22T03:00:00.000Z')).toBe(undefined);
  });

  test('is looked for as far as eight days, and no further', () => {
    const dates = ['01', '02', '03', '04', '05', '06', '07', '08'].map((day) => `12-${day}`);
    const week: QuietHours = { ...open, wholeDates: dates };

    expect(openFrom([week], ['UTC'], '2026-12-01T00:00:00.000Z')).toBe('2026-12-09T00:00:00.000Z');
    expect(
      openFrom([{ ...week, wholeDates: [...dates, '11-30'] }], ['UTC'], '2026-11-30T23:59:59.999Z'),
    ).toBe(undefined);
  });

  test('knows 29 February', () => {
    const leap: QuietHours = { ...open, wholeDates: ['02-29'] };

    expect(openFrom([leap], ['UTC'], '2028-02-29T12:00:00.000Z')).toBe('2028-03-01T00:00:00.000Z');
    expect(openFrom([leap], ['UTC'], '2027-03-01T12:00:00.000Z')).toBe('2027-03-01T12:00:00.000Z');
  });
});
