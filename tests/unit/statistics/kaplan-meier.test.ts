import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { kaplanMeier, stepAt } from '#core/domain/statistics/kaplan-meier.ts';
import { survivalQuantile } from '#core/domain/statistics/survival-quantile.ts';
import { reference } from './reference.ts';

const at = z.object({
  time: z.number(),
  survival: z.number(),
  lower: z.number(),
  upper: z.number(),
});
const remission = reference(
  'remission.json',
  z.object({ events: z.array(z.number()), censored: z.array(z.number()), expected: z.array(at) }),
);
const retail = reference(
  'online-retail-second-purchase.json',
  z.object({
    durations: z.array(z.tuple([z.number(), z.number(), z.number()])),
    expected: z.object({
      purchasedWithin: z.array(z.tuple([z.number(), z.number()])),
      median: z.object({ time: z.number(), lower: z.number(), upper: z.number() }),
      survival: z.array(at),
    }),
  }),
);

const remissionCurve = kaplanMeier(
  [
    ...remission.events.map((time) => ({ time, events: 1, censored: 0 })),
    ...remission.censored.map((time) => ({ time, events: 0, censored: 1 })),
  ],
  0.05,
);
const retailCurve = kaplanMeier(
  retail.durations.map(([time, events, censored]) => ({ time, events, censored })),
  0.05,
);

describe('the survival curve', () => {
  test.each(remission.expected)(
    'of weeks of remission matches scipy.stats.ecdf at $time',
    ({ time, survival, lower, upper }) => {
      const step = stepAt(remissionCurve, time);

      expect(step?.survival).toBeCloseTo(survival, 12);
      expect(step?.interval?.lower).toBeCloseTo(lower, 10);
      expect(step?.interval?.upper).toBeCloseTo(upper, 10);
    },
  );

  it("matches Greenwood's standard error by hand after three events of 21", () => {
    // .857143 · √(3 / (21 · 18)) = .076360
    expect(stepAt(remissionCurve, 6)).toMatchObject({ time: 6, atRisk: 21, events: 3 });
    expect(stepAt(remissionCurve, 6.9)?.standardError).toBeCloseTo(0.07636, 5);
    expect(stepAt(remissionCurve, 5.9)).toBeUndefined();
  });

  test.each(retail.expected.survival)(
    'of second purchases in Online Retail matches scipy.stats.ecdf at $time days',
    ({ time, survival, lower, upper }) => {
      const step = stepAt(retailCurve, time);

      expect(step?.survival).toBeCloseTo(survival, 12);
      expect(step?.interval?.lower).toBeCloseTo(lower, 10);
      expect(step?.interval?.upper).toBeCloseTo(upper, 10);
    },
  );

  test.each(retail.expected.purchasedWithin)(
    'says who bought a second time within %i days',
    (days, share) => {
      expect(1 - (stepAt(retailCurve, days)?.survival ?? 1)).toBeCloseTo(share, 6);
    },
  );

  it('gives the median of Online Retail, 104 days (98–109)', () => {
    expect(survivalQuantile(retailCurve, 0.5)).toStrictEqual(retail.expected.median);
  });

  it('has no median while fewer than half had the event', () => {
    const curve = kaplanMeier([{ time: 1, events: 1, censored: 9 }], 0.05);

    expect(survivalQuantile(curve, 0.5)).toMatchObject({ time: undefined });
  });

  it('ends at zero without an interval when the last one had the event', () => {
    const curve = kaplanMeier([{ time: 2, events: 4, censored: 0 }], 0.05);

    expect(curve).toStrictEqual([
      { time: 2, atRisk: 4, events: 4, survival: 0, standardError: 0, interval: undefined },
    ]);
  });

  it('refuses counts and times that are none', () => {
    expect(() => kaplanMeier([{ time: -1, events: 1, censored: 0 }], 0.05)).toThrow('time: got -1');
    expect(() => kaplanMeier([{ time: 1, events: -1, censored: 0 }], 0.05)).toThrow(
      'events at 1: got -1',
    );
  });
});
