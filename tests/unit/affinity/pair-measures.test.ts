import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { llr, type PairTable, signedLlr } from '#core/domain/affinity/log-likelihood-ratio.ts';
import { type PairCounts, pairMeasures, pairTable } from '#core/domain/affinity/pair-measures.ts';
import reference from '#tests/fixtures/reference/affinity.json' with { type: 'json' };

const tableOf = ([both = 0, onlyFirst = 0, onlySecond = 0, neither = 0]: readonly number[]) => ({
  both,
  onlyFirst,
  onlySecond,
  neither,
});

const tables: fc.Arbitrary<PairTable> = fc
  .tuple(fc.nat(500), fc.nat(500), fc.nat(500), fc.nat(5_000))
  .map(tableOf);

describe('the log-likelihood ratio', () => {
  test.each(reference.llr.cases)('of $table matches Mahout', ({ table, llr: published }) => {
    expect(llr(tableOf(table)) / published).toBeCloseTo(1, 6);
  });

  test('is zero where the two have nothing to do with each other', () => {
    expect(llr(tableOf([10, 90, 40, 360]))).toBeCloseTo(0, 9);
  });

  test('is never below zero, and the same whichever product comes first', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const turned = { ...table, onlyFirst: table.onlySecond, onlySecond: table.onlyFirst };

        expect(llr(table)).toBeGreaterThanOrEqual(0);
        expect(llr(turned)).toBeCloseTo(llr(table), 6);
      }),
    );
  });

  test('is below zero with its sign where the two avoid each other', () => {
    expect(signedLlr(tableOf([1, 99, 99, 101]))).toBeLessThan(-50);
    expect(signedLlr(tableOf([50, 50, 50, 850]))).toBeGreaterThan(50);
  });
});

describe('the measures of a pair', () => {
  test.each(reference.measures.cases)('$pair matches arules', (published) => {
    const { count, confidence, lift } = published;
    const all = reference.measures.orders;
    const first = Math.round(count / confidence);
    const second = Math.round((confidence / lift) * all);

    const measures = pairMeasures({ together: count, first, second, all });

    for (const name of ['confidence', 'lift', 'cosine', 'jaccard'] as const)
      expect(measures[name]).toBeCloseTo(published[name], 6);
  });

  test.each<PairCounts>([
    { together: 5, first: 4, second: 9, all: 100 },
    { together: 0, first: 0, second: 9, all: 100 },
    { together: 1, first: 60, second: 60, all: 100 },
  ])('of %j are refused: such orders cannot be', (counts) => {
    expect(() => pairMeasures(counts)).toThrow(/got \d+ orders with both, .* expected no more/);
    expect(() => pairTable(counts)).toThrow(RangeError);
  });

  test('and their table count every order once', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { both, onlyFirst, onlySecond, neither } = table;
        fc.pre(both + onlyFirst > 0 && both + onlySecond > 0);
        const counts = {
          together: both,
          first: both + onlyFirst,
          second: both + onlySecond,
          all: both + onlyFirst + onlySecond + neither,
        };

        expect(pairTable(counts)).toEqual(table);
      }),
    );
  });
});
