import type { Instant } from '#core/domain/orders/order-event.ts';

/** A word of a command as a shell takes it. */
export const quoted = (word: string): string =>
  /^[\w./:@][\w./:@-]*$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `3 days`, `1 hour`, `just now`. */
export const ageInWords = (since: Instant, now: Instant): string => {
  const ms = Math.max(0, new Date(now).getTime() - new Date(since).getTime());
  if (ms >= DAY_MS) return count(Math.floor(ms / DAY_MS), 'day');
  if (ms >= HOUR_MS) return count(Math.floor(ms / HOUR_MS), 'hour');
  return ms >= MINUTE_MS ? count(Math.floor(ms / MINUTE_MS), 'minute') : 'just now';
};

/** `1 text`, `2 texts`. */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** `2026-03-01 10:00`, in UTC. */
export const minuteOf = (at: Instant): string => at.slice(0, 16).replace('T', ' ');

/** `$0.0012`: a text costs a fraction of a cent. */
export const usdInWords = (usd: number): string => `$${usd.toFixed(4)}`;
