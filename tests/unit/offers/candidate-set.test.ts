import { describe, expect, test } from 'vitest';
import { candidateSetOf, fnv1a64 } from '#core/domain/offers/candidate-set.ts';

describe('FNV-1a of 64 bits', () => {
  // Test vectors of draft-eastlake-fnv, appendix C.
  test.each([
    ['', 'cbf29ce484222325'],
    ['a', 'af63dc4c8601ec8c'],
    ['foobar', '85944171f73967e8'],
  ])('of %j is the published %s', (text, expected) => {
    expect(fnv1a64(text)).toBe(expected);
  });

  test('agrees with the definition in whole numbers', () => {
    const text = 'A/ü/€/👍 0123456789'.repeat(5);

    const expected = new TextEncoder()
      .encode(text)
      .reduce(
        (hash, byte) => BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n),
        0xcbf29ce484222325n,
      );

    expect(fnv1a64(text)).toBe(expected.toString(16).padStart(16, '0'));
  });
});

test('a set of offers has a name of its own', () => {
  const names = [[], ['a'], ['a', 'b'], ['ab'], ['b', 'c']].map(candidateSetOf);

  expect(new Set(names).size).toBe(5);
});
