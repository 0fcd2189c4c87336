import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { seededRandom } from '#rehearsal/random.ts';
import { logNormal, pick, pickWeighted, shuffled, wholeBetween } from '#rehearsal/input/draws.ts';

const draws = (seed: string, count: number): readonly number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

describe('seededRandom', () => {
  it('gives the same draws for the same seed and others for another', () => {
    expect(draws('one', 20)).toStrictEqual(draws('one', 20));
    expect(draws('one', 20)).not.toStrictEqual(draws('two', 20));
  });

  it('stays the same from release to release', () => {
    expect(draws('afterglow', 3)).toMatchInlineSnapshot(`
      [
        0.18066538125276566,
        0.15335115627385676,
        0.4322312108706683,
      ]
    `);
  });

  it('draws evenly from 0 up to, but never, 1', () => {
    const all = draws('even', 100_000);

    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => all.filter((draw) => Math.floor(draw * 10) === tenth).length,
    );

    // χ² with 9 degrees of freedom exceeds 27.88 once in a thousand.
    const chiSquare = tenths.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(27.88);
    expect(Math.min(...all.slice(0, 1000))).toBeGreaterThanOrEqual(0);
  });

  it('gives seeds that differ in one character unrelated first draws', () => {
    const firsts = Array.from({ length: 10_000 }, (_, at) => seededRandom(`order-${at}`)());

    const mean = firsts.reduce((sum, draw) => sum + draw, 0) / firsts.length;

    // The mean of 10,000 even draws has a standard error of 0.0029.
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
    expect(new Set(firsts).size).toBe(10_000);
  });
});

describe('draws', () => {
  it('picks with the weights that are given', () => {
    const random = seededRandom('weights');

    const picked = Array.from({ length: 10_000 }, () =>
      pickWeighted(random, [
        ['often', 9],
        ['seldom', 1],
        ['never', 0],
      ] as const),
    );

    expect(picked.filter((each) => each === 'often').length / 10_000).toBeCloseTo(0.9, 1);
    expect(picked).not.toContain('never');
  });

  it('refuses to pick from nothing', () => {
    expect(() => pick(Math.random, [])).toThrow(RangeError);
    expect(() => pickWeighted(Math.random, [])).toThrow(RangeError);
  });

  it('shuffles without losing anything', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (items, seed) => {
        const result = shuffled(seededRandom(seed), items);
        const ascending = (a: string, b: string) => Number(a > b) - Number(a < b);
        expect(result.toSorted(ascending)).toStrictEqual(items.toSorted(ascending));
      }),
    );
  });

  it('draws log-normally around the median', () => {
    const random = seededRandom('log-normal');

    const all = Array.from({ length: 20_000 }, () =>
      logNormal(random, { median: 20, spread: 0.5 }),
    );

    expect(all.filter((draw) => draw < 20).length / 20_000).toBeCloseTo(0.5, 1);
    expect(all.filter((draw) => draw < 20 * Math.exp(-0.5)).length / 20_000).toBeCloseTo(0.159, 1);
  });

  it('draws whole numbers with both ends', () => {
    const random = seededRandom('whole');

    const all = new Set(Array.from({ length: 200 }, () => wholeBetween(random, 2, 4)));

    expect(all).toStrictEqual(new Set([2, 3, 4]));
  });
});
