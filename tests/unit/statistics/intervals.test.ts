import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { capOf, capped } from '#core/domain/statistics/cap.ts';
import { meanDifference } from '#core/domain/statistics/mean-difference.ts';
import { minimumDetectableEffect } from '#core/domain/statistics/minimum-detectable-effect.ts';
import { netPromoterScore, npsDifference } from '#core/domain/statistics/net-promoter-score.ts';
import { pairSummaryOf } from '#core/domain/statistics/pair-summary.ts';
import { quantileInterval, quantileOfSorted } from '#core/domain/statistics/quantile.ts';
import { ratioOfSums } from '#core/domain/statistics/ratio-of-sums.ts';
import { relativeLift } from '#core/domain/statistics/relative-lift.ts';
import { requiredSampleSize } from '#core/domain/statistics/required-sample-size.ts';
import { sampleRatio } from '#core/domain/statistics/sample-ratio-mismatch.ts';
import {
  sequentialCriticalValue,
  sequentialInterval,
} from '#core/domain/statistics/sequential-interval.ts';
import { meanVarianceOf, summaryOf } from '#core/domain/statistics/summary.ts';
import { welchCriticalValue, welchInterval } from '#core/domain/statistics/welch-interval.ts';
import { wilsonInterval } from '#core/domain/statistics/wilson-interval.ts';
import { reference } from './reference.ts';

const numbers = z.array(z.number());
const bounds = { lower: z.number(), upper: z.number() };
const oracle = reference(
  'intervals.json',
  z.object({
    welch: z.object({
      treatment: numbers,
      control: numbers,
      alpha: z.number(),
      difference: z.number(),
      df: z.number(),
      ...bounds,
    }),
    fieller: z.object({ criticalValue: z.number(), ...bounds }),
    ratio: z.object({
      numerators: numbers,
      denominators: numbers,
      ratio: z.number(),
      variance: z.number(),
    }),
    wilson: z.array(
      z.object({ successes: z.number(), n: z.number(), alpha: z.number(), ...bounds }),
    ),
    quantile: z.object({
      values: numbers,
      expected: z.array(z.object({ q: z.number(), alpha: z.number(), ...bounds })),
      oneToThousand: z.object({ q: z.number(), alpha: z.number(), ...bounds }),
    }),
    split: z.array(z.object({ counts: numbers, shares: numbers, p: z.number() })),
  }),
);

const treatment = summaryOf(oracle.welch.treatment);
const control = summaryOf(oracle.welch.control);
const sample = fc
  .array(fc.integer({ min: 0, max: 1_000 }), { minLength: 3, maxLength: 40 })
  .filter((values) => new Set(values).size > 1);

describe('a difference of means', () => {
  it('matches scipy.stats.ttest_ind(equal_var=False) on arms of 10 and 8', () => {
    const difference = meanDifference(treatment, control);
    const interval = welchInterval(difference, oracle.welch.alpha);

    expect(difference.value).toBeCloseTo(oracle.welch.difference, 12);
    expect(difference.df).toBeCloseTo(oracle.welch.df, 10);
    expect(interval.lower).toBeCloseTo(oracle.welch.lower, 10);
    expect(interval.upper).toBeCloseTo(oracle.welch.upper, 10);
  });

  it('is known better the more customers there are, at one look and at any', () => {
    fc.assert(
      fc.property(sample, sample, fc.integer({ min: 2, max: 5 }), (a, b, times) => {
        const widths = [1, times].map((repeats) => {
          const arms = [a, b].map((arm) =>
            summaryOf(Array.from({ length: repeats }, () => arm).flat()),
          );
          const [first = treatment, second = control] = arms;
          const estimate = meanDifference(first, second);
          const n = first.n + second.n;
          const one = welchInterval(estimate, 0.05);
          const any = sequentialInterval(estimate, { n, alpha: 0.05, nStar: 5_000 });
          return { one: one.upper - one.lower, any: any.upper - any.lower };
        });
        const [few, many] = widths;

        expect(many?.one).toBeLessThan(few?.one ?? 0);
        expect(many?.any).toBeLessThan(few?.any ?? 0);
      }),
    );
  });

  it('needs two customers an arm', () => {
    expect(() => meanDifference(summaryOf([1]), control)).toThrow('n: got 1');
  });
});

describe('the any-time interval', () => {
  it('is wider than that of one look, whenever one looks', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.constantFrom(0.01, 0.05, 0.1),
        fc.integer({ min: 100, max: 100_000 }),
        (n, alpha, nStar) => {
          expect(sequentialCriticalValue({ n, alpha, nStar })).toBeGreaterThan(
            welchCriticalValue(1e9, alpha),
          );
        },
      ),
    );
  });

  it('reaches the fewest standard errors where it is tuned to', () => {
    const at = (n: number): number => sequentialCriticalValue({ n, alpha: 0.05, nStar: 5_000 });

    expect(at(5_000)).toBeLessThan(at(1_000));
    expect(at(5_000)).toBeLessThan(at(25_000));
    // Of √((nρ² + 1) ln((nρ² + 1)/α²) / nρ²) at n = N*, by hand: nρ² = 5.9915 + ln 6.9915 = 7.9362.
    expect(at(5_000)).toBeCloseTo(
      Math.sqrt((8.936171 * Math.log(8.936171 / 0.0025)) / 7.936171),
      5,
    );
  });

  it('refuses a setting that is none', () => {
    const estimate = { value: 1, standardError: 1 };

    expect(() => sequentialInterval(estimate, { n: 0, alpha: 0.05, nStar: 1 })).toThrow('n: got 0');
    expect(() => sequentialInterval(estimate, { n: 9, alpha: 1, nStar: 1 })).toThrow(
      'alpha: got 1',
    );
    expect(() => sequentialInterval(estimate, { n: 9, alpha: 0.05, nStar: 0 })).toThrow(
      'nStar: got 0',
    );
  });
});

describe('the relative lift', () => {
  it("matches the roots of Fieller's equation found by scipy.optimize.brentq", () => {
    const lift = relativeLift(treatment, control, oracle.fieller.criticalValue);

    expect(lift?.value).toBeCloseTo(treatment.mean / control.mean - 1, 12);
    expect(lift?.interval?.lower).toBeCloseTo(oracle.fieller.lower, 9);
    expect(lift?.interval?.upper).toBeCloseTo(oracle.fieller.upper, 9);
  });

  it('leaves zero exactly when the absolute difference does', () => {
    fc.assert(
      fc.property(
        sample,
        sample,
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (a, b, critical) => {
          const [x, y] = [summaryOf(a), summaryOf(b)];
          const { value, standardError } = meanDifference(x, y);
          const lift = relativeLift(x, y, critical);
          fc.pre(
            lift?.interval !== undefined &&
              Math.abs(Math.abs(value) - critical * standardError) > 1e-6,
          );

          const { lower, upper } = lift?.interval ?? { lower: NaN, upper: NaN };
          expect(lower > 0 || upper < 0).toBe(Math.abs(value) > critical * standardError);
        },
      ),
    );
  });

  it('has no interval while control cannot be told from zero, and none at all below', () => {
    expect(relativeLift(treatment, summaryOf([0, 0, 9]), 1.96)).toStrictEqual({
      value: treatment.mean / 3 - 1,
    });
    expect(relativeLift(treatment, summaryOf([-2, -1, 0]), 1.96)).toBeUndefined();
  });
});

describe('a ratio of sums', () => {
  const { numerators, denominators, ratio, variance } = oracle.ratio;
  const pairs = numerators.map((x, at) => ({ x, y: denominators[at] ?? 0 }));

  it('matches the delta method computed with numpy.cov', () => {
    const summary = ratioOfSums(pairSummaryOf(pairs));

    expect(summary.mean).toBeCloseTo(ratio, 12);
    expect(meanVarianceOf(summary)).toBeCloseTo(variance, 12);
  });

  it('is the mean where everybody has one', () => {
    fc.assert(
      fc.property(sample, (values) => {
        const ones = ratioOfSums(pairSummaryOf(values.map((x) => ({ x, y: 1 }))));
        const mean = summaryOf(values);

        expect(ones.mean).toBeCloseTo(mean.mean, 9);
        expect(ones.m2).toBeCloseTo(mean.m2, 4);
      }),
    );
  });

  it('refuses denominators that sum to zero', () => {
    expect(() => ratioOfSums(pairSummaryOf([{ x: 1, y: 0 }]))).toThrow('was nothing counted yet?');
  });
});

describe('the split', () => {
  test.each(oracle.split)('matches scipy.stats.chisquare on $counts', ({ counts, shares, p }) => {
    const result = sampleRatio(
      counts.map((count, at) => ({ arm: `${at}`, count, share: shares[at] ?? 0 })),
    );

    expect(result.p).toBeCloseTo(p, 12);
    expect(result.isBroken).toBe(p < 0.001);
  });

  it('is broken by one customer in an arm that was not planned', () => {
    const result = sampleRatio([
      { arm: 'a', count: 1_000, share: 1 },
      { arm: 'b', count: 1, share: 0 },
    ]);

    expect(result).toMatchObject({ p: 0, isBroken: true });
  });

  it('of nobody is as planned', () => {
    const arms = ['a', 'b'].map((arm) => ({ arm, count: 0, share: 0.5 }));

    expect(sampleRatio(arms)).toMatchObject({ p: 1, isBroken: false });
  });

  it.each([
    [[0.5, 0.4], 'expected shares that sum to 1'],
    [[1.5, -0.5], 'planned shares: got 1.5'],
    [[1], 'expected at least two'],
  ])('refuses the shares %j', (shares, message) => {
    const arms = shares.map((share, at) => ({ arm: `${at}`, count: 5, share }));

    expect(() => sampleRatio(arms)).toThrow(message);
  });
});

describe('sizes', () => {
  it("needs Lehr's sixteen variances over the squared effect an arm", () => {
    const both = requiredSampleSize({ variance: 1, effect: 0.1, alpha: 0.05 });

    // 2 · (1.959964 + .841621)² / .01 an arm, by hand.
    expect(both).toBe(Math.ceil(2 * 1569.776));
  });

  it('sees at the size that is required for it the effect that it is required for', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        (variance, share) => {
          const effect = Math.sqrt(variance) / 50;
          const n = requiredSampleSize({ variance, effect, alpha: 0.05, share });
          const standardError = Math.sqrt(variance * (1 / (n * share) + 1 / (n * (1 - share))));

          const detectable = minimumDetectableEffect(standardError, welchCriticalValue(1e9, 0.05));

          expect(detectable / effect).toBeGreaterThan(0.999);
          expect(detectable / effect).toBeLessThan(1.000001);
        },
      ),
    );
  });
});

describe('proportions and scores', () => {
  test.each(oracle.wilson)(
    "matches scipy's binomtest($successes, $n).proportion_ci('wilson')",
    ({ successes, n, alpha, lower, upper }) => {
      const interval = wilsonInterval(successes, n, alpha);

      expect(interval.lower).toBeCloseTo(lower, 12);
      expect(interval.upper).toBeCloseTo(upper, 12);
    },
  );

  it('refuses more successes than all', () => {
    expect(() => wilsonInterval(4, 3, 0.05)).toThrow('got 4 of 3');
  });

  it('gives a net promoter score with the variance of its answers, each 1, 0 or −1', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.integer({ min: 2, max: 50 }), (p, d, rest) => {
        const score = netPromoterScore({ promoters: p, detractors: d, answers: p + d + rest });
        const each = summaryOf([
          ...Array.from({ length: p }, () => 1),
          ...Array.from({ length: d }, () => -1),
          ...Array.from({ length: rest }, () => 0),
        ]);

        expect(score.value).toBeCloseTo(each.mean, 12);
        expect(score.standardError ** 2).toBeCloseTo(each.m2 / each.n / each.n, 12);
      }),
    );
  });

  it('gives 20 ± 14.8 for 50 promoters and 30 detractors of 100, by hand', () => {
    // (.5 + .3 − .04) / 100 = .0076; 1.959964 · √.0076 = .17087, and of two such scores √2 times that.
    const answers = { promoters: 50, detractors: 30, answers: 100 };
    const { value, interval } = npsDifference(answers, answers, 0.05);

    expect(netPromoterScore(answers).value).toBeCloseTo(0.2, 12);
    expect(value).toBe(0);
    expect(interval.upper).toBeCloseTo(0.241643, 5);
  });

  it('refuses scores of nobody and of more than all', () => {
    expect(() => netPromoterScore({ promoters: 0, detractors: 0, answers: 0 })).toThrow(
      'answers: got 0',
    );
    expect(() => netPromoterScore({ promoters: 3, detractors: 3, answers: 5 })).toThrow(
      'expected no more than all',
    );
  });
});

describe('quantiles and caps', () => {
  const { values, expected, oneToThousand } = oracle.quantile;

  test.each(expected)('matches scipy.stats.quantile_test at $q', ({ q, alpha, lower, upper }) => {
    expect(quantileInterval(values, q, alpha)).toStrictEqual({ lower, upper });
  });

  it('matches scipy.stats.quantile_test for the median of 1 to 1,000', () => {
    const { q, alpha, lower, upper } = oneToThousand;
    const sorted = Array.from({ length: 1_000 }, (_, at) => at + 1);

    expect(quantileOfSorted(sorted, q)).toBe(500);
    expect(quantileInterval(sorted, q, alpha)).toStrictEqual({ lower, upper });
  });

  it('has no interval for the median of five', () => {
    expect(quantileInterval([1, 2, 3, 4, 5], 0.5, 0.05)).toBeUndefined();
  });

  it('caps at the quantile of what is not zero, by size', () => {
    const cap = capOf([0, 0, 0, 0, 10, -20, 30, 40, 1_000], 0.8);

    expect(cap).toBe(40);
    expect([0, 30, 1_000, -1_000].map((value) => capped(value, cap ?? 0))).toStrictEqual([
      0, 30, 40, -40,
    ]);
  });

  it('finds no cap where all is zero, and refuses a share that is none', () => {
    expect(capOf([0, 0], 0.9)).toBeUndefined();
    expect(() => capOf([1], 1)).toThrow('cap: got 1');
  });
});
