import { describe, expect, test } from 'vitest';
import { joseOrderTokens } from '#core/adapters/jose-order-tokens.ts';
import { shopKey } from '#core/adapters/shop-key.ts';
import { takenUpRates } from '#rehearsal/input/confirmation-rates.ts';
import { visitsToPage } from '#rehearsal/input/page-visitors.ts';
import { hearth } from '#rehearsal/input/sample-shops.ts';
import type { TimedRequest } from '#rehearsal/input/timed-event.ts';
import { manyOrders, PLACED_MS } from './many-orders.ts';
import {
  actsAfter,
  answerOf,
  interactionsIn,
  isInteraction,
  linkOffer,
  opened,
  productOffer,
  type Shown,
  SESSION_ID,
  tokenIn,
} from './page-answers.ts';

const COUNT = 2000;
const HOUR_MS = 3_600_000;

const master = new TextEncoder().encode('a key of the shops, for this test');
const keys = (shop: string): string => shopKey(master, shop);
const options = { seed: '1', keys };

const visitsOf = (orders: ReturnType<typeof manyOrders>, seed = '1') =>
  Promise.all(orders.map((order) => visitsToPage(order, { seed, keys })));

const orders = manyOrders({ shop: hearth, skus: ['HG-ESP-100'], count: COUNT });
const visits = await visitsOf(orders);
const looking = visits.filter(({ length }) => length > 0);

/** How far a count may lie from what is expected of a share of so many: five standard deviations. */
const isNear = (count: number, of: number, share: number): boolean =>
  Math.abs(count - of * share) <= 5 * Math.sqrt(of * share * (1 - share));

const check = joseOrderTokens(() => Promise.resolve([master]));

const at = ({ atMs }: TimedRequest): string => new Date(atMs).toISOString();

describe('the look at a confirmation page', () => {
  test('happens after most orders, seconds after them', () => {
    const delays = looking.flatMap(([first]) =>
      first === undefined ? [] : first.atMs - PLACED_MS,
    );

    expect(isNear(looking.length, COUNT, 0.85)).toBe(true);
    expect(Math.min(...delays)).toBeGreaterThan(1000);
    expect(Math.max(...delays)).toBeLessThanOrEqual(15_000);
  });

  test('is repeated by some, within 24 hours and without doing anything more', () => {
    const again = looking.flatMap(([first, second]) =>
      first === undefined || second === undefined ? [] : [{ first, second }],
    );

    expect(isNear(again.length, looking.length, 0.35)).toBe(true);
    for (const { first, second } of again) {
      expect(second.atMs).toBeGreaterThan(first.atMs);
      expect(second.atMs - first.atMs).toBeLessThan(24 * HOUR_MS);
      expect(second.follows).toBeUndefined();
    }
  });

  test('brings a token that the API takes at that time, and that says what was ordered by whom', async () => {
    const [order] = orders;
    const [first, second] = looking.find(({ length }) => length === 2) ?? [];
    if (order === undefined || first === undefined || second === undefined) throw new Error('none');

    const answers = [
      await check(tokenIn(first), at(first)),
      await check(tokenIn(second), at(second)),
    ];
    const early = await check(tokenIn(second), at(first));

    for (const answer of answers)
      expect(answer).toMatchObject({
        kind: 'valid',
        shop: 'hearth',
        order: {
          currency: 'EUR',
          totalMinor: order.total.amountMinor,
          lines: [{ sku: 'HG-ESP-100', quantity: 2 }],
          customerId: expect.stringMatching(/^c-\d+$/),
        },
      });
    expect(early.kind).toBe('invalid');
  });

  test('comes without a customer from guests, and from many addresses', async () => {
    const guests = manyOrders({ shop: hearth, skus: ['HG-MUG-300'], count: 40, areGuests: true });
    const [first] = (await visitsOf(guests)).flat();
    if (first === undefined) throw new Error('nobody looked');

    const answer = await check(tokenIn(first), at(first));

    expect(answer).not.toMatchObject({ order: { customerId: expect.anything() } });
    const addresses = looking.flatMap(([visit]) => visit?.request.sourceIp ?? []);
    expect(addresses.every((address) => /^10(\.\d{1,3}){3}$/.test(address))).toBe(true);
    expect(new Set(addresses).size).toBeGreaterThan(looking.length * 0.99);
  });

  test('is the same for one seed and order, and another for another', async () => {
    const withoutFollows = (all: readonly (readonly TimedRequest[])[]) =>
      all.map((each) => each.map(({ atMs, request }) => ({ atMs, request })));
    const few = orders.slice(0, 40);

    const again = await visitsOf(few);

    expect(withoutFollows(again)).toEqual(withoutFollows(visits.slice(0, 40)));
    expect(withoutFollows(await visitsOf(few, '2'))).not.toEqual(withoutFollows(again));
  });
});

describe('on the page', () => {
  const page = opened(
    productOffer('HG-DES-500', 'upsell'),
    productOffer('HG-TWL-002'),
    linkOffer('partner', { partner: 'homecover' }),
  );
  const acts = visits.map((each) => actsAfter(each, page)).filter(({ length }) => length > 0);

  test('places are seen from above, ever fewer', () => {
    const depths = acts.map(
      (each) => interactionsIn(each.slice(0, 1)).filter((did) => did.startsWith('viewed')).length,
    );
    const seen = [1, 2, 3].map((depth) => depths.filter((each) => each >= depth).length);

    expect(isNear(seen[0] ?? 0, looking.length, 0.97)).toBe(true);
    expect(isNear(seen[1] ?? 0, seen[0] ?? 0, 0.85)).toBe(true);
    expect(isNear(seen[2] ?? 0, seen[1] ?? 0, 0.8)).toBe(true);
  });

  test('something is done only after it was seen, in order of time, to what was seen', () => {
    for (const each of acts) {
      const [seen] = each;
      const viewed = new Set(interactionsIn(each.slice(0, 1)).map((did) => did.split(' ')[1]));
      const others = interactionsIn(each.slice(1)).map((did) => did.split(' ')[1]);
      expect(others.filter((impressionId) => !viewed.has(impressionId))).toEqual([]);
      expect(each.map(({ atMs }) => atMs)).toEqual(
        each.map(({ atMs }) => atMs).toSorted((a, b) => a - b),
      );
      expect(seen?.atMs).toBeGreaterThan(PLACED_MS);
    }
  });

  test('an accepted product is looked after minutes later, and nothing else is done', () => {
    const accepting = acts.filter((each) =>
      interactionsIn(each).some((did) => did.startsWith('accepted')),
    );

    expect(accepting.length).toBeGreaterThan(COUNT / 30);
    for (const each of accepting) {
      const [yes, look] = each.slice(-2);
      expect(look?.request).toMatchObject({
        method: 'GET',
        path: `/sessions/${SESSION_ID}`,
        headers: { authorization: 'Bearer session-token' },
      });
      expect((look?.atMs ?? 0) - (yes?.atMs ?? 0)).toBeGreaterThan(60_000);
      expect(interactionsIn(each).at(-1)).toMatch(/^accepted c0ffee-[12]$/);
    }
  });

  test('a link is followed as the page gives it, and some offers are sent away', () => {
    const followed = acts.flat().filter((act) => act.request.path.includes('/visits/'));
    const dismissed = acts.flatMap(interactionsIn).filter((did) => did.startsWith('dismissed'));

    expect(new Set(followed.map(({ request }) => `${request.method} ${request.path}`))).toEqual(
      new Set([`GET /sessions/${SESSION_ID}/visits/partner?t=visit-token`]),
    );
    expect(dismissed.length).toBeGreaterThan(COUNT / 20);
  });

  const shareAccepted = (offer: Shown): number => {
    const done = visits.map((each) => actsAfter(each, opened(offer))).filter((each) => each.length);
    const accepted = done.filter((each) =>
      interactionsIn(each).includes(`accepted ${SESSION_ID}-1`),
    );
    return accepted.length / done.length;
  };

  test('a product that goes with what was bought is taken more often than the same to somebody else', async () => {
    const others = manyOrders({ shop: hearth, skus: ['HG-MUG-300'], count: COUNT });
    const toOthers = await visitsOf(others);
    const offer = opened(productOffer('HG-GRI-010'));
    const accepts = (all: readonly (readonly TimedRequest[])[]) =>
      all.filter((each) =>
        interactionsIn(actsAfter(each, offer)).some((did) => did.startsWith('acc')),
      );

    expect(accepts(visits).length).toBeGreaterThan(1.8 * accepts(toOthers).length);
    expect(accepts(toOthers).length).toBeGreaterThan(0);
  });

  test('some products appeal more than others, to everybody', () => {
    const skus = [
      'HG-MUG-300',
      'HG-TWL-002',
      'HG-KNI-STO',
      'HG-PAN-LID',
      'HG-FLT-002',
      'HG-CRS-BAR',
    ];
    const shares = skus.map((sku) => shareAccepted(productOffer(sku)));

    expect(Math.max(...shares)).toBeGreaterThan(1.5 * Math.min(...shares));
    expect(Math.min(...shares)).toBeGreaterThan(0);
    expect(Math.max(...shares)).toBeLessThan(8 * takenUpRates['cross-sell']);
  });

  test.each([
    ['nothing is offered', opened()],
    ['the session is closed', answerOf(410, { type: 'urn:afterglow:problem:session-closed' })],
    ['the API fails', answerOf(500, { message: 'Internal Server Error' })],
    ['the token is refused', answerOf(401, {})],
  ])('nothing is done when %s', (_, answer) => {
    expect(visits.flatMap((each) => actsAfter(each, answer))).toEqual([]);
  });

  test('what is sent is what the component sends', async () => {
    const [first] = await visitsToPage(orders[0] ?? Object(), options);
    const told = acts.flat().filter(isInteraction);

    for (const { request } of [...(first === undefined ? [] : [first]), ...told]) {
      expect(request.method).toBe('POST');
      expect(request.headers).toMatchObject({ 'content-type': 'text/plain;charset=UTF-8' });
    }
    expect(told.length).toBeGreaterThan(COUNT / 2);
  });
});
