import { expect, test } from 'vitest';
import { formatsFor, moneyIn } from '#core/domain/messages/formats.ts';

const plain = (text: string): string => text.replaceAll(/\s/gu, ' ');

test.each([
  ['en-GB', 'EUR', 123_456, '€1,234.56'],
  ['de-DE', 'EUR', 123_456, '1.234,56 €'],
  ['en-US', 'USD', 5, '$0.05'],
  ['ja-JP', 'JPY', 1480, '￥1,480'],
  ['en-GB', 'JPY', 1480, 'JP¥1,480'],
  ['en-GB', 'KWD', 12_345, 'KWD 12.345'],
  ['de-DE', 'KWD', 12_345, '12,345 KWD'],
  ['de-DE', 'EUR', -1000, '-10,00 €'],
])(
  '%s writes %s with the currency’s own decimals: %d is %s',
  (locale, currency, minor, expected) => {
    expect(plain(moneyIn(locale)({ amountMinor: minor, currency }))).toBe(expected);
  },
);

const now = '2026-11-22T12:00:00.000Z';
const berlin = (locale: string) => formatsFor({ locale, timeZone: 'Europe/Berlin', now });

test('a day is written in words of the locale', () => {
  expect(berlin('en-GB').day('2026-11-30T11:00:00.000Z')).toBe('Monday 30 November');
  expect(berlin('en-US').day('2026-11-30T11:00:00.000Z')).toBe('Monday, November 30');
  expect(berlin('de-DE').day('2026-11-30T11:00:00.000Z')).toBe('Montag, 30. November');
});

test('a day is the day in the shop’s zone', () => {
  const chicago = formatsFor({ locale: 'en-GB', timeZone: 'America/Chicago', now });

  expect(berlin('en-GB').day('2026-11-30T23:30:00.000Z')).toBe('Tuesday 1 December');
  expect(chicago.day('2026-12-01T03:00:00.000Z')).toBe('Monday 30 November');
});

test('another year is said, as the shop’s zone counts years', () => {
  expect(berlin('de-DE').day('2027-01-04T11:00:00.000Z')).toBe('Montag, 4. Januar 2027');
  expect(berlin('en-GB').day('2026-12-31T23:30:00.000Z')).toContain('2027');
});
