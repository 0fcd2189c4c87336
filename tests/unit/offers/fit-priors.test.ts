import { describe, expect, test } from 'vitest';
import type { Beta, OfferContext } from '#core/domain/offers/decision.ts';
import { fitBeta, logLikelihood, type Tries } from '#core/domain/offers/fit-beta.ts';
import { fitPriors, type OfferTries } from '#core/domain/offers/fit-priors.ts';
import type { OfferType } from '#core/domain/offers/offer.ts';
import { defaultPrior, priorOf, updated } from '#core/domain/offers/posterior.ts';
import { seededDraws } from '#core/domain/offers/seeded-draws.ts';

/** Offers whose rates are drawn from the distribution, each shown up to so often. */
const drawn = ({ alpha, beta }: Beta, offers: number, shownMost: number): readonly Tries[] => {
  const draws = seededDraws(`${alpha}/${beta}/${offers}`);
  return Array.from({ length: offers }, () => {
    const rate = draws.beta(alpha, beta);
    const shown = 1 + Math.floor(draws.uniform() * shownMost);
    const accepted = Array.from({ length: shown }, draws.uniform).filter((u) => u < rate).length;
    return { shown, accepted };
  });
};

const rows = (
  type: OfferType,
  context: OfferContext,
  tries: readonly Tries[],
): readonly OfferTries[] =>
  tries.map((each, index) => ({
    ...each,
    type,
    context,
    offerId: `${type}-${String(index).padStart(4, '0')}`,
  }));

const meanOf = ({ alpha, beta }: Beta): number => alpha / (alpha + beta);

describe('the distribution of rates', () => {
  test.each([
    [{ alpha: 2, beta: 48 }, 500],
    [{ alpha: 1, beta: 99 }, 2_000],
    [{ alpha: 0.6, beta: 30 }, 1_000],
    [{ alpha: 20, beta: 300 }, 1_000],
  ])('that %j drew is found again from 1,500 offers', (truth, shownMost) => {
    const found = fitBeta(drawn(truth, 1_500, shownMost));

    expect(Math.abs(Math.log(meanOf(found) / meanOf(truth)))).toBeLessThan(0.1);
    expect(
      Math.abs(Math.log((found.alpha + found.beta) / (truth.alpha + truth.beta))),
    ).toBeLessThan(0.35);
  });

  test('is the likeliest of those around it', () => {
    const tries = drawn({ alpha: 2, beta: 60 }, 200, 500);
    const { alpha, beta } = fitBeta(tries);

    const best = logLikelihood({ alpha, beta }, tries);

    for (const [a, b] of [
      [1.05, 1],
      [0.95, 1],
      [1, 1.05],
      [1, 0.95],
      [1.05, 1.05],
    ] as const)
      expect(logLikelihood({ alpha: alpha * a, beta: beta * b }, tries)).toBeLessThan(best);
  });

  test('of offers that are all alike is strong, and not without end', () => {
    const { alpha, beta } = fitBeta(
      Array.from({ length: 50 }, () => ({ shown: 1_000, accepted: 30 })),
    );

    expect(meanOf({ alpha, beta })).toBeCloseTo(0.03, 3);
    expect(alpha + beta).toBeCloseTo(2_000, 0);
  });

  test('of offers of which all or none succeeds stays sane', () => {
    const extreme = Array.from({ length: 30 }, (_, index) => ({
      shown: 100,
      accepted: index % 2 === 0 ? 100 : 0,
    }));
    const never = Array.from({ length: 30 }, () => ({ shown: 1_000_000, accepted: 0 }));

    for (const { alpha, beta } of [fitBeta(extreme), fitBeta(never)]) {
      expect(alpha + beta).toBeGreaterThanOrEqual(5 - 1e-9);
      expect(alpha + beta).toBeLessThanOrEqual(2_000 + 1e-6);
      expect(meanOf({ alpha, beta })).toBeGreaterThanOrEqual(1e-4 - 1e-12);
      expect(meanOf({ alpha, beta })).toBeLessThanOrEqual(0.5 + 1e-12);
    }
  });
});

describe('the priors of a shop', () => {
  const strong = rows('upsell', 'returning/strong', drawn({ alpha: 8, beta: 92 }, 60, 400));
  const weak = rows('upsell', 'returning/weak', drawn({ alpha: 2, beta: 98 }, 60, 400));
  const few = rows('upsell', 'new/none', drawn({ alpha: 50, beta: 50 }, 9, 400));

  test('are those of each type and context that have offers enough', () => {
    const priors = fitPriors([...strong, ...weak], 'now');

    expect(priors.fittedAt).toBe('now');
    expect(meanOf(priorOf(priors, 'upsell', 'returning/strong'))).toBeCloseTo(0.08, 1.5);
    expect(meanOf(priorOf(priors, 'upsell', 'returning/weak'))).toBeCloseTo(0.02, 1.5);
  });

  test('fall back on the type where a context has few, and on all offers where the type has', () => {
    const priors = fitPriors([...strong, ...weak, ...few], 'now');
    const ofType = priorOf(priors, 'upsell', 'new/strong');

    expect(priorOf(priors, 'upsell', 'new/none')).toEqual(ofType);
    expect(priorOf(priors, 'review', 'new/none')).toEqual(ofType);
    expect(meanOf(ofType)).toBeGreaterThan(meanOf(priorOf(priors, 'upsell', 'returning/weak')));
    expect(meanOf(ofType)).toBeLessThan(0.3);
  });

  test.each<[string, readonly OfferTries[]]>([
    ['no offers', []],
    ['too few offers', few],
    [
      'too few showings',
      rows('upsell', 'new/none', drawn({ alpha: 5, beta: 5 }, 40, 20)).slice(0, 30),
    ],
    [
      'too few successes',
      rows(
        'upsell',
        'new/none',
        Array.from({ length: 30 }, (_, index) => ({ shown: 500, accepted: Number(index < 9) })),
      ),
    ],
  ])('are the default ones with %s', (_, tries) => {
    const priors = fitPriors(tries, 'now');

    expect(priorOf(priors, 'upsell', 'new/none')).toEqual(defaultPrior('upsell'));
  });

  test('do not depend on the order of rows, nor on offers that were never shown', () => {
    const all = [...strong, ...weak, ...few];
    const unseen = rows('partner', 'new/none', [{ shown: 0, accepted: 0 }]);

    expect(fitPriors([...unseen, ...all.toReversed()], 'now')).toEqual(fitPriors(all, 'now'));
  });

  test('take a success that was counted before its showing', () => {
    const ahead = strong.map((each, index) =>
      index === 0 ? { ...each, shown: 0, accepted: 1 } : each,
    );
    const counted = ahead.map((each, index) => (index === 0 ? { ...each, shown: 1 } : each));

    expect(fitPriors(ahead, 'now')).toEqual(fitPriors(counted, 'now'));
  });

  test.each([-1, 0.5, Number.NaN])('refuse %f showings, and say whose', (shown) => {
    const wrong = [
      { offerId: 'o', type: 'upsell', context: 'new/none', shown, accepted: 0 } as const,
    ];

    expect(() => fitPriors(wrong, 'now')).toThrow(
      /offer "o" in new\/none: got .* shown .*expected whole numbers of at least 0/,
    );
  });
});

test('a posterior is the prior with the counts, and never less than it', () => {
  const prior = { alpha: 2, beta: 48 };

  expect(updated(prior, { shown: 1_204, accepted: 61 })).toEqual({ alpha: 63, beta: 1_191 });
  expect(updated(prior, { shown: 0, accepted: 1 })).toEqual({ alpha: 3, beta: 48 });
});
