import { describe, expect, test } from 'vitest';
import type { Ineligibility } from '#core/domain/offers/decision.ts';
import { eligibleOffers } from '#core/domain/offers/eligible.ts';
import type { Offer } from '#core/domain/offers/offer.ts';
import type { OfferRules, SessionFacts } from '#core/domain/offers/session-facts.ts';
import { daysAgo, NOW, offer, partnerOffer, product, products, rules, session } from './session.ts';

type Change = Parameters<typeof session>[1];

/** Why the one offer may not be shown, or undefined when it may. */
const refusal = (
  one: Offer,
  change: Change = {},
  ofShop: Partial<OfferRules> = {},
): Ineligibility | undefined => {
  const facts = session([one], change);
  const { candidates, refused } = eligibleOffers(facts, { ...rules, ...ofShop });
  expect(candidates.length + refused.length).toBe(1);
  return refused[0]?.reason;
};

const seen = (kind: 'shown' | 'dismissed' | 'accepted', ...days: readonly number[]) => ({
  customer: { seen: days.map((each) => ({ offerId: 'o', kind, at: daysAgo(each) })) },
});

const order = (change: Partial<SessionFacts['order']>) => ({ order: change });
const customer = (change: Partial<SessionFacts['customer']>) => ({ customer: change });
const when = (conditions: Offer['conditions']): Offer => offer('o', { conditions });

/** Less than a thousandth of a day. */
const MOMENT = 1e-6;

describe('an offer may be shown', () => {
  const cases: Readonly<Record<string, readonly [Offer, Change?, Partial<OfferRules>?]>> = {
    'when nothing is against it': [offer('o')],
    'from its first moment on': [offer('o', { from: NOW })],
    'until the moment before its end': [offer('o', { until: daysAgo(-MOMENT) })],
    'when the total is the lower end of its band': [when({ totalFromMinor: 3_980 })],
    'when the total is below the upper end': [when({ totalBelowMinor: 3_981 })],
    'for a category that was bought': [when({ boughtCategories: ['bakery', 'kitchen'] })],
    'for a SKU that was bought': [when({ boughtSkus: ['MUG'] })],
    'when what it excludes was not bought': [when({ notBoughtCategories: ['bakery'] })],
    'where it is wanted': [when({ countries: ['DE', 'AT'] })],
    'where it is not unwanted': [when({ notCountries: ['DE'] })],
    'to a returning customer, as either of a pair': [when({ customers: ['new', 'returning'] })],
    'to who is all it asks for': [when({ customers: ['returning', 'account', 'not-member'] })],
    'once a showing has left the window of its cap': [
      offer('o', { cap: { max: 1, days: 7 } }),
      seen('shown', 7),
    ],
    'while its cap has room': [offer('o', { cap: { max: 2, days: 7 } }), seen('shown', 1)],
    'again after it was dismissed long ago': [offer('o'), seen('dismissed', 30)],
    'again after it was accepted long ago': [offer('o'), seen('accepted', 30)],
    'of a product that an earlier order had': [offer('o'), customer({ bought: new Set(['TRAY']) })],
    'as a subscription to what is in the order': [
      offer('o', { type: 'subscription', product: { kind: 'sku', sku: 'MUG' } }),
    ],
    'while its last piece is there': [offer('o', { stock: 1 })],
    'when it earns exactly what the shop wants': [offer('o'), {}, { minMarginMinor: 400 }],
    'of a partner while a return is open': [partnerOffer('o'), customer({ hasReturnOpen: true })],
    'of a partner below the margin that products need': [
      partnerOffer('o'),
      {},
      { minMarginMinor: 9_999 },
    ],
    'of a product with a gift': [offer('o'), order({ isGift: true })],
    'to the shop’s page': [offer('o', { type: 'review', product: undefined })],
    'to an address of its own without such a page': [
      offer('o', { type: 'review', product: undefined, url: 'https://hearth.example/r' }),
      { pages: [] },
    ],
  };

  test.each(Object.keys(cases))('%s', (name) => {
    const [one = offer('o'), change, ofShop] = cases[name] ?? [];

    expect(refusal(one, change, ofShop)).toBeUndefined();
  });
});

describe('an offer may not be shown', () => {
  const cases: Readonly<
    Record<string, readonly [Ineligibility, Offer, Change?, Partial<OfferRules>?]>
  > = {
    'when it was taken off': ['not-active', offer('o', { isActive: false })],
    'before its first moment': ['not-yet', offer('o', { from: daysAgo(-MOMENT) })],
    'from its end on': ['over', offer('o', { until: NOW })],
    'without words for the customer or the shop': [
      'no-creative',
      offer('o', { creative: { fr: { headline: 'Un plateau', action: 'Ajouter' } } }),
    ],
    'when it leads to a page that the shop has not': [
      'no-page',
      offer('o', { type: 'loyalty', product: undefined }),
      { pages: ['review'] },
    ],
    'of a partner without an address': ['no-page', partnerOffer('o', { url: undefined })],
    'when no line is of its categories': ['category', when({ boughtCategories: ['bakery'] })],
    'when no line is one of its SKUs': ['category', when({ boughtSkus: ['CAKE'] })],
    'when a line is of what it excludes': ['category', when({ notBoughtCategories: ['kitchen'] })],
    'below its band': ['price-band', when({ totalFromMinor: 3_981 })],
    'at the upper end of its band': ['price-band', when({ totalBelowMinor: 3_980 })],
    elsewhere: ['region', when({ countries: ['DE'] })],
    'where it is unwanted': ['region', when({ notCountries: ['AT'] })],
    'nobody knows where, if it matters': [
      'region',
      when({ notCountries: ['DE'] }),
      order({ country: undefined }),
    ],
    'to a guest, if it is for accounts': [
      'customer',
      when({ customers: ['account'] }),
      customer({ hasAccount: false }),
    ],
    'to who is one of what it asks for and not the other': [
      'customer',
      when({ customers: ['returning', 'member'] }),
    ],
    'asking for a review of a gift': [
      'gift',
      offer('o', { type: 'review', product: undefined }),
      order({ isGift: true }),
    ],
    'to add something while a return is open': [
      'return-open',
      offer('o'),
      customer({ hasReturnOpen: true }),
    ],
    'of what is in the order': [
      'already-has-it',
      offer('o', { type: 'cross-sell', product: { kind: 'sku', sku: 'MUG' } }),
    ],
    'as a subscription that there is': [
      'already-has-it',
      offer('o', { type: 'subscription' }),
      customer({ subscribedTo: new Set(['TRAY']) }),
    ],
    'for the programme to a member': [
      'already-has-it',
      offer('o', { type: 'loyalty', product: undefined }),
      customer({ isMember: true }),
    ],
    'again within 30 days of being accepted': [
      'already-has-it',
      offer('o'),
      seen('accepted', 30 - MOMENT),
    ],
    'again while it is remembered as dismissed': [
      'dismissed',
      offer('o'),
      seen('dismissed', 30 - MOMENT),
    ],
    'more often than its cap says': [
      'capped',
      offer('o', { cap: { max: 2, days: 7 } }),
      seen('shown', 1, 7 - MOMENT),
    ],
    'when its budget is spent': [
      'budget-spent',
      partnerOffer('o', { budget: { amountMinor: 1_000, pacing: 'asap' } }),
      { spentMinor: new Map([['o', 501]]) },
    ],
    'when its budget is ahead of its time': [
      'paced',
      partnerOffer('o', {
        budget: { amountMinor: 1_000, pacing: 'even' },
        from: daysAgo(1),
        until: daysAgo(-9),
      }),
      { spentMinor: new Map([['o', 1]]) },
    ],
    'when none is left': ['out-of-stock', offer('o', { stock: 0 })],
    'of a product that is not known': [
      'product-unknown',
      offer('o', { product: { kind: 'sku', sku: 'LAMP' } }),
    ],
    'of a product in another currency': [
      'product-unknown',
      offer('o'),
      { products: products(product('TRAY', { price: { amountMinor: 1, currency: 'CHF' } })) },
    ],
    'of a product that it does not name': ['product-unknown', offer('o', { product: undefined })],
    'when it earns less than the shop wants': [
      'margin-floor',
      offer('o'),
      {},
      { minMarginMinor: 401 },
    ],
  };

  test.each(Object.keys(cases))('%s', (name) => {
    const [reason, one = offer('o'), change, ofShop] = cases[name] ?? [];

    expect(refusal(one, change, ofShop)).toBe(reason);
  });

  test('and the first of several reasons is told', () => {
    const wrong = offer('o', { isActive: false, until: daysAgo(1), stock: 0 });

    expect(refusal(wrong)).toBe('not-active');
    expect(refusal({ ...wrong, isActive: true })).toBe('over');
    expect(refusal({ ...wrong, isActive: true, until: undefined })).toBe('out-of-stock');
  });
});

describe('an offer of what goes best with the order', () => {
  const related = [
    { sku: 'TRAY', relation: 'strong', because: 'bought with mugs 466 times' },
    { sku: 'CAKE', relation: 'weak', because: 'bakery goes with kitchen' },
    { sku: 'LAMP', relation: 'none', because: 'a best seller' },
  ] as const;
  const known = {
    related,
    products: products(product('TRAY'), product('CAKE', { category: 'bakery' }), product('LAMP')),
  };
  const best = (offerId: string, categories?: readonly string[], change: Partial<Offer> = {}) =>
    offer(offerId, {
      product: { kind: 'affinity', categories },
      value: { kind: 'margin', shareOfPrice: 0.3 },
      ...change,
    });
  const given = (
    offers: readonly Offer[],
    change: Change = {},
    ofShop: Partial<OfferRules> = {},
  ): Readonly<Record<string, string | undefined>> => {
    const facts = session(offers, { ...known, ...change });
    const { candidates, refused } = eligibleOffers(facts, { ...rules, ...ofShop });
    return Object.fromEntries([
      ...candidates.map((each) => [each.offer.offerId, each.product?.sku] as const),
      ...refused.map(({ offerId, reason }) => [offerId, reason] as const),
    ]);
  };

  test('takes the best there is, with its evidence and value', () => {
    const { candidates } = eligibleOffers(session([best('a')], known), rules);

    expect(candidates).toMatchObject([
      {
        product: { sku: 'TRAY' },
        relation: 'strong',
        because: related[0].because,
        valueMinor: 600,
      },
    ]);
  });

  test('keeps to its categories', () => {
    expect(given([best('a', ['bakery'])])).toEqual({ a: 'CAKE' });
    expect(given([best('a', ['garden'])])).toEqual({ a: 'nothing-related' });
  });

  test('does not take what another names, if that one may be shown', () => {
    expect(given([best('a'), offer('b')])).toEqual({ a: 'CAKE', b: 'TRAY' });
    expect(given([best('a'), offer('b', { isActive: false })])).toEqual({
      a: 'TRAY',
      b: 'not-active',
    });
  });

  test('shares its product with no other, and leaves what is left to who may take anything', () => {
    const offers = [best('a'), best('b', ['kitchen']), best('c')];
    const expected = { a: 'CAKE', b: 'TRAY', c: 'nothing-related' };

    expect(given(offers)).toEqual(expected);
    expect(given(offers.toReversed())).toEqual(expected);
  });

  test('is not of what only sells well', () => {
    expect(given([best('a')], { related: related.slice(2) })).toEqual({ a: 'nothing-related' });
  });

  test('is not of what was bought before; a subscription is', () => {
    const before = customer({ bought: new Set(['TRAY']) });

    expect(given([best('a')], before)).toEqual({ a: 'CAKE' });
    expect(given([best('a', undefined, { type: 'subscription' })], before)).toEqual({ a: 'TRAY' });
  });

  test('passes over what earns too little, and says so when all of it does', () => {
    const cheap = {
      ...known,
      products: products(
        product('TRAY', { price: { amountMinor: 100, currency: 'EUR' } }),
        product('CAKE'),
      ),
    };

    expect(given([best('a')], cheap, { minMarginMinor: 100 })).toEqual({ a: 'CAKE' });
    expect(given([best('a')], cheap, { minMarginMinor: 10_000 })).toEqual({ a: 'margin-floor' });
  });

  test('may be accepted with one order and shown with the next', () => {
    const accepted = (days: number) => ({
      customer: { seen: [{ offerId: 'a', kind: 'accepted', at: daysAgo(days) } as const] },
    });

    expect(given([best('a')], accepted(0.5))).toEqual({ a: 'already-has-it' });
    expect(given([best('a')], accepted(1))).toEqual({ a: 'TRAY' });
  });
});

test('a named product that goes with the order says so', () => {
  const facts = session([offer('o')], {
    related: [{ sku: 'TRAY', relation: 'weak', because: 'kitchen goes with kitchen' }],
  });

  expect(eligibleOffers(facts, rules).candidates).toMatchObject([
    { relation: 'weak', because: 'kitchen goes with kitchen' },
  ]);
});
