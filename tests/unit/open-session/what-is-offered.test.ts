import { describe, expect, test } from 'vitest';
import type { OrderTrouble } from '#core/domain/orders/after-delivery.ts';
import { newCustomer } from '#core/domain/customers/customer.ts';
import type { Purchase } from '#core/domain/customers/purchase.ts';
import type { AffinityList } from '#core/domain/affinity/affinity-list.ts';
import type { Experiments } from '#core/domain/experiments/experiment.ts';
import type { Offer } from '#core/domain/offers/offer.ts';
import { euros } from '#tests/unit/orders/order-events.ts';
import { minute } from '#tests/unit/sessions/sessions.ts';
import { tokenOrder } from '#tests/unit/sessions/tokens.ts';
import { item, offer, offered, sessionIn, setUp } from './set-up.ts';

const page = (offerId: string, change = {}) =>
  offer(offerId, {
    type: 'loyalty',
    product: undefined,
    value: { kind: 'worth', amountMinor: 1_000_000 },
    ...change,
  });

const purchase = (orderId: string, trouble?: OrderTrouble): Purchase => ({
  shop: 'hearth',
  customerId: 'c-17',
  orderId,
  placedAt: minute(-5000),
  total: euros(1000),
  lines: [{ sku: 'SKU-old', quantity: 1 }],
  ...(trouble === undefined ? {} : { trouble }),
});

const ofReturning = offer('returning', { conditions: { customers: ['returning'] } });
const ofNew = offer('new', { conditions: { customers: ['new'] } });
const tenures = [ofReturning, ofNew];

describe('who a page is decided for', () => {
  test('is new who ordered nothing before, whatever was taken in of this order', async () => {
    expect(await offered({ offers: tenures, purchases: [purchase('100482')] })).toEqual(['new']);
  });

  test('is returning who did, or of whom the shop says so', async () => {
    const offers = tenures;

    expect(await offered({ offers, purchases: [purchase('100001')] })).toEqual(['returning']);
    expect(await offered({ offers }, { isReturning: true })).toEqual(['returning']);
    expect(
      await offered({ offers, purchases: [purchase('100001')] }, { isReturning: false }),
    ).toEqual(['new']);
  });

  test('is a guest without an account', async () => {
    const offers = [offer('account', { conditions: { customers: ['account'] } })];
    const { customerId: _, ...guest } = tokenOrder();
    const { post } = setUp({ offers });

    expect(sessionIn(await post({ order: guest })).offers).toEqual([]);
    expect(await offered({ offers })).toEqual(['account']);
  });

  test('is asked nothing more while a return is open', async () => {
    const open = purchase('100001', { 'open-return': minute(-60) });

    expect(await offered({ offers: [offer('beans')], purchases: [open] })).toEqual([]);
  });

  test('is not asked to join what they are in, nor to subscribe to what they have', async () => {
    const customer = {
      ...newCustomer('hearth', 'c-17'),
      version: 1,
      loyalty: { at: minute(-9) },
      subscriptions: { s: { sku: 'SKU-abo', state: 'active' as const, at: minute(-9) } },
    };
    const offers = [page('join'), offer('abo', { type: 'subscription' })];

    expect(await offered({ offers, customers: [customer] })).toEqual([]);
    expect(await offered({ offers })).toEqual(['abo', 'join']);
  });

  test('is not shown again what they dismissed under whatever name', async () => {
    const { post, histories } = setUp({
      offers: [offer('beans')],
      customers: [{ ...newCustomer('hearth', 'c-17'), merged: { 'c-3': minute(-1) }, version: 1 }],
    });
    await histories.add('hearth', 'c-3', [
      { offerId: 'beans', kind: 'dismissed', at: minute(-100) },
    ]);

    expect(sessionIn(await post()).offers).toEqual([]);
  });
});

describe('what a page is decided by', () => {
  test('are offers whose product has a price', async () => {
    const offers = [offer('beans'), offer('priceless'), offer('unknown')];
    const items = [item('SKU-beans'), item('SKU-priceless', { price: undefined })];

    expect(await offered({ offers, items })).toEqual(['beans']);
  });

  test('is the category of what was bought, by the catalogue where the token has none', async () => {
    const offers = [offer('beans', { conditions: { boughtCategories: ['Grinders'] } })];
    const items = [item('SKU-beans'), item('HG-GRI', { category: 'Grinders' })];

    expect(await offered({ offers, items }, { lines: [{ sku: 'HG-GRI', quantity: 1 }] })).toEqual([
      'beans',
    ]);
    expect(await offered({ offers, items }, { lines: [{ sku: 'X', quantity: 1 }] })).toEqual([]);
  });

  test('is no amount of an order in another currency, nor a product at a price in the wrong one', async () => {
    const offers = [
      offer('beans'),
      page('join'),
      page('small', { conditions: { totalBelowMinor: 100_000 } }),
    ];

    expect(await offered({ offers }, { currency: 'SEK' })).toEqual(['join']);
    expect(await offered({ offers })).toEqual(['beans', 'join', 'small']);
  });

  test('is what the shop says goes with it: the product is named in the answer', async () => {
    const offers = [offer('goes-well', { product: { kind: 'affinity' } })];
    // afterglow.config.ts: HG-ESP-100 pairs with HG-GRI-010.
    const { post, sessions } = setUp({ offers, items: [item('HG-GRI-010')] });

    const { offers: shown } = sessionIn(await post());

    expect(shown).toMatchObject([{ product: { sku: 'HG-GRI-010' } }]);
    expect(sessions.all()[0]?.offers[0]?.context).toBe('new/strong');
    expect(sessions.all()[0]?.decision?.placed[0]?.because).toContain('the shop says');
  });

  test('is what other orders show goes with it, where the shop says nothing', async () => {
    const offers = [offer('goes-well', { product: { kind: 'affinity' } })];
    const list: AffinityList = {
      kind: 'sku',
      of: 'SKU-bare',
      orders: 900,
      openShare: 0.1,
      neighbours: [{ sku: 'SKU-friend', score: 0.5, together: 300, orders: 400 }],
    };
    const best: AffinityList = {
      ...list,
      kind: 'best-seller',
      of: '',
      orders: 9000,
      neighbours: [],
    };
    const { post, affinity, sessions } = setUp({ offers, items: [item('SKU-friend')] });
    await affinity.writer.keep(
      [list, best].map((each) => ({ shop: 'hearth', list: each })),
      new Date(minute(9)),
    );

    await post({ order: tokenOrder({ lines: [{ sku: 'SKU-bare', quantity: 1 }] }) });

    const [session] = sessions.all();
    expect(session?.offers).toMatchObject([
      { product: { sku: 'SKU-friend' }, context: 'new/strong' },
    ]);
    expect(session?.decision?.placed[0]?.because).toContain('300 of its 900 orders');
  });

  test('is the shop’s page where an offer has no address of its own', async () => {
    const offers = [page('join'), page('own', { url: 'https://www.hearth.example/club' })];
    const { post, sessions } = setUp({ offers });

    await post();

    const urls = sessions.all()[0]?.offers.map(({ offerId, url }) => `${offerId} ${url}`);
    expect(urls?.toSorted()).toEqual([
      'join https://www.hearth.example/circle',
      'own https://www.hearth.example/club',
    ]);
  });

  test.each([
    ['margin', { kind: 'margin', amountMinor: 1_000_000 } as const, 'confirmation'],
    ['worth', { kind: 'worth', amountMinor: 1_000_000 } as const, 'click'],
  ])('tells when a %s is a success', async (_, value, success) => {
    const made = value.kind === 'margin' ? offer('one') : page('one', { value });
    const { post, sessions } = setUp({ offers: [made] });

    await post();

    expect(sessions.all()[0]?.offers).toMatchObject([{ success }]);
  });

  test.each([
    ['cpa', 'confirmation'],
    ['cpc', 'click'],
  ] as const)(
    'tells when a partner’s %s is a success, and what budget it is of',
    async (kind, success) => {
      const partner = page('huts', {
        type: 'partner',
        partner: 'trailstay',
        url: 'https://www.trailstay.example/huts',
        value: { kind, amountMinor: 100_000 },
        budget: { amountMinor: 900_000, pacing: 'asap' },
      });
      const { post, sessions } = setUp({ offers: [partner] });

      await post();

      expect(sessions.all()[0]?.offers).toMatchObject([
        { success, budgetMinor: 900_000, partner: 'trailstay' },
      ]);
    },
  );
});

describe('what a page says', () => {
  test('is in the customer’s language, or the nearest the shop has', async () => {
    const headlineIn = async (locale: string) => {
      const { post } = setUp();
      return sessionIn(await post({ order: tokenOrder({ locale }) })).offers[0]?.headline;
    };

    expect(await headlineIn('de_AT')).toBe('beans, auf Deutsch');
    expect(await headlineIn('pl')).toBe('beans, in English');
    expect(await headlineIn('not a locale')).toBe('beans, in English');
  });

  test('is how to use what was bought, each page once', async () => {
    const { post } = setUp();
    const lines = [
      { sku: 'A', quantity: 1, category: 'Coffee machines', name: 'Espresso One' },
      { sku: 'B', quantity: 1, category: 'Coffee machines', name: 'Espresso Two' },
      { sku: 'C', quantity: 1, category: 'Textiles' },
    ];

    const { guides } = sessionIn(await post({ order: tokenOrder({ lines }) }));

    expect(guides).toEqual([
      {
        sku: 'A',
        name: 'How to use it: Espresso One',
        url: 'https://www.hearth.example/guides/coffee-machines',
      },
    ]);
  });
});

describe('an experiment on an offer', () => {
  const use = { en: { headline: 'beans, for a week', action: 'Add' } };
  const trying: Experiments = {
    experiments: [
      {
        key: 'beans-words',
        kind: 'offer',
        touches: [],
        offers: ['beans'],
        from: minute(0).slice(0, 10),
        until: '2099-01-01',
        arms: { control: { share: 0 }, use: { share: 1, variant: 'use' } },
      },
    ],
  };
  const opened = async (variants: Offer['variants'], order = tokenOrder()) => {
    const world = setUp({ experiments: trying, offers: [offer('beans', { variants })] });
    const { offers } = sessionIn(await world.post({ order }));
    return { headline: offers[0]?.headline, exposures: world.bus.events };
  };

  test('shows its variant to who is in the arm, and says so', async () => {
    const { headline, exposures } = await opened({ use });

    expect(headline).toBe('beans, for a week');
    expect(exposures).toMatchObject([
      {
        type: 'ExposureRecorded',
        detail: { experiment: 'beans-words', arm: 'use', customerId: 'c-17', orderId: '100482' },
      },
    ]);
  });

  test('shows what the offer says where it has no such variant, and to a guest', async () => {
    const guest = tokenOrder({ customerId: undefined });

    expect((await opened(undefined)).headline).toBe('beans, in English');
    expect(await opened({ use }, guest)).toEqual({ headline: 'beans, in English', exposures: [] });
  });
});

describe('what pages have in common', () => {
  const reads = async (at: readonly number[]) => {
    let of = 0;
    let counted = 0;
    const offers = { of: async () => ((of += 1), [offer('beans')]) };
    const world = setUp({ deps: { offers } });
    const counts = {
      ...world.counts,
      of: async () => ((counted += 1), new Map<string, never>()),
    };
    const { clock, post } = setUp({ deps: { offers, counts } });
    for (const [index, minutes] of at.entries()) {
      clock.minute = minutes;
      sessionIn(await post({ orderId: String(index) }));
    }
    return { of, counted };
  };

  test('is read once a minute, and counters every quarter of one', async () => {
    expect(await reads([0, 0.1, 0.2])).toEqual({ of: 1, counted: 1 });
    expect(await reads([0, 0.25, 0.5, 0.95])).toEqual({ of: 1, counted: 4 });
    expect(await reads([0, 1, 2])).toEqual({ of: 3, counted: 3 });
  });
});
