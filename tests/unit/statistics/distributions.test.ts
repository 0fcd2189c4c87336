import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { chiSquareAbove } from '#core/domain/statistics/chi-square.ts';
import { incompleteBeta } from '#core/domain/statistics/incomplete-beta.ts';
import { normalBelow, normalQuantile } from '#core/domain/statistics/normal.ts';
import { studentTQuantile } from '#core/domain/statistics/student-t.ts';
import { reference } from './reference.ts';

const expected = z.number();
const oracle = reference(
  'distributions.json',
  z.object({
    normalQuantile: z.array(z.object({ p: z.number(), expected })),
    normalBelow: z.array(z.object({ z: z.number(), expected })),
    studentTQuantile: z.array(z.object({ p: z.number(), df: z.number(), expected })),
    chiSquareAbove: z.array(z.object({ statistic: z.number(), df: z.number(), expected })),
    incompleteBeta: z.array(z.object({ a: z.number(), b: z.number(), x: z.number(), expected })),
  }),
);

/** In relation to the oracle. */
const errorOf = (value: number, wanted: number): number => Math.abs(value / wanted - 1);

describe('matches scipy to ten digits', () => {
  test.each(oracle.normalQuantile.filter(({ p }) => p !== 0.5))(
    'norm.ppf($p)',
    ({ p, expected: wanted }) => {
      expect(errorOf(normalQuantile(p), wanted)).toBeLessThan(1e-10);
    },
  );

  test.each(oracle.normalBelow)('norm.cdf($z)', ({ z: at, expected: wanted }) => {
    expect(errorOf(normalBelow(at), wanted)).toBeLessThan(1e-10);
  });

  test.each(oracle.studentTQuantile)('t.ppf($p, $df)', ({ p, df, expected: wanted }) => {
    expect(errorOf(studentTQuantile(p, df), wanted)).toBeLessThan(1e-10);
  });

  test.each(oracle.chiSquareAbove)(
    'chi2.sf($statistic, $df)',
    ({ statistic, df, expected: wanted }) => {
      expect(errorOf(chiSquareAbove(statistic, df), wanted)).toBeLessThan(1e-10);
    },
  );

  test.each(oracle.incompleteBeta)('betainc($a, $b, $x)', ({ a, b, x, expected: wanted }) => {
    expect(errorOf(incompleteBeta(a, b, x), wanted)).toBeLessThan(1e-10);
  });
});

it('puts the middle of the normal and the t distribution at zero', () => {
  expect(normalQuantile(0.5)).toBeCloseTo(0, 15);
  expect(studentTQuantile(0.5, 3)).toBe(0);
});

describe('outside its range', () => {
  it.each([0, 1, -0.1, 1.1, NaN])('refuses the probability %s', (p) => {
    expect(() => normalQuantile(p)).toThrow(/p: got .*, expected a number between 0 and 1/);
    expect(() => studentTQuantile(p, 10)).toThrow(RangeError);
  });

  it('refuses degrees of freedom that are none', () => {
    expect(() => studentTQuantile(0.9, 0)).toThrow('degrees of freedom: got 0');
    expect(() => chiSquareAbove(1, -1)).toThrow('degrees of freedom: got -1');
    expect(() => chiSquareAbove(Infinity, 1)).toThrow('statistic: got Infinity');
  });
});
