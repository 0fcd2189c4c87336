import { describe, expect, test } from 'vitest';
import { betaQuantile } from '#core/domain/offers/beta-interval.ts';
import { decisionInWords, whyShown } from '#core/domain/offers/decision-words.ts';
import type { Judged, OfferDecision } from '#core/domain/offers/decision.ts';
import { decideOffers } from '#core/domain/offers/rank-offers.ts';
import { incompleteBeta } from '#core/domain/statistics/incomplete-beta.ts';
import { offer, partnerOffer, rules, session } from './session.ts';

const money = (amountMinor: number): string => `${(amountMinor / 100).toFixed(2)} EUR`;

const judged = (offerId: string, change: Partial<Judged> = {}): Judged => ({
  offerId,
  type: 'upsell',
  context: 'returning/strong',
  shown: 1_204,
  accepted: 61,
  posterior: { alpha: 62.5, beta: 1_191.5 },
  mean: 0.05,
  drawn: 0.052,
  valueMinor: 420,
  valueKind: 'margin',
  scoreMinor: 21.84,
  ...change,
});

const decision = (change: Partial<OfferDecision> = {}): OfferDecision => ({
  policy: 'p',
  snapshot: 's',
  seed: 'session-1',
  isExploration: false,
  explorationShare: 0.05,
  slots: 2,
  candidates: 1_004,
  candidateSet: 'c',
  floorMinor: 5,
  placed: [
    { ...judged('tray', { because: 'bought with mugs 466 times' }), slot: 1, propensity: 0.412 },
    { ...judged('cake', { scoreMinor: 12 }), slot: 2, propensity: 0.0821 },
  ],
  next: [
    { ...judged('late', { scoreMinor: 11.6 }), passedOver: 'no-slot' },
    { ...judged('same', { scoreMinor: 20 }), passedOver: 'diversity' },
    { ...judged('poor', { scoreMinor: 0.4 }), passedOver: 'below-floor' },
  ],
  refused: { capped: 1_200, 'budget-spent': 1, region: 2 },
  refusedOffers: [{ offerId: 'gone', reason: 'budget-spent' }],
  ...change,
});

const why = (offerId: string, change: Partial<OfferDecision> = {}): string =>
  whyShown(decision(change), offerId, money);

describe('why an offer was shown', () => {
  test('is told by what was counted, expected and drawn', () => {
    expect(why('tray')).toBe(
      'Shown in place 1. It goes with the order: bought with mugs 466 times. Of 1,204 showings to returning customers whose order it goes well with, 61 were accepted; between 3.8 % and 6.3 % are expected. 5.2 % was drawn for this session; times 4.20 EUR margin makes 0.22 EUR. The chance that it came here was 41.2 %.',
    );
  });

  test('at random says so', () => {
    expect(why('tray', { isExploration: true })).toMatch(
      /^Shown in place 1, at random: one of the 5 % of sessions that try any offer\. /,
    );
  });

  test('of one that pays by the click counts clicks, of customers alone', () => {
    const click = judged('tray', {
      type: 'partner',
      valueKind: 'cpc',
      context: 'new/none',
      accepted: 1,
      shown: 1,
    });

    expect(why('tray', { placed: [{ ...click, slot: 1, propensity: 1 }] })).toContain(
      'Of 1 showing to customers on their first order, 1 was clicked; between',
    );
  });

  test('writes small shares and amounts as such', () => {
    const small = {
      ...judged('tray', { drawn: 1e-9, scoreMinor: 1e-6 }),
      slot: 1,
      propensity: 5e-5,
    };

    expect(why('tray', { placed: [small] })).toMatch(
      /less than 0\.001 % was drawn .* makes less than 0\.01 EUR\. The chance that it came here was 0\.005 %\.$/,
    );
  });

  test('of one that nobody saw yet goes by others like it', () => {
    const fresh = judged('tray', { shown: 0, accepted: 0, context: 'new/weak' });

    expect(why('tray', { placed: [{ ...fresh, slot: 1, propensity: 1 }] })).toContain(
      'It was not shown to customers on their first order whose order it goes with loosely yet; of offers like it between',
    );
  });
});

describe('why an offer was not shown', () => {
  test.each([
    [
      'late',
      'Not shown: 2 better ones took the places; it would have earned 0.12 EUR, the last place 0.12 EUR.',
    ],
    [
      'same',
      'Not shown: the page had as many of its type, partner or category as it shows, or its very product; it would have earned 0.20 EUR.',
    ],
    [
      'poor',
      'Not shown: it would have earned less than 0.01 EUR, and a place is not given for less than 0.05 EUR.',
    ],
    ['gone', 'Not shown: its budget does not hold one more success.'],
    [
      'other',
      'Not shown: it was not among the best 5 of 1,004, or one of 1,202 that could not be shown. The decision names no others.',
    ],
  ])('%s: %s', (offerId, expected) => {
    expect(why(offerId)).toBe(expected);
  });

  test('in a session that explored is that others came up', () => {
    expect(why('late', { isExploration: true })).toBe(
      'Not shown: others came up at random; it would have earned 0.12 EUR.',
    );
  });

  test('of one that there was not is said', () => {
    expect(why('other', { candidates: 5, refused: {}, refusedOffers: [] })).toBe(
      'Not shown: there was no such offer when this was decided.',
    );
  });
});

describe('a decision in words', () => {
  test('tells of the page, each offer it names and each reason', () => {
    const lines = decisionInWords(decision({ slots: 3 }), money);

    expect(lines[0]).toBe('2 of 3 places filled, from 1,004 offers that could be shown.');
    expect(lines[1]).toMatch(/^tray: Shown in place 1\./);
    expect(lines[2]).toMatch(/^cake: Shown in place 2\./);
    expect(lines[3]).toBe(
      '1 place left empty: nothing else was allowed beside these and promised 0.05 EUR or more.',
    );
    expect(lines.slice(4, 7).every((line) => line.includes(': Not shown: '))).toBe(true);
    expect(lines.slice(7)).toEqual([
      '1,203 offers could not be shown:',
      '  2: the order goes to a country that the offer is not for',
      '  1,200: the customer was shown it as often as it may be',
      '  1: its budget does not hold one more success',
    ]);
  });

  test('can be had of every decision', () => {
    const made = decideOffers(
      session([offer('a'), partnerOffer('b'), offer('c', { isActive: false })]),
      rules,
    );

    const lines = decisionInWords(made, money);

    expect(lines.join('\n')).not.toMatch(/undefined|NaN/);
    expect(lines).toHaveLength(6);
  });
});

test.each([
  [62.5, 1_191.5, 0.025],
  [62.5, 1_191.5, 0.975],
  [0.3, 40, 0.5],
])('the quantile of Beta(%f, %f) at %f has that share below it', (alpha, beta, share) => {
  const value = betaQuantile({ alpha, beta }, share);

  expect(incompleteBeta(alpha, beta, value)).toBeCloseTo(share, 10);
});
