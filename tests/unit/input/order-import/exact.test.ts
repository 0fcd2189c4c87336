import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fromMinor,
  inDecimal,
  readExact,
  roundedMinor,
  roundedTogether,
  sumOf,
} from '#rehearsal/input/order-import/exact.ts';

const exactly = (text: string): bigint => readExact(text, '.') ?? 0n;

describe('an exact amount', () => {
  it.each([
    ['0.004', 0n],
    ['0.005', 0n],
    ['0.0050000001', 1n],
    ['0.015', 2n],
    ['2.675', 268n],
    ['-0.005', 0n],
    ['-0.015', -2n],
    ['-1.004', -100n],
    ['90071992547409.93', 9007199254740993n],
  ])('of %s is rounded half to even to %s', (text, minor) => {
    expect(roundedMinor(exactly(text), 2)).toBe(minor);
  });

  it.each(['10655622.484', '-11062.06', '0.00', '0.000000000000000001'])(
    'is written as it was read: %s',
    (text) => {
      expect(inDecimal(exactly(text))).toBe(text);
    },
  );

  it.each(['', '1e3', '12,00', '0.0000000000000000001', 'free'])('is not read of %j', (text) => {
    expect(readExact(text, '.')).toBeUndefined();
  });

  it('is read by the decimal mark that the file has', () => {
    expect(readExact('1.234,50', ',')).toBe(exactly('1234.5'));
  });
});

describe('amounts that are rounded together', () => {
  it('sum to the rounded sum, each less than a unit from what it is', () => {
    const amount = fc.bigInt({ min: -(10n ** 21n), max: 10n ** 21n });
    fc.assert(
      fc.property(
        fc.array(amount, { maxLength: 30 }),
        fc.integer({ min: 0, max: 3 }),
        (all, digits) => {
          const minors = roundedTogether(all, digits);

          expect(sumOf(minors)).toBe(roundedMinor(sumOf(all), digits));
          for (const [at, each] of all.entries()) {
            const off = fromMinor(minors[at] ?? 0n, digits) - each;
            expect(off < fromMinor(1n, digits) && off > -fromMinor(1n, digits)).toBe(true);
          }
        },
      ),
    );
  });
});
