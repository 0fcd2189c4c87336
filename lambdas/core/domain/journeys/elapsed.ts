import type { Instant } from '../orders/order-event.ts';

const MS_PER_HOUR = 3_600_000;
const MS_PER_DAY = 24 * MS_PER_HOUR;

export const hoursLater = (from: Instant, hours: number): Instant =>
  new Date(Date.parse(from) + hours * MS_PER_HOUR).toISOString();

/** Days from one instant to another, with fractions. */
export const daysBetween = (from: Instant, to: Instant): number =>
  (Date.parse(to) - Date.parse(from)) / MS_PER_DAY;

export const earlierOf = (a: Instant, b: Instant): Instant => (a < b ? a : b);

export const laterOf = (a: Instant, b: Instant): Instant => (a > b ? a : b);
