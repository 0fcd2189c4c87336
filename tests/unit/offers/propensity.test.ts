import { describe, expect, test } from 'vitest';
import { countKey } from '#core/domain/offers/decision.ts';
import type { OfferDecision, Placed } from '#core/domain/offers/decision.ts';
import type { Offer } from '#core/domain/offers/offer.ts';
import { decideOffers } from '#core/domain/offers/rank-offers.ts';
import type { OfferRules } from '#core/domain/offers/session-facts.ts';
import { offer, product, products, rules, session } from './session.ts';

const named = (id: string, change: Partial<Offer> = {}): Offer =>
  offer(id, {
    product: { kind: 'sku', sku: id },
    value: { kind: 'margin', amountMinor: 100 },
    ...change,
  });

const decisionsOf = (
  offers: readonly Offer[],
  successes: readonly number[],
  by: OfferRules,
  seeds: number,
): readonly OfferDecision[] => {
  const facts = session(offers, {
    products: products(...offers.map(({ offerId }) => product(offerId))),
    posterior: {
      snapshot: 's',
      counts: new Map(
        offers.map(({ offerId }, index) => [
          countKey(offerId, 'returning/none'),
          { shown: 200, accepted: successes[index] ?? 0 },
        ]),
      ),
      priors: undefined,
    },
  });
  return Array.from({ length: seeds }, (_, seed) =>
    decideOffers({ ...facts, sessionId: `s-${seed}` }, by),
  );
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('over 20,000 sessions of four offers, two of one type, a floor and exploring', () => {
  const SEEDS = 20_000;
  const offers = [
    named('a'),
    named('b'),
    named('c', { type: 'cross-sell' }),
    named('d', { type: 'subscription' }),
  ];
  const by = { ...rules, slots: 2, mostOfType: 1, floorMinor: 3, explorationShare: 0.2 };
  const decisions = decisionsOf(offers, [10, 12, 9, 5], by, SEEDS);
  const shownAt = (offerId: string, slot: number): readonly Placed[] =>
    decisions.flatMap(({ placed }) =>
      placed.filter((each) => each.offerId === offerId && each.slot === slot),
    );
  const places = offers.flatMap(({ offerId }) => [1, 2].map((slot) => [offerId, slot] as const));

  test.each(places)('propensities of %s in place %i are how often it is there', (id, slot) => {
    const shown = shownAt(id, slot);

    const frequency = shown.length / SEEDS;
    const told = mean(shown.map(({ propensity }) => propensity));

    // That the decision's own page counts adds up to 1/201; and 20,000 sessions have an error of their own.
    expect(Math.abs(told - frequency)).toBeLessThan(
      1 / 201 + 4 * Math.sqrt((frequency * (1 - frequency)) / SEEDS) + 0.005,
    );
  });

  test.each(places)('weighing by 1 / propensity gives %s in place %i back', (id, slot) => {
    const weights = shownAt(id, slot).map(({ propensity }) => 1 / propensity);

    const total = weights.reduce((sum, weight) => sum + weight, 0) / SEEDS;
    const squares = weights.reduce((sum, weight) => sum + weight ** 2, 0) / SEEDS;
    expect(Math.abs(total - 1)).toBeLessThan(4 * Math.sqrt((squares - total ** 2) / SEEDS) + 0.01);
  });

  test('a fifth of them explores', () => {
    const share = mean(decisions.map(({ isExploration }) => Number(isExploration)));

    expect(Math.abs(share - 0.2)).toBeLessThan(4 * Math.sqrt((0.2 * 0.8) / SEEDS));
  });

  test('exploring fills the page, each first place as likely as any other', () => {
    const exploring = decisions.filter(({ isExploration }) => isExploration);

    const first = exploring.map(({ placed }) => placed[0]?.offerId);

    expect(exploring.every(({ placed }) => placed.length === 2)).toBe(true);
    for (const { offerId } of offers) {
      const share = mean(first.map((each) => Number(each === offerId)));
      expect(Math.abs(share - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / first.length));
    }
  });
});

describe('of more offers than a redraw draws anew', () => {
  const offers = Array.from({ length: 60 }, (_, index) => named(`o-${index}`));
  const by = { ...rules, slots: 1, explorationShare: 0.1 };

  test('1 / propensity is right on average: nobody is flattered by the draw that put them first', () => {
    const SEEDS = 400;
    const decisions = decisionsOf(
      offers,
      offers.map(() => 4),
      by,
      SEEDS,
    );

    // Each of the 60 counts for 1 by its weights.
    const totals = decisions.map(({ placed }) => 1 / (placed[0]?.propensity ?? Infinity) / 60);
    const deviation = Math.sqrt(mean(totals.map((each) => (each - mean(totals)) ** 2)));
    expect(Math.abs(mean(totals) - 1)).toBeLessThan((4 * deviation) / Math.sqrt(SEEDS));
  });
});

describe('a propensity', () => {
  test('of the only offer there can be is 1', () => {
    const [decision] = decisionsOf([named('a')], [10], { ...rules, explorationShare: 0.05 }, 1);

    expect(decision?.placed.map(({ propensity }) => propensity)).toEqual([1]);
  });

  test('without exploring is never 0', () => {
    const decisions = decisionsOf([named('a'), named('b')], [20, 2], { ...rules, slots: 1 }, 300);

    const all = decisions.flatMap(({ placed }) => placed.map(({ propensity }) => propensity));

    expect(Math.min(...all)).toBeGreaterThanOrEqual(1 / 201);
  });

  test('of exploring alone is that of a page filled at random', () => {
    const offers = ['a', 'b', 'c', 'd'].map((id) => named(id));
    const decisions = decisionsOf(
      offers,
      [20, 1, 1, 1],
      { ...rules, slots: 2, explorationShare: 1 },
      50,
    );

    for (const { placed, isExploration } of decisions) {
      expect(isExploration).toBe(true);
      expect(placed[0]?.propensity).toBeCloseTo(0.25, 12);
      expect(Math.abs((placed[1]?.propensity ?? 0) - 0.25)).toBeLessThan(0.06);
    }
  });
});
