import { instantOf, wallTimeAt, zoneClock } from '../contact-policy/zone-clock.ts';
import type { Instant } from '../orders/order-event.ts';
import type { PlannedArm } from './experiment.ts';

const HOUR_MS = 3_600_000;
const MINUTES_PER_HOUR = 60;

const inWords = (epochMs: number): Instant => new Date(epochMs).toISOString();

interface Asked {
  readonly askedAt: Instant;
  /** When nothing else keeps it back. */
  readonly from: Instant;
  /** The first of those that the customer may be in. @default UTC */
  readonly zone?: string | undefined;
}

/**
 * When a touch may go by its arm's timing: so many hours after it was asked for, or in the first such hour, by the clocks
 * where the customer is, that comes once nothing else keeps it back; within that hour at once.
 */
export const delayedUntil = (
  { delayHours, atHour }: Pick<PlannedArm, 'delayHours' | 'atHour'>,
  { askedAt, from, zone = 'UTC' }: Asked,
): Instant => {
  if (delayHours !== undefined) return inWords(Date.parse(askedAt) + delayHours * HOUR_MS);
  if (atHour === undefined) return askedAt;
  const clock = zoneClock(zone);
  const { day, minute } = wallTimeAt(clock, Date.parse(from));
  const hour = Math.floor(minute / MINUTES_PER_HOUR);
  if (hour === atHour) return from;
  const on = hour < atHour ? day : day + 1;
  return inWords(instantOf(clock, { day: on, minute: atHour * MINUTES_PER_HOUR }));
};
