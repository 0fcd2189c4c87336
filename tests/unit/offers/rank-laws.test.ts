import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countKey, type OfferDecision } from '#core/domain/offers/decision.ts';
import { eligibleOffers } from '#core/domain/offers/eligible.ts';
import { type Offer, offerTypes } from '#core/domain/offers/offer.ts';
import { decideOffers } from '#core/domain/offers/rank-offers.ts';
import type { OfferRules, SessionFacts } from '#core/domain/offers/session-facts.ts';
import { offer, product, products, rules, session } from './session.ts';

const skus = ['TRAY', 'CAKE', 'LAMP', 'BOWL', 'MUG'];

const offers: fc.Arbitrary<readonly Offer[]> = fc.uniqueArray(
  fc
    .record({
      offerId: fc.string({ minLength: 1, maxLength: 4 }),
      type: fc.constantFrom(...offerTypes),
      sku: fc.option(fc.constantFrom(...skus)),
      partner: fc.constantFrom('p1', 'p2'),
      amountMinor: fc.nat({ max: 900 }),
      isActive: fc.boolean(),
    })
    .map(({ offerId, type, sku, partner, amountMinor, isActive }) =>
      offer(offerId, {
        type,
        product: sku === null ? { kind: 'affinity' } : { kind: 'sku', sku },
        ...(type === 'partner' ? { partner, url: 'https://partner.example/' } : {}),
        value: { kind: 'worth', amountMinor },
        isActive,
      }),
    ),
  { maxLength: 30, selector: ({ offerId }) => offerId },
);

const facts: fc.Arbitrary<SessionFacts> = fc
  .record({ offers, sessionId: fc.string(), shown: fc.nat({ max: 300 }) })
  .map(({ offers: all, sessionId, shown }) =>
    session(all, {
      sessionId,
      products: products(
        ...skus.map((sku, index) => product(sku, { category: index < 2 ? 'a' : 'b' })),
      ),
      related: [
        { sku: 'TRAY', relation: 'strong', because: 'often together' },
        { sku: 'LAMP', relation: 'weak', because: 'kinds go together' },
      ],
      posterior: {
        snapshot: 's',
        counts: new Map(
          all.map(({ offerId }) => [
            countKey(offerId, 'returning/none'),
            { shown, accepted: Math.floor(shown / 10) },
          ]),
        ),
        priors: undefined,
      },
    }),
  );

const anyRules: fc.Arbitrary<OfferRules> = fc.record({
  slots: fc.integer({ min: 0, max: 5 }),
  floorMinor: fc.nat({ max: 30 }),
  minMarginMinor: fc.nat({ max: 300 }),
  explorationShare: fc.constantFrom(0, 0.05, 0.5, 1),
  mostOfType: fc.integer({ min: 1, max: 3 }),
  mostOfPartner: fc.integer({ min: 1, max: 2 }),
  mostOfCategory: fc.integer({ min: 1, max: 2 }),
  dismissedDays: fc.constant(30),
});

const most = (values: readonly (string | undefined)[]): number => {
  const named = values.filter((each) => each !== undefined);
  return Math.max(0, ...named.map((each) => named.filter((other) => other === each).length));
};

const law = (holds: (decision: OfferDecision, facts: SessionFacts, rules: OfferRules) => void) =>
  fc.assert(
    fc.property(facts, anyRules, (of, by) => holds(decideOffers(of, by), of, by)),
    { numRuns: 60 },
  );

describe('whatever the session', () => {
  test('a decision replays exactly', () => {
    law((decision, of, by) => {
      expect(decideOffers(of, by)).toEqual(decision);
    });
  });

  test('the order of the offers does not matter', () => {
    law((decision, of, by) => {
      expect(decideOffers({ ...of, offers: of.offers.toReversed() }, by)).toEqual(decision);
    });
  });

  test('what is shown may be shown, once, in places one after the other', () => {
    law(({ placed, candidates }, of, by) => {
      const eligible = eligibleOffers(of, by).candidates.map((each) => each.offer.offerId);

      expect(eligible).toEqual(expect.arrayContaining(placed.map(({ offerId }) => offerId)));
      expect(new Set(placed.map(({ offerId }) => offerId)).size).toBe(placed.length);
      expect(placed.map(({ slot }) => slot)).toEqual(placed.map((_, place) => place + 1));
      expect(placed.length).toBeLessThanOrEqual(by.slots);
      expect(candidates).toBe(eligible.length);
    });
  });

  test('a page is diverse', () => {
    law(({ placed }, of, by) => {
      const all = placed.map(({ offerId }) => of.offers.find((each) => each.offerId === offerId));
      const shown = placed.map(({ sku }) => of.products.get(sku ?? ''));

      expect(most(all.map((each) => each?.type))).toBeLessThanOrEqual(by.mostOfType);
      expect(most(all.map((each) => each?.partner))).toBeLessThanOrEqual(by.mostOfPartner);
      expect(most(shown.map((each) => each?.category))).toBeLessThanOrEqual(by.mostOfCategory);
      expect(most(shown.map((each) => each?.sku))).toBeLessThanOrEqual(1);
    });
  });

  test('nothing below the floor takes a place, other than to explore', () => {
    law(({ placed, isExploration, floorMinor }) => {
      const least = Math.min(Infinity, ...placed.map(({ scoreMinor }) => scoreMinor));

      expect(isExploration || least >= floorMinor).toBe(true);
    });
  });

  test('places go by score, other than to explore', () => {
    law(({ placed, isExploration }) => {
      const scores = placed.map(({ scoreMinor }) => scoreMinor);

      expect(isExploration ? [] : scores).toEqual(
        isExploration ? [] : scores.toSorted((a, b) => b - a),
      );
    });
  });

  test('a propensity is above 0 and no more than 1', () => {
    law(({ placed }) => {
      for (const { propensity } of placed) {
        expect(propensity).toBeGreaterThan(0);
        expect(propensity).toBeLessThanOrEqual(1 + 1e-12);
      }
    });
  });

  test('placed and next are 20 or all, and each says what it was judged by', () => {
    law(({ placed, next, candidates }, _of, by) => {
      expect(placed.length + next.length).toBe(Math.min(candidates, 20));
      for (const each of [...placed, ...next]) {
        expect(each.scoreMinor).toBeCloseTo(each.drawn * each.valueMinor, 9);
        expect(each.mean).toBeGreaterThan(0);
      }
      for (const { scoreMinor, passedOver } of by.explorationShare === 0 ? next : [])
        expect(passedOver === 'below-floor').toBe(scoreMinor < by.floorMinor);
    });
  });

  test('every refusal is counted', () => {
    law(({ refused, refusedOffers, candidates }, of) => {
      const total = Object.values(refused).reduce((sum, each) => sum + each, 0);

      expect(total + candidates).toBe(of.offers.length);
      expect(refusedOffers).toHaveLength(total);
    });
  });
});

describe('a page', () => {
  const named = (id: string, sku: string, amountMinor: number): Offer =>
    offer(id, { product: { kind: 'sku', sku }, value: { kind: 'margin', amountMinor } });

  test('stays empty when nothing is worth a place', () => {
    const decision = decideOffers(session([named('a', 'TRAY', 400)]), {
      ...rules,
      floorMinor: 401,
    });

    expect(decision.placed).toEqual([]);
    expect(decision.next).toMatchObject([{ offerId: 'a', passedOver: 'below-floor' }]);
  });

  test('shows a product once, by the better of its offers', () => {
    const decision = decideOffers(
      session([named('a', 'TRAY', 1), named('b', 'TRAY', 1_000_000), named('c', 'CAKE', 1)]),
      rules,
    );

    expect(decision.placed.map(({ offerId }) => offerId)).toEqual(['b', 'c']);
    expect(decision.next).toMatchObject([{ offerId: 'a', passedOver: 'diversity' }]);
  });

  test('tells who came too late from whom diversity kept out', () => {
    const decision = decideOffers(
      session(
        [
          named('a', 'TRAY', 1e9),
          named('b', 'TRAY', 1e6),
          named('c', 'CAKE', 1e3),
          named('d', 'LAMP', 1),
        ],
        {
          products: products(product('TRAY'), product('CAKE'), product('LAMP')),
        },
      ),
      { ...rules, slots: 2 },
    );

    expect(decision.placed.map(({ offerId }) => offerId)).toEqual(['a', 'c']);
    expect(decision.next.map(({ offerId, passedOver }) => [offerId, passedOver])).toEqual([
      ['b', 'diversity'],
      ['d', 'no-slot'],
    ]);
  });

  test('of two sessions draws twice', () => {
    const all = [named('a', 'TRAY', 400)];
    const drawn = ['one', 'other'].map(
      (sessionId) => decideOffers(session(all, { sessionId }), rules).placed[0]?.drawn,
    );

    expect(drawn[0]).not.toBe(drawn[1]);
  });

  test('names the first hundred that were refused and counts them all', () => {
    const all = Array.from({ length: 150 }, (_, index) => offer(`o-${index}`, { isActive: false }));

    const decision = decideOffers(session(all), rules);

    expect(decision.refused).toEqual({ 'not-active': 150 });
    expect(decision.refusedOffers).toHaveLength(100);
  });

  test('goes by the counters of the context and not of another', () => {
    const all = [named('a', 'TRAY', 100)];
    const counts = new Map([
      [countKey('a', 'returning/none'), { shown: 1_000, accepted: 500 }],
      [countKey('a', 'new/none'), { shown: 1_000, accepted: 0 }],
    ]);
    const posterior = { snapshot: 's', counts, priors: undefined };

    const returning = decideOffers(session(all, { posterior }), rules);
    const fresh = decideOffers(
      session(all, { posterior, customer: { isReturning: false } }),
      rules,
    );

    expect(returning.placed[0]?.mean).toBeGreaterThan(0.4);
    expect(fresh.placed[0]?.mean).toBeLessThan(0.01);
  });
});
