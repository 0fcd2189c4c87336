import { DAY_MS, HOUR_MS } from '../input/duration.ts';
import { whyNot } from './compare-touches.ts';
import type { RecordedOrder, RecordedTouch } from './run-record.ts';

export const whole = (count: number): string => Math.round(count).toLocaleString('en');

/** `12 % (120 of 1,000)`; below ten percent with one digit behind the point. */
export const shareOf = (count: number, of: number): string => {
  const percent = of === 0 ? 0 : (100 * count) / of;
  const digits = percent < 10 && percent > 0 ? 1 : 0;
  return `${percent.toFixed(digits)} % (${whole(count)} of ${whole(of)})`;
};

/** `1 order`, `2 orders`. */
export const counted = (count: number, noun: string): string =>
  `${whole(count)} ${noun}${count === 1 ? '' : 's'}`;

/** `+3`, `-2`, `0`. */
export const signed = (change: number, digits = 0): string => {
  const text = change.toFixed(digits);
  return change > 0 && Number(text) !== 0 ? `+${text}` : text;
};

/** When something happened, from the order on: `3.2 h`, `day 12.4`. */
const since = (at: string, order: RecordedOrder | undefined): string => {
  if (order === undefined) return at;
  const ms = Date.parse(at) - Date.parse(order.placedAt);
  return ms < 2 * DAY_MS ? `${(ms / HOUR_MS).toFixed(1)} h` : `day ${(ms / DAY_MS).toFixed(1)}`;
};

/** What became of a touch: `day 12.4 by email`, `dropped (no-consent)`, `not asked for`. */
export const fateOf = (
  touch: RecordedTouch | undefined,
  order: RecordedOrder | undefined,
): string =>
  touch?.ending === 'sent'
    ? `${since(touch.at, order)} by ${touch.channel ?? 'no channel'}`
    : whyNot(touch);

/** A fate without its time: what a group of touches has in common. */
export const fateInShort = (touch: RecordedTouch | undefined): string =>
  touch?.ending === 'sent' ? `sent by ${touch.channel ?? 'no channel'}` : whyNot(touch);

/** Minor units as the amount that they are: `1,234.50 EUR`. */
export const money = (minor: number, currency: string): string => {
  const exponent =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
      .maximumFractionDigits ?? 2;
  const amount = (minor / 10 ** exponent).toLocaleString('en', {
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  });
  return `${amount} ${currency}`;
};
