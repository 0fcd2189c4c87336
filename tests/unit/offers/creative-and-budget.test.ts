import { describe, expect, test } from 'vitest';
import { budgetRefusal } from '#core/domain/offers/budget-room.ts';
import { creativeFor } from '#core/domain/offers/creative-for.ts';
import type { Offer } from '#core/domain/offers/offer.ts';
import { valueMinorOf } from '#core/domain/offers/value-of.ts';

const says = (...locales: readonly string[]): Pick<Offer, 'creative'> => ({
  creative: Object.fromEntries(
    locales.map((locale) => [locale, { headline: locale, action: 'Take it' }]),
  ),
});

describe('the creative of an offer', () => {
  test.each([
    [['de-AT', 'de', 'en'], ['de-AT', 'en'], 'de-AT'],
    [['de', 'en'], ['de-AT', 'en'], 'de'],
    [['de-Latn', 'de', 'en'], ['de-Latn-AT', 'en'], 'de-Latn'],
    [['de-DE', 'de-CH', 'en'], ['de-AT', 'en'], 'de-CH'],
    [['de-at'], ['de_AT'], 'de-at'],
    [['en-GB', 'fr'], ['de-AT', 'en', 'fr'], 'en-GB'],
    [['fr'], ['de-AT', 'en', 'fr'], 'fr'],
    [['de'], ['den'], undefined],
    [['fr'], ['de-AT', 'en'], undefined],
    [['en'], [], undefined],
    [[], ['en'], undefined],
    [['en'], ['toString'], undefined],
  ])('in %j for %j is %s', (available, wanted, expected) => {
    expect(creativeFor(says(...available), wanted)?.locale).toBe(expected);
  });

  test('comes with its words', () => {
    expect(creativeFor(says('de', 'en'), ['de-AT'])?.creative.headline).toBe('de');
  });
});

describe('what a success is worth', () => {
  test.each([
    [{ kind: 'margin', amountMinor: 420 }, 2_000, 420],
    [{ kind: 'margin', shareOfPrice: 0.29 }, 100, 29],
    [{ kind: 'margin', shareOfPrice: 0.33 }, 199, 65],
    [{ kind: 'margin', shareOfPrice: 0.3 }, undefined, 0],
    [{ kind: 'cpa', amountMinor: 500 }, undefined, 500],
    [{ kind: 'cpc', amountMinor: 30 }, undefined, 30],
    [{ kind: 'worth', amountMinor: 99.9 }, undefined, 99],
  ] as const)('%j at a price of %s is %i', (value, price, expected) => {
    expect(valueMinorOf({ value }, price)).toBe(expected);
  });
});

describe('a budget of 10,000 that pays 500', () => {
  const from = '2026-11-22T00:00:00.000Z';
  const until = '2026-11-23T00:00:00.000Z';
  const hour = (at: number): string => new Date(Date.parse(from) + at * 3_600_000).toISOString();
  const paying = (pacing: 'even' | 'asap', change: Partial<Offer> = {}) => ({
    value: { kind: 'cpa', amountMinor: 500 } as const,
    budget: { amountMinor: 10_000, pacing },
    from,
    until,
    ...change,
  });

  test.each([
    [0, undefined],
    [9_500, undefined],
    [9_501, 'budget-spent'],
    [10_000, 'budget-spent'],
  ] as const)('as it comes, after %i is %s', (spent, expected) => {
    expect(budgetRefusal(paying('asap'), spent, from)).toBe(expected);
  });

  // Of 10,000 an hour releases 416.67, and 100 are released ahead.
  test.each([
    [0, 0, undefined],
    [0, 1, 'paced'],
    [0.96, 0, undefined],
    [0.97, 4, undefined],
    [0.97, 5, 'paced'],
    [6, 2_100, undefined],
    [6, 2_101, 'paced'],
    [12, 4_600, undefined],
    [12, 4_601, 'paced'],
    [23.9, 9_500, undefined],
    [23.9, 9_501, 'budget-spent'],
  ] as const)('evenly over a day, at %f h after %i is %s', (at, spent, expected) => {
    expect(budgetRefusal(paying('even'), spent, hour(at))).toBe(expected);
  });

  test('lasts over the day: shown whenever it may be, it is spent in step with the time', () => {
    const spentAt: number[] = [];
    let spent = 0;
    for (let minute = 0; minute < 1_440; minute++) {
      if (budgetRefusal(paying('even'), spent, hour(minute / 60)) === undefined) spent += 500;
      spentAt.push(spent);
    }

    expect(spent).toBe(10_000);
    for (const [minute, sum] of spentAt.entries())
      expect(Math.abs(sum - (10_000 * minute) / 1_440)).toBeLessThanOrEqual(601);
  });

  test('that lacks an end cannot be spread', () => {
    expect(budgetRefusal(paying('even', { until: undefined }), 9_000, from)).toBeUndefined();
  });

  test('is no matter to who pays nothing for it', () => {
    expect(budgetRefusal(paying('even', { budget: undefined }), 99_999, from)).toBeUndefined();
  });
});
