import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../orders/order-event.ts';
import { daysBetween } from './elapsed.ts';

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
  const day = Temporal.Instant.from(from).toZonedDateTimeISO(timeZone).toPlainDate().add({ days });
  const at = day.toZonedDateTime({ timeZone, plainTime: { hour } });
  return new Date(at.epochMilliseconds).toISOString();
};

/** The first full hour of that clock once `days` of 24 hours have passed. */
export const daysPassedAt = (from: Instant, days: number, clock: Clock): Instant => {
  const at = daysLaterAt(from, days, clock);
  return daysBetween(from, at) >= days ? at : daysLaterAt(from, days + 1, clock);
};
