import { instantOf, MS_PER_DAY, wallTimeAt, zoneClock } from '../contact-policy/zone-clock.ts';
import type { Instant } from '../orders/order-event.ts';
import { daysBetween } from './elapsed.ts';

const MINUTES_PER_HOUR = 60;

/** An hour of the day, as a zone's clocks show it. */
export interface Clock {
  readonly hour: number;
  readonly timeZone: string;
}

/**
 * The instant `days` later by the calendar of a zone, at a full hour of its clock. An hour that the
 * change to summer time leaves out is the one after.
 */
export const daysLaterAt = (from: Instant, days: number, { hour, timeZone }: Clock): Instant => {
  const clock = zoneClock(timeZone);
  const { day } = wallTimeAt(clock, Date.parse(from));
  const at = instantOf(clock, { day: day + days, minute: hour * MINUTES_PER_HOUR });
  return new Date(at).toISOString();
};

/**
 * The first full hour of that clock once `days` of 24 hours have passed. Where summer time takes an hour, 24 hours from
 * shortly before midnight end in the day after the next.
 */
export const daysPassedAt = (from: Instant, days: number, clock: Clock): Instant => {
  const isPassed = (at: Instant): boolean => daysBetween(from, at) >= days;
  const [sameDay, nextDay] = [days, days + 1].map((later) => daysLaterAt(from, later, clock));
  if (sameDay !== undefined && isPassed(sameDay)) return sameDay;
  return nextDay !== undefined && isPassed(nextDay) ? nextDay : daysLaterAt(from, days + 2, clock);
};

/** The day, as 2026-11-22, that an instant is of in a zone. */
export const localDayOf = (at: Instant, timeZone: string): string =>
  dayNamed(wallTimeAt(zoneClock(timeZone), Date.parse(at)).day);

/** The day so many days after another; both as 2026-11-22. */
export const daysAfter = (day: string, days: number): string =>
  dayNamed(Date.parse(day) / MS_PER_DAY + days);

/** Days from one day of the calendar to another. */
export const calendarDaysBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / MS_PER_DAY;

/** @param day since 1 January 1970 */
const dayNamed = (day: number): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
