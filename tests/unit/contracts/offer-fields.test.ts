import { describe, expect, test } from 'vitest';
import { offerFields } from '#core/contracts/offer-fields.ts';
import { refusalOf, textOf } from './incoming.ts';

const upsell = {
  offerId: 'mug',
  type: 'upsell',
  product: { kind: 'sku', sku: 'HG-MUG' },
  value: { kind: 'margin', shareOfPrice: 0.5 },
  creative: { en: { headline: 'The mug', action: 'Add' } },
};
const partner = {
  offerId: 'cover',
  type: 'partner',
  partner: 'homecover',
  url: 'https://www.homecover.example/kitchen',
  value: { kind: 'cpa', amountMinor: 1200 },
  creative: { en: { headline: 'Cover it', action: 'Get a quote' } },
};
const circle = {
  offerId: 'circle',
  type: 'loyalty',
  value: { kind: 'worth', amountMinor: 300 },
  creative: { en: { headline: 'Join', action: 'Look' } },
};

const problemsOf = (offer: object): readonly string[] =>
  offerFields
    .safeParse(offer)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

test.each([
  ['an upsell', upsell],
  ['what goes best with the order', { ...upsell, product: { kind: 'affinity' } }],
  ['a partner', partner],
  ['a membership', circle],
])('an offer of %s is taken as it is, active and without conditions', (_, offer) => {
  expect(offerFields.parse(offer)).toEqual({ ...offer, conditions: {}, isActive: true });
});

describe('what does not go together is named with its key:', () => {
  test.each([
    ['an upsell of nothing', { ...upsell, product: undefined }, 'product: expected the product'],
    ['an upsell by the click', { ...upsell, value: partner.value }, 'value: expected the margin'],
    ['an upsell that leads away', { ...upsell, url: partner.url }, 'url: expected none'],
    ['a partner without a name', { ...partner, partner: undefined }, 'partner: expected whose'],
    ['a partner that leads nowhere', { ...partner, url: undefined }, 'url: expected where'],
    [
      'a partner that pays a margin',
      { ...partner, value: upsell.value },
      'cpa or cpc of a partner',
    ],
    ['a product of a membership', { ...circle, product: upsell.product }, 'product: expected none'],
    ['a partner of a membership', { ...circle, partner: 'x' }, "the shop's own"],
    [
      'a budget of a membership',
      { ...circle, budget: { amountMinor: 1, pacing: 'asap' } },
      'budget: expected none',
    ],
    [
      'an even pace without an end',
      { ...partner, budget: { amountMinor: 100, pacing: 'even' } },
      'budget: expected from and until',
    ],
    [
      'an end before its start',
      { ...circle, from: '2026-05-01T00:00:00Z', until: '2026-04-01T00:00:00Z' },
      'until: expected a time after from',
    ],
    ['no word in any language', { ...circle, creative: {} }, 'creative: at least one language'],
    [
      'a link that is not safe',
      { ...partner, url: 'http://homecover.example' },
      'an https address',
    ],
    [
      'a share above the price',
      { ...upsell, value: { kind: 'margin', shareOfPrice: 1.2 } },
      'value',
    ],
  ])('%s', (_, offer, problem) => {
    expect(problemsOf(offer).join('; ')).toContain(problem);
  });
});

test('an offer that a shop tells wrongly is parked with all that is wrong', () => {
  const told = textOf('OfferUpdated', { offer: { ...partner, url: undefined, colour: 'red' } });

  expect(refusalOf(told)).toMatchObject({
    reason: 'invalid',
    problem: expect.stringContaining('OfferUpdated: offer: Unrecognized key: "colour"'),
  });
});
