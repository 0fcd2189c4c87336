import { Temporal } from 'temporal-polyfill';

/** When a schedule fires: the first time after one, if there is any. */
export type NextTime = (afterMs: number) => number | undefined;

const UNITS_MS: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/**
 * Reads `rate(…)` or `cron(…)` (EventBridge Scheduler user guide, "Schedule types").
 *
 * A rate counts from `startMs`, which is its first time, in units of the clock: a day has 24 hours. A cron
 * expression is in the zone's local time: a time that clocks skip is skipped, one that comes twice counts once.
 *
 * @throws for an expression that is not modelled, saying which are
 */
export const readTimes = (expression: string, zone: string, startMs: number): NextTime => {
  const [, value, unit = ''] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (value !== undefined) return everySo(Number(value) * (UNITS_MS[unit] ?? 0), startMs);
  const [, fields] = /^cron\(([^)]+)\)$/.exec(expression) ?? [];
  if (fields !== undefined) return byCron(readCron(fields, expression), zone);
  throw new Error(
    `got the schedule "${expression}", expected rate(<n> minutes|hours|days) or cron(<minutes> <hours> <day of month> <month> <day of week> <year>)`,
  );
};

const everySo =
  (everyMs: number, startMs: number): NextTime =>
  (afterMs) =>
    afterMs < startMs
      ? startMs
      : startMs + (Math.floor((afterMs - startMs) / everyMs) + 1) * everyMs;

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words?: readonly string[];
}

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const DAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

const FIELDS = [
  { name: 'minutes', from: 0, to: 59 },
  { name: 'hours', from: 0, to: 23 },
  { name: 'day of month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12, words: MONTHS },
  { name: 'day of week', from: 1, to: 7, words: DAYS },
  { name: 'year', from: 1970, to: 2199 },
] as const satisfies readonly Field[];

interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly isDay: (day: Temporal.PlainDate) => boolean;
}

const readCron = (fields: string, expression: string): Cron => {
  const parts = fields.trim().split(/\s+/);
  if (parts.length !== FIELDS.length)
    throw new Error(`${expression}: got ${parts.length} fields, expected ${FIELDS.length}`);
  const [minutes = [], hours = [], days = [], months = [], weekdays = [], years = []] = FIELDS.map(
    (field, index) => valuesOf(field, parts[index] ?? '', expression),
  );
  return {
    minutes,
    hours,
    isDay: ({ day, month, year, dayOfWeek }) =>
      days.includes(day) &&
      months.includes(month) &&
      years.includes(year) &&
      // Temporal counts from Monday as 1 to Sunday as 7, cron from Sunday as 1.
      weekdays.includes((dayOfWeek % 7) + 1),
  };
};

const valuesOf = (field: Field, text: string, expression: string): readonly number[] =>
  text
    .split(',')
    .flatMap((part) => rangeOf(field, part, expression))
    .toSorted((a, b) => a - b);

/** `*`, `?`, `5`, `1-5`, any of them with a step: `0/15`. */
const rangeOf = (field: Field, part: string, expression: string): readonly number[] => {
  const [, all, first, last, step] =
    /^(?:([*?])|(\w+)(?:-(\w+))?)(?:\/([1-9]\d*))?$/.exec(part) ?? [];
  const start = all === undefined ? numberOf(field, first) : field.from;
  const lastOfStep = step === undefined ? start : field.to;
  const end =
    last === undefined ? (all === undefined ? lastOfStep : field.to) : numberOf(field, last);
  if (!(start >= field.from && end <= field.to && start <= end))
    throw new Error(
      `${expression}: got "${part}" for ${field.name}, expected numbers from ${field.from} to ${field.to}, lists, ranges and steps; L, W and # are not modelled by the rehearsal`,
    );
  const every = Number(step ?? 1);
  return Array.from({ length: Math.floor((end - start) / every) + 1 }, (_, n) => start + n * every);
};

const numberOf = ({ words, from }: Field, text = ''): number => {
  const word = words?.indexOf(text.toUpperCase()) ?? -1;
  if (word >= 0) return from + word;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
};

/** Days that are looked at: one of any date with any day of the week comes within 40 years. */
const MOST_DAYS = 40 * 366;

const byCron =
  ({ minutes, hours, isDay }: Cron, zone: string): NextTime =>
  (afterMs) => {
    const start = Temporal.Instant.fromEpochMilliseconds(afterMs).toZonedDateTimeISO(zone);
    let day = start.toPlainDate();
    for (let looked = 0; looked < MOST_DAYS; looked++, day = day.add({ days: 1 }))
      if (isDay(day))
        for (const hour of hours)
          for (const minute of minutes) {
            const atMs = instantOf(day, hour, minute, zone);
            if (atMs !== undefined && atMs > afterMs) return atMs;
          }
    return undefined;
  };

const instantOf = (
  day: Temporal.PlainDate,
  hour: number,
  minute: number,
  zone: string,
): number | undefined => {
  const local = day.toPlainDateTime({ hour, minute });
  const zoned = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  return zoned.toPlainDateTime().equals(local) ? zoned.epochMilliseconds : undefined;
};
