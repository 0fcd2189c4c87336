import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeTouchRef,
  encodeTouchRef,
  touchRefIn,
  touchRefParts,
} from '#core/contracts/touch-ref.ts';

const ref = { shop: 'hearth', orderId: '100482', touchId: 'dispatch-notice:P1' };

const id = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 });
const anyRef = fc.record({ shop: id, orderId: id, touchId: id });

describe('a touch’s reference', () => {
  test('comes back from a provider as it went, whatever the ids are made of', () => {
    fc.assert(
      fc.property(anyRef, fc.integer({ min: 1, max: 900 }), (each, length) => {
        expect(decodeTouchRef(encodeTouchRef(each))).toEqual(each);
        expect(touchRefIn({ shop: 'x', ...touchRefParts(each, length) })).toEqual(each);
        expect(touchRefIn({ ref: encodeTouchRef(each) })).toEqual(each);
      }),
    );
  });

  test('has the characters that providers take, and parts no longer than they take', () => {
    fc.assert(
      fc.property(anyRef, (each) => {
        for (const part of Object.values(touchRefParts(each, 250)))
          expect(part).toMatch(/^[\w-]{1,250}$/);
      }),
    );
  });

  test('is put together in the order of its parts, not of their names', () => {
    const parts = Object.entries(touchRefParts({ ...ref, touchId: 'x'.repeat(300) }, 30));

    expect(parts.length).toBeGreaterThan(10);
    expect(touchRefIn(Object.fromEntries(parts.toReversed()))?.touchId).toBe('x'.repeat(300));
  });

  test('is not there with a message of somebody else', () => {
    expect(touchRefIn({ campaign: 'spring', reference: 'x' })).toBeUndefined();
  });

  test.each(['', '%%%', 'aGVsbG8', Buffer.from('["a","b"]').toString('base64url')])(
    'that names no touch is refused: %j',
    (encoded) => {
      expect(() => decodeTouchRef(encoded)).toThrow('names no touch');
    },
  );
});
