import { DAY_MS, MINUTE_MS } from './duration.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs more than a thousand uses of it. */
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, made);
  return made;
};

/**
 * What a clock on the wall of the zone shows at an instant, as the milliseconds since 1970 at which
 * a clock in UTC shows the same.
 */
export const wallMs = (instantMs: number, timeZone: string): number => {
  if (instantMs < QUARTERS_SINCE_MS) return shownMs(instantMs, timeZone);
  const quarter = Math.floor(instantMs / QUARTER_MS);
  const ofZone = offsets.get(timeZone) ?? new Map<number, number>();
  offsets.set(timeZone, ofZone);
  const known = ofZone.get(quarter) ?? shownMs(instantMs, timeZone) - instantMs;
  ofZone.set(quarter, known);
  return instantMs + known;
};

/** What a zone's clocks are ahead of UTC, by quarters of an hour. */
const offsets = new Map<string, Map<number, number>>();

const QUARTER_MS = 15 * MINUTE_MS;

/** From then on no zone of the tz database has changed its clocks within a quarter of an hour; the last was Monrovia's. */
const QUARTERS_SINCE_MS = Date.UTC(1973, 0);

const shownMs = (instantMs: number, timeZone: string): number => {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(instantMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const [year, month, day] = [part('year'), part('month'), part('day')];
  const [hour, minute, second] = [part('hour'), part('minute'), part('second')];
  const milliseconds = ((instantMs % 1000) + 1000) % 1000;
  return Date.UTC(year, month - 1, day, hour, minute, second) + milliseconds;
};

/**
 * The instant at which the zone's clocks show a wall time (see {@link wallMs}).
 *
 * As `Temporal` does unless told otherwise: a time that clocks show twice is the first of the two, a
 * time that they skip is read with the offset before the change, and so comes later by the gap.
 */
export const instantMs = (wall: number, timeZone: string): number => {
  const offsets = [wall - DAY_MS, wall + DAY_MS].map((near) => wallMs(near, timeZone) - near);
  const candidates = offsets.map((offset) => wall - offset);
  const exact = candidates.filter((candidate) => wallMs(candidate, timeZone) === wall);
  const [beforeTheChange = wall] = candidates;
  return exact.length > 0 ? Math.min(...exact) : beforeTheChange;
};
