import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sizeOf } from '#rehearsal/services/text-price.ts';

describe('the size of a text', () => {
  test.each([
    ['a'.repeat(160), 'GSM', 1],
    ['a'.repeat(161), 'GSM', 2],
    ['a'.repeat(306), 'GSM', 2],
    ['a'.repeat(307), 'GSM', 3],
    ['€'.repeat(80), 'GSM', 1],
    ['€'.repeat(81), 'GSM', 2],
    ['Grüße, Ø', 'GSM', 1],
    ['ł'.repeat(70), 'UNICODE', 1],
    ['ł'.repeat(71), 'UNICODE', 2],
    ['ł'.repeat(134), 'UNICODE', 2],
    ['🎁'.repeat(35), 'UNICODE', 1],
    ['🎁'.repeat(36), 'UNICODE', 2],
  ])('is that of GSM 03.38 and UCS-2: %s', (body, encoding, parts) => {
    expect(sizeOf(body)).toEqual({ encoding, parts });
  });

  test('never shrinks when something is added', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, more) => {
        expect(sizeOf(one + more).parts).toBeGreaterThanOrEqual(sizeOf(one).parts);
      }),
    );
  });
});
