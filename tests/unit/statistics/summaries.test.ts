import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergePairSummaries } from '#core/domain/statistics/merge-pair-summaries.ts';
import { mergeSummaries } from '#core/domain/statistics/merge-summaries.ts';
import {
  type PairSummary,
  pairSummaryOf,
  pairSummaryOfSums,
} from '#core/domain/statistics/pair-summary.ts';
import {
  type Summary,
  summaryOf,
  summaryOfSums,
  varianceOf,
} from '#core/domain/statistics/summary.ts';

const values = fc.array(fc.integer({ min: -100_000, max: 100_000 }), { maxLength: 30 });
const pairs = fc.array(
  fc.record({ x: fc.integer({ min: -999, max: 999 }), y: fc.integer({ min: -999, max: 999 }) }),
  { maxLength: 30 },
);

/** How far apart two summaries are, in relation to their size; infinitely with another n. */
const apart = (a: Summary, b: Summary): number =>
  a.n === b.n
    ? Math.max(
        Math.abs(a.mean - b.mean) / Math.max(1, Math.abs(b.mean)),
        Math.abs(a.m2 - b.m2) / Math.max(1, b.m2),
      )
    : Infinity;

const pairsApart = (a: PairSummary, b: PairSummary): number =>
  Math.max(
    apart(a.x, b.x),
    apart(a.y, b.y),
    Math.abs(a.products - b.products) / Math.max(1, Math.abs(b.products)),
  );

const NEAR = 1e-8;

describe('a summary', () => {
  it('matches the variance 4.571428… of 2, 4, 4, 4, 5, 5, 7, 9 by hand', () => {
    const summary = summaryOf([2, 4, 4, 4, 5, 5, 7, 9]);

    expect(summary).toStrictEqual({ n: 8, mean: 5, m2: 32 });
    expect(varianceOf(summary)).toBeCloseTo(32 / 7, 12);
  });

  it('keeps its digits where the mean is large beside the spread', () => {
    const summary = summaryOf([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]);

    expect(varianceOf(summary)).toBe(30);
  });

  it('of parts is that of the whole, however they are grouped', () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        const [x, y, z] = [summaryOf(a), summaryOf(b), summaryOf(c)];

        expect(
          apart(mergeSummaries(mergeSummaries(x, y), z), mergeSummaries(x, mergeSummaries(y, z))),
        ).toBeLessThan(NEAR);
        expect(apart(mergeSummaries(x, y), mergeSummaries(y, x))).toBeLessThan(NEAR);
        expect(
          apart(mergeSummaries(mergeSummaries(x, y), z), summaryOf([...a, ...b, ...c])),
        ).toBeLessThan(NEAR);
      }),
    );
  });

  it('of sums of a database is that of the values', () => {
    fc.assert(
      fc.property(values, (all) => {
        const sum = all.reduce((total, value) => total + value, 0);
        const sumOfSquares = all.reduce((total, value) => total + value * value, 0);

        expect(
          apart(summaryOfSums({ n: all.length, sum, sumOfSquares }), summaryOf(all)),
        ).toBeLessThan(NEAR);
      }),
    );
  });

  it.each([
    [{ n: -1, sum: 0, sumOfSquares: 0 }, 'n: got -1'],
    [{ n: 1.5, sum: 0, sumOfSquares: 0 }, 'n: got 1.5'],
    [{ n: 2, sum: NaN, sumOfSquares: 0 }, 'sum: got NaN'],
    [{ n: 2, sum: 1, sumOfSquares: Infinity }, 'sum of squares: got Infinity'],
    [{ n: 4, sum: 8, sumOfSquares: 15 }, 'are both of the same column and rows?'],
    [{ n: 0, sum: 8, sumOfSquares: 15 }, 'of no values, expected zeros'],
  ])('refuses the sums %j', (sums, message) => {
    expect(() => summaryOfSums(sums)).toThrow(message);
  });

  it('refuses a value that is none, and a variance of one value', () => {
    expect(() => summaryOf([1, NaN])).toThrow('value 2: got NaN');
    expect(() => varianceOf(summaryOf([1]))).toThrow(
      'n: got 1, expected a whole number of at least 2',
    );
  });
});

describe('a summary of pairs', () => {
  it('of parts is that of the whole, however they are grouped', () => {
    fc.assert(
      fc.property(pairs, pairs, pairs, (a, b, c) => {
        const [x, y, z] = [pairSummaryOf(a), pairSummaryOf(b), pairSummaryOf(c)];

        expect(
          pairsApart(
            mergePairSummaries(mergePairSummaries(x, y), z),
            mergePairSummaries(x, mergePairSummaries(y, z)),
          ),
        ).toBeLessThan(NEAR);
        expect(
          pairsApart(
            mergePairSummaries(mergePairSummaries(x, y), z),
            pairSummaryOf([...a, ...b, ...c]),
          ),
        ).toBeLessThan(NEAR);
      }),
    );
  });

  it('of sums of a database is that of the pairs', () => {
    fc.assert(
      fc.property(pairs, (all) => {
        const total = (of: (pair: { x: number; y: number }) => number): number =>
          all.reduce((sum, pair) => sum + of(pair), 0);
        const sums = {
          n: all.length,
          x: { sum: total(({ x }) => x), sumOfSquares: total(({ x }) => x * x) },
          y: { sum: total(({ y }) => y), sumOfSquares: total(({ y }) => y * y) },
          sumOfProducts: total(({ x, y }) => x * y),
        };

        expect(pairsApart(pairSummaryOfSums(sums), pairSummaryOf(all))).toBeLessThan(NEAR);
      }),
    );
  });
});
