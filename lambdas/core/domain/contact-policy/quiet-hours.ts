import type { Instant } from '../orders/order-event.ts';
import {
  MINUTES_PER_DAY,
  MS_PER_DAY,
  MS_PER_MINUTE,
  wallTimeOf,
  weekdayOf,
  zoneClock,
  type ZoneClock,
} from './zone-clock.ts';

/** In the order of ISO 8601. */
export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

export type Weekday = (typeof weekdays)[number];

/** When nothing may reach a customer, by the clocks where the customer is. */
export interface QuietHours {
  /** Wall-clock `HH:MM`; `from` later than `to` spans midnight; equal: none. */
  readonly from: string;
  readonly to: string;
  /** Days on which it is quiet all day: `sunday`. */
  readonly wholeDays?: readonly Weekday[] | undefined;
  /** Calendar days `MM-DD` on which it is quiet all day. */
  readonly wholeDates?: readonly string[] | undefined;
}

/** How far ahead an opening, or an end of one, is looked for: a week, and a day for its edges. */
export const QUIET_HOURS_HORIZON_DAYS = 8;

/**
 * The first instant at or after `now` that is not quiet in any of the zones by any of the rules: `now`
 * itself, as it was given, when it is open; undefined when there is none within eight days.
 *
 * Quiet is what the clocks on the wall show at each instant. So where they skip the end of quiet hours,
 * it opens at the moment after the gap; where they show it twice, it opens at the earlier and closes again
 * for as long as the clocks repeat a quiet time: see `openUntil` for how long that leaves.
 *
 * Throws a RangeError for an unknown zone, no zone at all, a rule that cannot be read or a `now` that is no
 * instant. Rules are read once an object, and must not be changed afterwards.
 */
export const openFrom = (
  rules: readonly QuietHours[],
  zones: readonly string[],
  now: Instant,
): Instant | undefined => settled(latestQuietEnd, rules, zones, now);

/**
 * The first instant at or after `at` that is quiet in one of the zones by one of the rules, so where the
 * open time that `at` lies in ends: `at` itself when it is quiet, undefined when there is none within eight
 * days. Throws as `openFrom` does.
 */
export const openUntil = (
  rules: readonly QuietHours[],
  zones: readonly string[],
  at: Instant,
): Instant | undefined => settled(earliestOpenEnd, rules, zones, at);

/** Until when everything stays as it is; the instant itself when it is what is looked for. */
type NextLook = (rules: readonly QuietHours[], zones: readonly string[], epochMs: number) => number;

/** Looks ahead from boundary to boundary until there is nothing more to wait for. */
const settled = (
  nextLook: NextLook,
  rules: readonly QuietHours[],
  zones: readonly string[],
  from: Instant,
): Instant | undefined => {
  const startMs = epochMsOf(from);
  if (zones.length === 0) throw new RangeError(noZone);
  const limitMs = startMs + QUIET_HOURS_HORIZON_DAYS * MS_PER_DAY;
  let atMs = startMs;
  while (atMs <= limitMs) {
    const nextMs = nextLook(rules, zones, atMs);
    if (nextMs === atMs) return atMs === startMs ? from : new Date(atMs).toISOString();
    atMs = nextMs;
  }
  return undefined;
};

const noZone =
  'Quiet hours were asked for without a time zone: expected at least one. Where the customer’s is ' +
  'not known pass the shop’s.';

/** All quiet stretches that an instant lies in have to pass. */
const latestQuietEnd: NextLook = (rules, zones, epochMs) => {
  let endMs = epochMs;
  for (const zone of zones) {
    const clock = zoneClock(zone);
    for (const rule of rules)
      endMs = Math.max(endMs, stretchEnd(quietUntil, compiled(rule), clock, epochMs));
  }
  return endMs;
};

/** The first quiet stretch ends what is open. */
const earliestOpenEnd: NextLook = (rules, zones, epochMs) => {
  let endMs = Infinity;
  for (const zone of zones) {
    const clock = zoneClock(zone);
    for (const rule of rules)
      endMs = Math.min(endMs, stretchEnd(openUntilMinute, compiled(rule), clock, epochMs));
  }
  return endMs;
};

/** The minute of the day, at most 1440, until which a rule says so; -1 when it says the other. */
type MinuteOf = (rule: CompiledRule, day: number, minute: number) => number;

/**
 * Until when a rule says the same in a zone; the instant itself when it says the other. May end early, at
 * midnight or where clocks change: then one looks again, with the clocks as they are by then.
 */
const stretchEnd = (
  minuteOf: MinuteOf,
  rule: CompiledRule,
  clock: ZoneClock,
  epochMs: number,
): number => {
  const { offsetMs, untilMs } = clock.spanAt(epochMs);
  const { day, minute } = wallTimeOf(epochMs + offsetMs);
  const endMinute = minuteOf(rule, day, minute);
  if (endMinute < 0) return epochMs;
  return Math.min(day * MS_PER_DAY + endMinute * MS_PER_MINUTE - offsetMs, untilMs);
};

const quietUntil: MinuteOf = (rule, day, minute) => {
  const { from, to } = rule;
  if (isWholeDay(rule, day)) return MINUTES_PER_DAY;
  if (from < to) return from <= minute && minute < to ? to : -1;
  if (from > to && minute >= from) return MINUTES_PER_DAY;
  return from > to && minute < to ? to : -1;
};

const openUntilMinute: MinuteOf = (rule, day, minute) => {
  if (quietUntil(rule, day, minute) >= 0) return -1;
  return minute < rule.from ? rule.from : MINUTES_PER_DAY;
};

const isWholeDay = ({ wholeDays, wholeDates }: CompiledRule, day: number): boolean => {
  if (wholeDays?.has(weekdayOf(day)) === true) return true;
  if (wholeDates === undefined) return false;
  const date = new Date(day * MS_PER_DAY);
  return wholeDates.has(dateNumber(date.getUTCMonth() + 1, date.getUTCDate()));
};

/** A rule as it is judged by: minutes of the day, `weekdayOf` and `dateNumber`. */
interface CompiledRule {
  readonly from: number;
  readonly to: number;
  readonly wholeDays: ReadonlySet<number> | undefined;
  readonly wholeDates: ReadonlySet<number> | undefined;
}

/**
 * By object: rules are a shop's configuration, which lives as long as the process, and callers need hold
 * no second form of it.
 */
const compiledRules = new WeakMap<QuietHours, CompiledRule>();

const compiled = (rule: QuietHours): CompiledRule => {
  const known = compiledRules.get(rule);
  if (known !== undefined) return known;
  const { from, to, wholeDays = [], wholeDates = [] } = rule;
  const read: CompiledRule = {
    from: minuteOfDay(from),
    to: minuteOfDay(to),
    wholeDays: wholeDays.length === 0 ? undefined : new Set(wholeDays.map(weekdayNumber)),
    wholeDates: wholeDates.length === 0 ? undefined : new Set(wholeDates.map(dateOf)),
  };
  compiledRules.set(rule, read);
  return read;
};

const minuteOfDay = (text: string): number => {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hour === undefined) throw unreadable('time of day', text, '`HH:MM` from 00:00 to 23:59');
  return Number(hour) * 60 + Number(minute);
};

const weekdayNumber = (name: Weekday): number => {
  const index = weekdays.indexOf(name);
  if (index < 0) throw unreadable('weekday', name, `one of ${weekdays.join(', ')}`);
  return index + 1;
};

const dateNumber = (month: number, day: number): number => month * 100 + day;

/** 29 February is a date: in a leap year, so 2000 is asked. */
const dateOf = (text: string): number => {
  const [, month, day] = /^(\d\d)-(\d\d)$/.exec(text) ?? [];
  const date = new Date(`2000-${month}-${day}T00:00:00.000Z`);
  if (!(date.getUTCDate() === Number(day)))
    throw unreadable('date', text, '`MM-DD` of a day that there is, such as 12-25');
  return dateNumber(Number(month), Number(day));
};

const unreadable = (what: string, got: string, expected: string): RangeError =>
  new RangeError(
    `Quiet hours have the ${what} ${JSON.stringify(got)}: expected ${expected}. Correct the rule.`,
  );

const epochMsOf = (instant: Instant): number => {
  const epochMs = Date.parse(instant);
  if (Number.isNaN(epochMs))
    throw new RangeError(
      `Quiet hours were asked for at ${JSON.stringify(instant)}: expected an instant such as 2026-11-22T12:00:00.000Z.`,
    );
  return epochMs;
};
