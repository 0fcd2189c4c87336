import { DAY_MS, MINUTE_MS } from '../input/duration.ts';
import { instantMs, wallMs } from '../input/local-time.ts';

/** A day of a scenario, and a time of that day where one is written, as the shop's clocks show it. */
export interface Moment {
  /** Day 0 is the day on which the scenario starts; days before it are negative. */
  readonly day: number;
  readonly minute?: number;
}

/** A moment at which something is expected, or the time of day from `minute` to `toMinute`. */
export interface Span extends Moment {
  readonly toMinute?: number;
}

/** Which day is day 0, and where. */
export interface Calendar {
  readonly timeZone: string;
  /** Midnight of day 0 on the wall, see {@link wallMs}. */
  readonly dayZero: number;
}

const NOON = 12 * 60;
const MINUTES_A_DAY = 24 * 60;

/** `day 3`, `day 3 11:20` or `day -30`; `undefined` when it is neither. */
export const parseMoment = (text: string): Moment | undefined => {
  const [, day, hour, minute] =
    /^day\s+(-?\d{1,4})(?:\s+([01]?\d|2[0-3]):([0-5]\d))?$/.exec(text.trim()) ?? [];
  if (day === undefined) return undefined;
  return hour === undefined
    ? { day: Number(day) }
    : { day: Number(day), minute: Number(hour) * 60 + Number(minute) };
};

/** A moment, or `day 4 10:00-11:00`. */
export const parseSpan = (text: string): Span | undefined => {
  const [, from = text, to] = /^(.+\s[\d:]+)-(\d\d?:\d\d)$/.exec(text.trim()) ?? [];
  const start = parseMoment(from);
  const end = to === undefined ? undefined : parseMoment(`day ${start?.day} ${to}`);
  if (start === undefined || to === undefined) return start;
  if (start.minute === undefined || end?.minute === undefined) return undefined;
  return start.minute < end.minute ? { ...start, toMinute: end.minute } : undefined;
};

/** The calendar whose day 0 is a date such as `2026-03-02`; `undefined` when there is no such date. */
export const calendarFrom = (date: string, timeZone: string): Calendar | undefined => {
  const dayZero = Date.parse(`${date}T00:00:00.000Z`);
  const isDate = !Number.isNaN(dayZero) && new Date(dayZero).toISOString().startsWith(date);
  return isDate && date.length === 10 ? { timeZone, dayZero } : undefined;
};

/** The instant of a moment; without a time of day it is noon. */
export const instantOf = (
  { timeZone, dayZero }: Calendar,
  { day, minute = NOON }: Moment,
): number => instantMs(dayZero + day * DAY_MS + minute * MINUTE_MS, timeZone);

/** The last instant that belongs to a moment: of a day without a time, its end. */
export const endOf = (calendar: Calendar, { day, minute }: Moment): number =>
  instantOf(calendar, { day, minute: minute ?? MINUTES_A_DAY });

/** The day and time of day that the shop's clocks show at an instant. */
export const momentAt = ({ timeZone, dayZero }: Calendar, ms: number): Required<Moment> => {
  const sinceStart = wallMs(ms, timeZone) - dayZero;
  const day = Math.floor(sinceStart / DAY_MS);
  return { day, minute: Math.floor((sinceStart - day * DAY_MS) / MINUTE_MS) };
};

/** `day 3 11:20`, as it is written. */
export const momentInWords = ({ day, minute, toMinute }: Span): string =>
  [
    `day ${day}`,
    ...(minute === undefined ? [] : [` ${timeInWords(minute)}`]),
    ...(toMinute === undefined ? [] : [`-${timeInWords(toMinute)}`]),
  ].join('');

const timeInWords = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
