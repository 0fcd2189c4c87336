import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { touchIdOf } from '#core/domain/touches/touch.ts';

const idOf = (...subjects: readonly string[]): string =>
  touchIdOf({ touch: 'dispatch-notice', subjects }, sha256Digest);

/** Few characters, the separators among them, so that ids come close to each other. */
const subjects = fc.uniqueArray(
  fc.string({ unit: fc.constantFrom('a', '+', '%', '2', 'B', '#'), minLength: 1, maxLength: 4 }),
  { maxLength: 4 },
);

describe('the id of a touch', () => {
  test('says what it tells of, in one order', () => {
    expect(idOf()).toBe('dispatch-notice');
    expect(idOf('P2', 'P1')).toBe('dispatch-notice:P1+P2');
  });

  test('does not take an id with a plus for two ids', () => {
    const ids = [idOf('a+b'), idOf('a', 'b'), idOf('a%2Bb')];

    expect(new Set(ids).size).toBe(3);
  });

  test('is the same for the same subjects only', () => {
    fc.assert(
      fc.property(subjects, subjects, (some, others) => {
        const areSame = JSON.stringify(some.toSorted()) === JSON.stringify(others.toSorted());

        expect(idOf(...some) === idOf(...others)).toBe(areSame);
      }),
      { numRuns: 2000 },
    );
  });

  test('fits a sort key of 1,024 bytes, for 500 lines and for ids of any script', () => {
    const lines = Array.from({ length: 500 }, (_, index) => `L${index}/2026-12-03T11:00:00.000Z`);
    const long = ['漢'.repeat(128), '字'.repeat(128), '語'.repeat(128)];

    expect(idOf(...lines)).toMatch(/^dispatch-notice#[0-9a-f]{40}$/);
    expect(idOf(...lines)).not.toBe(idOf(...lines.slice(1)));
    expect(Buffer.byteLength(idOf(...long))).toBeLessThanOrEqual(1024);
    expect(Buffer.byteLength(idOf('漢'.repeat(250)))).toBeLessThanOrEqual(1024);
  });
});
