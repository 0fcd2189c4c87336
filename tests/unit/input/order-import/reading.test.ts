import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { countryOf } from '#rehearsal/input/order-import/countries.ts';
import { digitsOf, toMinor } from '#rehearsal/input/order-import/decimal.ts';
import { problemOfFormat, readTime } from '#rehearsal/input/order-import/read-time.ts';

describe('toMinor', () => {
  it.each([
    ['2.55', 2, 255],
    ['2.1', 2, 210],
    ['2', 2, 200],
    ['2.', 2, 200],
    ['0.29', 2, 29],
    ['1.005', 3, 1005],
    ['4.350', 2, 435],
    ['-27.5', 2, -2750],
    ['1,299.00', 2, 129_900],
    ['1299', 0, 1299],
    [' 0.07 ', 2, 7],
    ['90071992547409.91', 2, 9_007_199_254_740_991],
  ])('reads %j with %d decimals as %d', (text, digits, minor) => {
    expect(toMinor(text, digits)).toStrictEqual({ kind: 'minor', minor });
  });

  it.each([
    ['8,90', 890],
    ['1.299,00', 129_900],
    ['12', 1200],
  ])('reads %j with a decimal comma as %d', (text, minor) => {
    expect(toMinor(text, 2, ',')).toStrictEqual({ kind: 'minor', minor });
  });

  it.each([
    ['0.001', 2],
    ['2.555', 2],
    ['1.5', 0],
  ])('neither rounds nor cuts %j to %d decimals', (text, digits) => {
    expect(toMinor(text, digits)).toStrictEqual({ kind: 'too-precise' });
  });

  it.each(['', 'free', '1e3', '1.2.3', '12,34', '€5', 'NaN', '0x10', '90071992547409.92', '.5'])(
    'does not guess what %j is',
    (text) => {
      expect(toMinor(text, 2)).toStrictEqual({ kind: 'unreadable' });
    },
  );

  it('reads every amount as the integer that its digits are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (minor) => {
        const text = `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
        expect(toMinor(text, 2)).toStrictEqual({ kind: 'minor', minor });
      }),
    );
  });
});

describe('digitsOf', () => {
  it.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['XYZ', undefined],
    ['euro', undefined],
  ])('knows that %s has %s decimals', (currency, digits) => {
    expect(digitsOf(currency)).toBe(digits);
  });
});

describe('readTime', () => {
  const read = (text: string, formats: readonly string[] = []): string | undefined => {
    const at = readTime(text, { timeZone: 'Europe/Berlin', formats });
    return at === undefined ? undefined : new Date(at).toISOString();
  };

  it.each([
    ['2010-12-01 08:26:00', '2010-12-01T07:26:00.000Z'],
    ['2026-07-01T08:26', '2026-07-01T06:26:00.000Z'],
    ['2026-07-01', '2026-06-30T22:00:00.000Z'],
    ['2026-03-29 02:30:00', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25 02:30:00', '2026-10-25T00:30:00.000Z'],
  ])('reads %s as local time', (text, instant) => {
    expect(read(text)).toBe(instant);
  });

  it.each([
    ['2026-03-01T08:00:00Z', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T08:00:00.123+02:00', '2026-03-01T06:00:00.000Z'],
    ['2026-03-01 08:00:00 -0500', '2026-03-01T13:00:00.000Z'],
    ['2026-03-01 08:00:00 UTC', '2026-03-01T08:00:00.000Z'],
  ])('reads the offset in %s', (text, instant) => {
    expect(read(text)).toBe(instant);
  });

  it.each([
    ['12/1/2010 8:26', 'M/D/YYYY H:mm', '2010-12-01T07:26:00.000Z'],
    ['01.12.2010 08:26', 'DD.MM.YYYY HH:mm', '2010-12-01T07:26:00.000Z'],
    ['12/31/2010 12:05 AM', 'MM/DD/YYYY hh:mm A', '2010-12-30T23:05:00.000Z'],
    ['12/31/2010 12:05 pm', 'MM/DD/YYYY hh:mm A', '2010-12-31T11:05:00.000Z'],
  ])('reads %s in the format %s', (text, format, instant) => {
    expect(read(text, [format])).toBe(instant);
  });

  it.each(['', 'yesterday', '2026-02-30 10:00', '2026-13-01', '2026-01-01 25:00', '1/12/2010'])(
    'does not guess what %j is',
    (text) => {
      expect(read(text, ['DD.MM.YYYY'])).toBeUndefined();
    },
  );

  it('says what is wrong with a format', () => {
    expect(problemOfFormat('M/D/YYYY H:mm')).toBeUndefined();
    expect(problemOfFormat('D.M.')).toBe('it has no YYYY');
    expect(problemOfFormat('M/D/YYYY M')).toBe('a part of it stands there twice');
  });
});

describe('countryOf', () => {
  it.each([
    ['United Kingdom', 'GB'],
    ['UK', 'GB'],
    ['EIRE', 'IE'],
    ['Deutschland', 'DE'],
    ['germany', 'DE'],
    ['Österreich', 'AT'],
    ['Czech Republic', 'CZ'],
    ['Hong Kong', 'HK'],
    ['USA', 'US'],
    ['us', 'US'],
    ['RSA', 'ZA'],
    ['Côte d’Ivoire', 'CI'],
  ])('knows %s as %s', (text, code) => {
    expect(countryOf(text)).toBe(code);
  });

  it.each(['', 'Unspecified', 'European Community', 'Channel Islands', 'XX', 'EU', 'ZZ'])(
    'does not guess which country %j is',
    (text) => {
      expect(countryOf(text)).toBeUndefined();
    },
  );
});
