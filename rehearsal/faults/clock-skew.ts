import type { TimedEvent } from '../input/timed-event.ts';
import { seededRandom } from '../random.ts';

/** An event by the clock of whoever tells it. */
export type ClockSkew = (event: TimedEvent) => TimedEvent;

const MINUTE_MS = 60_000;

/** Systems of a shop with clocks of their own, by what they tell. All else is told by the order system. */
const systems = [
  ['carrier', /^(Shipment|Delivery)/],
  ['crm', /^(Customer|Consent|Device|Loyalty|SupportCase|Survey|Review)/],
] as const;

/**
 * Clocks that are wrong: each system of each shop has one, up to so many minutes before or behind, for good. Only
 * `occurredAt` follows it, so that what the carrier tells may have happened before the order was placed.
 *
 * @param minutes the most by which a clock is wrong, both ways
 */
export const skewOf = (minutes: number, seed: string): ClockSkew => {
  if (minutes === 0) return (event) => event;
  const offsets = new Map<string, number>();
  const offsetOf = (source: string, system: string): number => {
    const key = JSON.stringify([seed, 'clock-skew', source, system]);
    const known =
      offsets.get(key) ?? Math.round((seededRandom(key)() * 2 - 1) * minutes) * MINUTE_MS;
    offsets.set(key, known);
    return known;
  };
  return (event) => {
    const occurredMs = instantOf(event);
    if (occurredMs === undefined) return event;
    const at = occurredMs + offsetOf(event.source, systemOf(event.detailType));
    return { ...event, detail: { ...event.detail, occurredAt: new Date(at).toISOString() } };
  };
};

const systemOf = (detailType: string): string =>
  systems.find(([, told]) => told.test(detailType))?.[0] ?? 'order system';

/** What was captured from a bus stays as it is, and so does what has no time or none that can be read. */
const instantOf = ({ envelope, detail: { occurredAt } }: TimedEvent): number | undefined => {
  if (envelope !== undefined || typeof occurredAt !== 'string') return undefined;
  const ms = Date.parse(occurredAt);
  return Number.isNaN(ms) ? undefined : ms;
};
