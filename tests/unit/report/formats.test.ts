import { describe, expect, test } from 'vitest';
import {
  instant,
  moneyFormat,
  month,
  percent,
  points,
  rate,
  rateRange,
} from '../../../bin/report/formats.ts';
import { numberIn, textIn } from '../../../bin/report/rows.ts';
import { where } from '../../../bin/report/scope.ts';

describe('formats', () => {
  test('a share of fewer than five is not told', () => {
    expect([rate(2, 4), rateRange(2, 4), rate(0, 0), rate(2, 5)]).toEqual(['–', '–', '–', '40%']);
  });

  test('amounts follow the decimals of their currency', () => {
    expect(moneyFormat('EUR').each(1_234)).toBe('€12.34');
    expect(moneyFormat('JPY').each(1_234)).toBe('JP¥1,234');
    expect(moneyFormat('KWD').each(1_234)).toMatch(/^KWD\s1\.234$/);
  });

  test('sums lose their cents together, once the largest of them needs none', () => {
    const [small, large] = [
      moneyFormat('EUR').sums([12_345, 250]),
      moneyFormat('EUR').sums([1_234_567, 250]),
    ];

    expect([small(250), large(250), large(1_234_567)]).toEqual(['€2.50', '€3', '€12,346']);
  });

  test('a price below a tenth keeps its digits', () => {
    expect(moneyFormat('EUR').each(0.195)).toBe('€0.00195');
  });

  test('what rounds to zero has no sign, and what is below it has a minus', () => {
    expect([percent(-0.0001), percent(-0.5), points(-0.2), points(-12), points(3)]).toEqual([
      '0%',
      '−50%',
      '0',
      '−12',
      '+3',
    ]);
    expect(moneyFormat('EUR').each(-0)).toBe('€0.00');
  });

  test('instants of DuckDB and of Trino read alike', () => {
    expect(instant('2026-03-01 12:30:00.000')).toBe(instant('2026-03-01T12:30:00.000Z'));
    expect(month('2026-03')).toBe('Mar 2026');
    expect(month('none')).toBe('none');
  });
});

describe('rows', () => {
  test('a number may come as text, as Athena has it', () => {
    expect(numberIn({ n: '12.5' }, 'n')).toBe(12.5);
  });

  test.each([{ n: null }, {}, { n: 'many' }, { n: '' }])(
    'what is no number names its column: %j',
    (row) => {
      expect(() => numberIn(row, 'n')).toThrow(/column n: got .*, expected a number/);
    },
  );

  test('what is absent is no text', () => {
    expect(() => textIn({}, 'shop')).toThrow(/column shop: got null, expected a text/);
  });
});

describe('scope', () => {
  test('without one there is no condition', () => {
    expect(where({}, { month: 'm' })).toBe('');
  });

  test('narrows by shop and months, and quotes what it is given', () => {
    expect(where({ shop: "o'hara", from: '2026-01', to: '2026-03' }, { month: 'm' })).toBe(
      "where shop = 'o''hara' and m >= '2026-01' and m <= '2026-03'",
    );
  });

  test('months do not narrow what has none', () => {
    expect(where({ from: '2026-01' }, { and: ['x > 0'] })).toBe('where x > 0');
  });
});
