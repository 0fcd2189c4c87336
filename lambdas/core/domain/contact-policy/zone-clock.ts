import { Temporal } from 'temporal-polyfill';

export const MS_PER_MINUTE = 60_000;
export const MINUTES_PER_DAY = 1_440;
export const MS_PER_DAY = MINUTES_PER_DAY * MS_PER_MINUTE;

/**
 * A stretch of time, from an instant up to but not including another, in which a zone's clocks do not
 * change: they show UTC plus `offsetMs`. The next one may have the same offset.
 */
export interface OffsetSpan {
  /** Epoch milliseconds, as is `untilMs`. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** Positive east of Greenwich. */
  readonly offsetMs: number;
}

/** The clocks of one time zone. */
export interface ZoneClock {
  readonly timeZone: string;
  /** The span that an instant in epoch milliseconds lies in. */
  readonly spanAt: (epochMs: number) => OffsetSpan;
}

/** What a calendar and a clock on the wall show. */
export interface WallTime {
  /** Days since 1 January 1970 by the calendar of the zone. */
  readonly day: number;
  /** Whole minutes since the day's midnight, as the clock shows them: 0 to 1439 on every day. */
  readonly minute: number;
}

/** Transitions are looked up for so long at once: 2^35 ms, 398 days, is about a millisecond's work. */
const CHUNK_MS = 2 ** 35;

/** A zone remembers so many chunks, about 17 years; instants that are asked about lie close together. */
const CHUNKS_KEPT = 16;

/** More than the database has (about 600 with its links), and a bound on what others' data can fill. */
const NAMES_KEPT = 1_024;

const clocks = new Map<string, ZoneClock | undefined>();

/**
 * The clocks of a zone of the IANA database. Spans are remembered, so that asking again takes some ten
 * nanoseconds. Throws a RangeError for an unknown name.
 */
export const zoneClock = (timeZone: string): ZoneClock => {
  const clock = knownClock(timeZone);
  if (clock === undefined)
    throw new RangeError(
      `Unknown time zone ${JSON.stringify(timeZone)}: expected a name of the IANA database such as ` +
        '"Europe/Berlin". Correct it where it is configured, or test stored names with isTimeZone.',
    );
  return clock;
};

/**
 * Whether it names a zone that this runtime knows. A bare offset such as `+02:00` does not: it
 * is wrong for half of the year wherever there is summer time.
 */
export const isTimeZone = (name: string): boolean => knownClock(name) !== undefined;

/** What clocks on the wall show at an instant in epoch milliseconds. */
export const wallTimeAt = (clock: ZoneClock, epochMs: number): WallTime =>
  wallTimeOf(epochMs + clock.spanAt(epochMs).offsetMs);

/** Takes a zone's local time, which is epoch milliseconds plus its offset, apart. */
export const wallTimeOf = (localMs: number): WallTime => {
  const day = Math.floor(localMs / MS_PER_DAY);
  return { day, minute: Math.floor((localMs - day * MS_PER_DAY) / MS_PER_MINUTE) };
};

/** Of days since 1 January 1970, a Thursday: 1 for Monday to 7 for Sunday, as ISO 8601 counts. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/**
 * The first instant, in epoch milliseconds, at which the clocks show that wall time or a later one. So a
 * time that the clocks skip is the moment after the gap, and of one that they show twice it is the earlier: that
 * is when it is first true. Whoever must not act in either of two hours has to look at the clocks at every
 * instant, as `openFrom` does: between the two there can be both an open and a quiet time.
 */
export const instantOf = (clock: ZoneClock, { day, minute }: WallTime): number => {
  const localMs = day * MS_PER_DAY + minute * MS_PER_MINUTE;
  // No offset has reached a day: those of the database lie within 16 hours either way.
  let span = clock.spanAt(localMs - MS_PER_DAY);
  while (localMs - span.offsetMs >= span.untilMs) span = clock.spanAt(span.untilMs);
  return Math.max(localMs - span.offsetMs, span.fromMs);
};

const knownClock = (timeZone: string): ZoneClock | undefined => {
  const known = clocks.get(timeZone);
  if (known !== undefined || clocks.has(timeZone)) return known;
  if (clocks.size >= NAMES_KEPT) clocks.clear();
  const clock = isName(timeZone) ? newClock(timeZone) : undefined;
  clocks.set(timeZone, clock);
  return clock;
};

/** Temporal alone would take an offset or a whole date with a zone in brackets for a name. */
const isName = (timeZone: string): boolean => {
  if (!/^[A-Za-z]/.test(timeZone)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const newClock = (timeZone: string): ZoneClock => {
  const chunks = new Map<number, readonly OffsetSpan[]>();
  let latest: OffsetSpan = { fromMs: 0, untilMs: 0, offsetMs: 0 };

  const chunkOf = (index: number): readonly OffsetSpan[] => {
    const known = chunks.get(index);
    if (known !== undefined) return known;
    if (chunks.size >= CHUNKS_KEPT) chunks.clear();
    const spans = spansFrom(timeZone, index * CHUNK_MS);
    chunks.set(index, spans);
    return spans;
  };

  const spanAt = (epochMs: number): OffsetSpan => {
    if (epochMs < latest.fromMs || epochMs >= latest.untilMs)
      latest = spanIn(chunkOf(Math.floor(epochMs / CHUNK_MS)), epochMs);
    return latest;
  };
  return { timeZone, spanAt };
};

/** A chunk has a handful of spans, at most about six where clocks change for Ramadan as well. */
const spanIn = (spans: readonly OffsetSpan[], epochMs: number): OffsetSpan => {
  const span = spans.find(({ untilMs }) => epochMs < untilMs);
  if (span === undefined) throw new RangeError(`${epochMs} is not an instant in milliseconds`);
  return span;
};

/** The spans of one chunk, in order and without gaps. */
const spansFrom = (timeZone: string, startMs: number): readonly OffsetSpan[] => {
  const endMs = startMs + CHUNK_MS;
  const spans: OffsetSpan[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(timeZone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    const untilMs = Math.min(next?.epochMilliseconds ?? endMs, endMs);
    spans.push({ fromMs: at.epochMilliseconds, untilMs, offsetMs: at.offsetNanoseconds / 1e6 });
    if (next === null || untilMs === endMs) return spans;
    at = next;
  }
};
