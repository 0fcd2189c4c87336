import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newCustomer } from '#core/domain/customers/customer.ts';
import { nextVisit, type VisitTouch, visitTouches } from '#core/domain/journeys/visits.ts';
import type { AtRisk } from '#core/domain/scores/at-risk.ts';
import type { DatedScore } from '#core/domain/scores/dated-score.ts';
import type { RfmSegment } from '#core/domain/scores/rfm.ts';
import { at } from '#tests/unit/orders/order-events.ts';
import { inputsOf, purchase, type Story, tenOclock } from './plan-inputs.ts';

/** The next visit of this touch, as if all others had been made. */
const visitOf = (touch: VisitTouch, story: Story) => {
  const others = visitTouches.filter((each) => each !== touch);
  const visit = nextVisit(inputsOf(story), others);
  return visit?.touch === touch ? { subjects: visit.subjects, at: visit.at } : undefined;
};

const twice = [purchase('1', at(-900)), purchase('100482', at(10))];
const member = { ...newCustomer('hearth', 'c-17'), loyalty: { at: at(1) } };

describe('who is invited by what is expected of them', () => {
  const scored = (more: Partial<DatedScore>): DatedScore => ({
    scoredOn: '2026-12-07',
    lastOrderDay: '2026-11-18',
    propensities: [],
    ...more,
  });
  const rfm = (segment: RfmSegment) => ({
    recency: 5,
    frequency: 5,
    monetary: 5,
    score: 555,
    segment,
  });
  const risk = (state: AtRisk['state']): AtRisk => ({
    state,
    by: 'own-rhythm',
    orders: 2,
    daysSinceLast: 19,
    dueAfterDays: 5,
    atRiskAfterDays: 10,
    lapsedAfterDays: 30,
    quantiles: { due: 0.5, atRisk: 0.8, lapsed: 0.95 },
  });
  const thrice = [purchase('0', at(-1800)), ...twice];
  const fourTimes = [purchase('00', at(-2700)), ...thrice];
  const invitation = (story: Story) => visitOf('loyalty-invitation', story);

  test.each(['champions', 'loyal'] as const)(
    'the best, %s, are asked once more after their third order',
    (segment) => {
      const score = scored({ rfm: rfm(segment) });

      expect(invitation({ purchases: thrice, score })).toMatchObject({ at: tenOclock(20) });
      expect(invitation({ purchases: fourTimes, score })).toBeUndefined();
      expect(invitation({ purchases: thrice, score, customer: member })).toBeUndefined();
    },
  );

  test('others are not asked again, nor anybody without a score', () => {
    expect(invitation({ purchases: thrice })).toBeUndefined();
    expect(
      invitation({ purchases: thrice, score: scored({ rfm: rfm('potentially-loyal') }) }),
    ).toBeUndefined();
  });

  test.each(['at-risk', 'lapsed'] as const)('nobody who is %s is asked', (state) => {
    const score = scored({ atRisk: risk(state), rfm: rfm('champions') });

    expect(invitation({ purchases: twice, score })).toBeUndefined();
    expect(invitation({ purchases: thrice, score })).toBeUndefined();
  });

  test('a score from before the order says nothing against asking, nor for it', () => {
    const before = { lastOrderDay: '2026-10-12' };

    expect(
      invitation({ purchases: twice, score: scored({ ...before, atRisk: risk('lapsed') }) }),
    ).toMatchObject({ at: tenOclock(20) });
    expect(
      invitation({ purchases: thrice, score: scored({ ...before, rfm: rfm('champions') }) }),
    ).toBeUndefined();
  });

  test('says by what score it goes', () => {
    const score = scored({ atRisk: risk('due'), rfm: rfm('loyal') });
    const others = visitTouches.filter((each) => each !== 'loyalty-invitation');

    expect(nextVisit(inputsOf({ purchases: thrice, score }), others)?.because).toBe(
      'score of 2026-12-07, loyal, due: 19 days since the last order; after 2 orders in this rhythm 80 % of those who come back do so within 10 days',
    );
    expect(nextVisit(inputsOf({ purchases: twice }), others)).not.toHaveProperty('because');
  });
});

describe('what goes with a purchase', () => {
  const pairs = { facts: { 'SKU-mill': { pairsWith: ['A', 'B', 'C', 'D'] } } };

  test('comes from the category first that the customer buys of the likeliest', () => {
    const score: DatedScore = {
      scoredOn: '2026-12-07',
      lastOrderDay: '2026-11-18',
      propensities: [
        { category: 'Tea', score: 0.7 },
        { category: 'Mugs', score: 0.3 },
      ],
    };
    const offerCategories = { A: 'Coffee', B: 'Mugs', D: 'Tea' };

    expect(visitOf('cross-sell', { ...pairs, score, offerCategories })?.subjects).toEqual([
      'D',
      'B',
      'A',
    ]);
    expect(visitOf('cross-sell', { ...pairs, score })?.subjects).toEqual(['A', 'B', 'C']);
  });
});

describe('a customer who does not come back and has a score', () => {
  const dueBy = (day: string, lastOrderDay = '2026-11-18'): DatedScore => ({
    scoredOn: '2026-12-07',
    lastOrderDay,
    dueBy: day,
    propensities: [],
  });

  test('is looked for on the day after the last on which they were not late', () => {
    // Ordered on 18 November; 71 days later, at ten.
    expect(visitOf('win-back', { score: dueBy('2027-01-27') })?.at).toBe(
      '2027-01-28T09:00:00.000Z',
    );
  });

  test('is looked for no earlier than after 60 days and no later than after 150', () => {
    expect(visitOf('win-back', { score: dueBy('2026-11-30') })?.at).toBe(tenOclock(60 - 2));
    expect(visitOf('win-back', { score: dueBy('2030-01-01') })?.at).toBe(
      '2027-04-17T08:00:00.000Z',
    );
  });

  test('is looked for by their rhythm while the score does not know the order', () => {
    const before = dueBy('2027-01-27', '2026-11-17');

    expect(visitOf('win-back', { score: before })).toMatchObject({ at: tenOclock(88) });
    expect(visitOf('win-back', { score: before, purchases: twice.slice(1) })?.at).toBe(
      tenOclock(88),
    );
  });

  test('is looked for by their rhythm when the score cannot tell when they are late', () => {
    const { dueBy: _, ...score } = dueBy('2027-01-27');

    expect(visitOf('win-back', { score })).toMatchObject({ at: tenOclock(88) });
  });

  test('lies between the bounds on some day at ten, whatever the score says', () => {
    const days = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2120-01-01'),
      noInvalidDate: true,
    });

    fc.assert(
      fc.property(days, (day) => {
        const visit = visitOf('win-back', { score: dueBy(day.toISOString().slice(0, 10)) });

        expect(visit?.at).toSatisfy((instant: string) => instant >= tenOclock(58));
        expect(visit?.at).toSatisfy((instant: string) => instant <= '2027-04-17T08:00:00.000Z');
        expect(visit?.at).toMatch(/T0[89]:00:00.000Z$/);
      }),
    );
  });
});
