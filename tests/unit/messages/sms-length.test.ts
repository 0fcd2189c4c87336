import { expect, test } from 'vitest';
import { smsLength, smsText } from '#core/domain/messages/sms-length.ts';

test.each([
  ['nothing', '', 'GSM-7', 0, 1],
  ['160 characters', 'x'.repeat(160), 'GSM-7', 160, 1],
  ['161 characters', 'x'.repeat(161), 'GSM-7', 161, 2],
  ['459 characters', 'x'.repeat(459), 'GSM-7', 459, 3],
  ['460 characters', 'x'.repeat(460), 'GSM-7', 460, 4],
  ['umlauts', 'äöüÄÖÜß', 'GSM-7', 7, 1],
  ['an extended character', '5 €', 'GSM-7', 4, 1],
  ['70 characters of UCS-2', '✓'.repeat(70), 'UCS-2', 70, 1],
  ['71 characters of UCS-2', `${'x'.repeat(70)}✓`, 'UCS-2', 71, 2],
  ['201 characters of UCS-2', '✓'.repeat(201), 'UCS-2', 201, 3],
  ['an emoji', '🍞', 'UCS-2', 2, 1],
] as const)('%s is counted as the network does', (_, text, encoding, units, segments) => {
  expect(smsLength(text)).toEqual({ encoding, units, segments });
});

test('typography is written in characters of GSM-7', () => {
  expect(smsText('„1.234,56\u00A0€“ – it’s fine…')).toBe('"1.234,56 €" - it\'s fine...');
});

test('what GSM-7 has no likeness of stays', () => {
  expect(smsText('قدر 🍞')).toBe('قدر 🍞');
});
