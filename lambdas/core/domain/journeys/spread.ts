import type { Instant } from '../orders/order-event.ts';

/** Within the hour: what is due at ten goes from ten to a minute before eleven. */
const SPREAD_MINUTES = 59;

const MS_PER_MINUTE = 60_000;

/**
 * The instant moved by up to an hour, the same for the same order: a day's touches that are all due
 * at one hour do not come at one second.
 *
 * @param hash a stable hash in hexadecimal
 */
export const spread = (at: Instant, orderId: string, hash: (text: string) => string): Instant => {
  const draw = Number.parseInt(hash(orderId).slice(0, 8), 16);
  return new Date(Date.parse(at) + (draw % SPREAD_MINUTES) * MS_PER_MINUTE).toISOString();
};
