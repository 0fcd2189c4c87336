import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate } from '#core/domain/money/allocate.ts';
import { converted, safe } from '#core/domain/money/convert.ts';
import { decimalText } from '#core/domain/money/decimal-text.ts';
import { exponentOf } from '#core/domain/money/exponent.ts';

const sum = (amounts: readonly number[]): number => amounts.reduce((all, each) => all + each, 0);

describe('allocate', () => {
  test.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [5, [3, 7], [2, 3]],
    [10, [0, 1, 0], [0, 10, 0]],
    [90, [100, -10], [100, -10]],
    [45, [100, -10], [50, -5]],
    [0, [0, 0], [0, 0]],
    [0, [], []],
  ])('splits %d by %j into %j', (amount, ratios, parts) => {
    expect(allocate(amount, ratios)).toEqual(parts);
  });

  test('gives what is over to the largest remainders, of equal ones to the earlier', () => {
    expect(allocate(10, [47_000, 16_000, 15_900, 12_000, 6_000, 3_100])).toEqual([
      5, 2, 1, 1, 1, 0,
    ]);
    expect(allocate(1, [1, 1])).toEqual([1, 0]);
  });

  test('refuses to split something by nothing', () => {
    expect(() => allocate(1, [0, 0])).toThrow('got 1 to split by ratios that sum to 0');
    expect(() => allocate(1, [])).toThrow(RangeError);
  });

  const ratios = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 20 });

  test('sums exactly, each part within one of its exact share, with products beyond 2^53', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), ratios, (amount, by) => {
        fc.pre(sum(by) > 0);
        const parts = allocate(amount, by);

        expect(sum(parts)).toBe(amount);
        for (const [index, ratio] of by.entries())
          expect(Math.abs((parts[index] ?? 0) - (amount * ratio) / sum(by))).toBeLessThan(1.001);
      }),
    );
  });

  test('splits the opposite of an amount into the opposite parts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), ratios, (amount, by) => {
        fc.pre(sum(by) > 0);

        expect(allocate(-amount, by)).toEqual(allocate(amount, by).map((part) => 0 - part));
      }),
    );
  });

  test('takes no more of a part than there is, of either sign', () => {
    const signed = fc.array(fc.integer({ min: -1000, max: 5000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(signed, fc.nat(), (by, some) => {
        fc.pre(sum(by) > 0);
        const parts = allocate(some % (sum(by) + 1), by);

        for (const [index, ratio] of by.entries()) {
          expect(Math.abs(parts[index] ?? 0)).toBeLessThanOrEqual(Math.abs(ratio));
          expect((parts[index] ?? 0) * ratio).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

describe('converted', () => {
  test.each([
    [{ amountMinor: 1000, currency: 'USD' }, '0.92', 'EUR', 920],
    [{ amountMinor: 1000, currency: 'JPY' }, '0.00613', 'EUR', 613],
    [{ amountMinor: 1000, currency: 'KWD' }, '2.9871', 'EUR', 299],
    [{ amountMinor: 613, currency: 'EUR' }, '163.132137', 'JPY', 1000],
    [{ amountMinor: 1, currency: 'USD' }, '0.5', 'EUR', 1],
    [{ amountMinor: -1, currency: 'USD' }, '0.5', 'EUR', -1],
    [{ amountMinor: 0, currency: 'USD' }, '0.5', 'EUR', 0],
    [
      { amountMinor: 9_007_199_254_740_991, currency: 'USD' },
      '1.000000000000',
      'EUR',
      9_007_199_254_740_991,
    ],
  ])('takes %j at %s as %s to be %d', (money, rate, to, minor) => {
    expect(converted(money, rate, to)).toBe(minor);
  });

  test.each(['0', '0.00', '-1', '1e3', '', '1,5', '.5'])('refuses the rate "%s"', (rate) => {
    expect(() => converted({ amountMinor: 1, currency: 'USD' }, rate, 'EUR')).toThrow(
      `got the rate "${rate}", expected a decimal above 0`,
    );
  });

  test('refuses a result that a double does not hold', () => {
    const most = { amountMinor: Number.MAX_SAFE_INTEGER, currency: 'USD' };

    expect(() => converted(most, '2', 'EUR')).toThrow('below 2^53');
    expect(() => safe(2 ** 53)).toThrow('got the amount 9007199254740992');
    expect(() => safe(0.5)).toThrow(RangeError);
  });
});

describe('exponentOf', () => {
  test.each([
    ['EUR', 2],
    ['USD', 2],
    ['GBP', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['CLP', 0],
    ['ISK', 0],
    ['HUF', 2],
    ['KWD', 3],
    ['TND', 3],
    ['IQD', 3],
    ['CLF', 4],
  ])('of %s is %d, as ISO 4217 has it', (currency, digits) => {
    expect(exponentOf(currency)).toBe(digits);
  });

  test('differs from what this engine writes amounts with only where that follows use, by CLDR', () => {
    const differing = Intl.supportedValuesOf('currency').filter(
      (currency) =>
        new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
          .maximumFractionDigits !== exponentOf(currency),
    );

    expect(differing.filter((currency) => !written.has(currency))).toEqual([]);
  });

  /** Written without a fraction, though ISO 4217 has one; of Node 24, others have fewer. */
  const written = new Set(
    'AFN ALL COP HUF IDR IQD IRR KPW LAK LBP MGA MMK PKR RSD SLL SOS SYP YER'.split(' '),
  );
});

test.each([
  [-1205, 2, '-12.05'],
  [5, 2, '0.05'],
  [1000, 0, '1000'],
  [-1, 3, '-0.001'],
  [0, 2, '0.00'],
])('%d with %d digits is written %s', (minor, digits, text) => {
  expect(decimalText(minor, digits)).toBe(text);
});
