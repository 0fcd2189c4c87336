import { compareText } from '../compare-text.ts';
import { isTimeZone } from '../contact-policy/zone-clock.ts';
import type { Instant } from '../orders/order-event.ts';

/** The zone that a customer's device kept when it was last seen. */
export interface DeviceZone {
  readonly timeZone: string;
  readonly seenAt: Instant;
}

/** What tells where, by the clock, a customer is. */
export interface ZoneHints {
  /** What the customer said, or the shop's record of it. */
  readonly preferred?: string | undefined;
  /** In any order. */
  readonly devices?: readonly DeviceZone[] | undefined;
  /** The zones that may be kept at the address. */
  readonly place?: readonly string[] | undefined;
}

/**
 * The zones whose clocks a customer may live by, in the order in which to believe it: what the customer
 * stated, the device seen latest, the address, the shop's own. One zone, or every one that the address leaves
 * open: what all of them allow is allowed. A name that is no zone of the IANA database is passed over,
 * as shops' systems keep all sorts of things there; the shop's own is configured, and taken as it is.
 */
export const recipientZones = (
  { preferred, devices = [], place = [] }: ZoneHints,
  fallback: string,
): readonly string[] => {
  if (preferred !== undefined && isTimeZone(preferred)) return [preferred];
  const device = latestOf(devices.filter(({ timeZone }) => isTimeZone(timeZone)));
  if (device !== undefined) return [device.timeZone];
  const known = [...new Set(place.filter(isTimeZone))];
  return known.length === 0 ? [fallback] : known;
};

/** Of two seen at one instant the greater name, so that it is the same in any order. */
const latestOf = (devices: readonly DeviceZone[]): DeviceZone | undefined =>
  devices.toSorted(
    (a, b) => compareText(b.seenAt, a.seenAt) || compareText(b.timeZone, a.timeZone),
  )[0];
