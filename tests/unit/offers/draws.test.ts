import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawGamma } from '#core/domain/offers/draw-beta.ts';
import { seededDraws } from '#core/domain/offers/seeded-draws.ts';
import { incompleteBeta } from '#core/domain/statistics/incomplete-beta.ts';

const drawsOf = (seed: string, count: number): readonly number[] => {
  const { uniform } = seededDraws(seed);
  return Array.from({ length: count }, uniform);
};

/** The largest distance between the shares below each value and those that the distribution has there. */
const kolmogorovSmirnov = (values: readonly number[], below: (value: number) => number): number =>
  values
    .toSorted((a, b) => a - b)
    .reduce((most, value, at) => {
      const share = below(value);
      return Math.max(most, share - at / values.length, (at + 1) / values.length - share);
    }, 0);

/** Kolmogorov's distance that one sample of 10,000 passes with p = .001 (Stephens, JASA 69, 1974). */
const FARTHEST = 1.95 / Math.sqrt(10_000);

describe('draws of a seed', () => {
  test('are the same again', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        expect(drawsOf(seed, 20)).toEqual(drawsOf(seed, 20));
      }),
    );
  });

  test('are others with another seed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        fc.pre(one !== other);

        expect(drawsOf(one, 3)).not.toEqual(drawsOf(other, 3));
      }),
    );
  });

  test('lie evenly in [0, 1) whichever block of the generator they come from', () => {
    const values = drawsOf('evenly', 10_000);

    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(kolmogorovSmirnov(values, (value) => value)).toBeLessThan(FARTHEST);
  });

  test('have more than 32 bits', () => {
    const withFineBits = drawsOf('bits', 100).filter((value) => (value * 2 ** 32) % 1 !== 0);

    expect(withFineBits.length).toBeGreaterThan(95);
  });

  test('of seeds that differ in a digit do not go together', () => {
    const first = Array.from({ length: 10_000 }, (_, index) => drawsOf(`s-${index}`, 1)[0] ?? 0);

    expect(kolmogorovSmirnov(first, (value) => value)).toBeLessThan(FARTHEST);
  });
});

describe('a draw of Beta(α, β)', () => {
  test.each([
    [0.05, 4.95],
    [0.5, 0.5],
    [1, 1],
    [1.5, 48.5],
    [3, 0.7],
    [61, 1_143],
    [5_000, 200_000],
  ])('α %f, β %f is distributed as the incomplete beta function says', (alpha, beta) => {
    const draws = seededDraws(`${alpha}/${beta}`);

    const values = Array.from({ length: 10_000 }, () => draws.beta(alpha, beta));

    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const expected = alpha / (alpha + beta);
    const se = Math.sqrt((expected * (1 - expected)) / (alpha + beta + 1) / values.length);
    expect(Math.abs(mean - expected)).toBeLessThan(4 * se);
    expect(kolmogorovSmirnov(values, (value) => incompleteBeta(alpha, beta, value))).toBeLessThan(
      FARTHEST,
    );
  });

  test('is a number in [0, 1] whatever the shapes', () => {
    const shape = fc.double({ min: -12, max: 12, noNaN: true }).map(Math.exp);
    fc.assert(
      fc.property(shape, shape, fc.string(), (alpha, beta, seed) => {
        const value = seededDraws(seed).beta(alpha, beta);

        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('of shapes that underflow is 0 or 1, in the right proportion', () => {
    const draws = seededDraws('underflow');

    const values = Array.from({ length: 2_000 }, () => draws.beta(1e-5, 3e-5));

    const ones = values.filter((value) => value > 0.5).length;
    expect(Math.abs(ones / 2_000 - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / 2_000));
  });
});

describe('a draw of Γ(shape)', () => {
  test.each([0.1, 0.9, 1, 2.5, 40])('of %f has that mean and variance', (shape) => {
    const { uniform } = seededDraws(`gamma ${shape}`);
    const count = 40_000;

    const values = Array.from({ length: count }, () => drawGamma(uniform, shape));

    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
    expect(Math.abs(mean - shape)).toBeLessThan(4 * Math.sqrt(shape / count));
    // The fourth central moment is 3 shape² + 6 shape.
    const se = Math.sqrt((2 * shape ** 2 + 6 * shape) / count);
    expect(Math.abs(variance - shape)).toBeLessThan(4 * se);
  });
});
