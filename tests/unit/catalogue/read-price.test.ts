import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponentOf } from '#core/domain/money/exponent.ts';
import { readPrice } from '#rehearsal/input/catalogue-import/read-price.ts';

describe('a price', () => {
  it.each([
    ['49.90', 'EUR', 4990],
    ['1000', 'JPY', 1000],
    ['1000.00', 'JPY', 1000],
    ['12.500', 'KWD', 12_500],
    ['0', 'USD', 0],
  ])('of %s %s is %i in its minor unit', (text, currency, amountMinor) => {
    expect(readPrice(text, currency)).toEqual({ price: { amountMinor, currency } });
  });

  it.each([
    ['12.345', 'EUR', 'at most 2 digits'],
    ['10.5', 'JPY', 'at most 0 digits'],
    ['€ 12', 'EUR', 'without a sign of the currency'],
    ['-1.00', 'EUR', 'zero or more'],
    ['1.00', 'Euro', 'got the currency "Euro"'],
  ])('of %s %s is refused, not rounded', (text, currency, because) => {
    expect(readPrice(text, currency)).toMatchObject({ problem: expect.stringContaining(because) });
  });

  it('comes back as it was written, in every currency and with either mark', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 12 }),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        fc.constantFrom('.' as const, ',' as const),
        (amountMinor, currency, mark) => {
          const digits = exponentOf(currency);
          const text = String(amountMinor).padStart(digits + 1, '0');
          const whole = text.slice(0, text.length - digits);
          const decimal = digits === 0 ? whole : `${whole}${mark}${text.slice(-digits)}`;

          expect(readPrice(decimal, currency, mark)).toEqual({ price: { amountMinor, currency } });
        },
      ),
    );
  });
});
