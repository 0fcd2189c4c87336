import { describe, expect, test } from 'vitest';
import { incomingEvents } from '#core/contracts/incoming-events.ts';
import { type PageLook, lookAtPage } from '#rehearsal/input/confirmation-page.ts';
import { offerRates } from '#rehearsal/input/confirmation-rates.ts';
import { offersFor, sampleOffers } from '#rehearsal/input/sample-offers.ts';
import { hearth, northside } from '#rehearsal/input/sample-shops.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import { happenedMs, manyOrders, ofType, PLACED_MS } from './many-orders.ts';

const COUNT = 3000;
const orders = manyOrders({ shop: hearth, skus: ['HG-MUG-300'], count: COUNT });
const looks = orders.map((order) => lookAtPage(order, '1'));
const events = looks.flatMap((look) => look.events);

const shownIn = (told: readonly TimedEvent[]) =>
  ofType(told, 'OfferShown').map(({ detail }) => incomingEvents.OfferShown.parse(detail));

/** How far a count may lie from what is expected of a share of so many: five standard deviations. */
const isNear = (count: number, of: number, share: number): boolean =>
  Math.abs(count - of * share) <= 5 * Math.sqrt(of * share * (1 - share));

describe('the look at a confirmation page', () => {
  test('happens after most orders, seconds after them', () => {
    const opened = ofType(events, 'SessionOpened');
    const delays = opened.map((event) => happenedMs(event) - PLACED_MS);

    expect(isNear(opened.length, COUNT, 0.85)).toBe(true);
    expect(Math.min(...delays)).toBeGreaterThan(1000);
    expect(Math.max(...delays)).toBeLessThanOrEqual(15_000);
  });

  test('is repeated by some, in the same session and within its 24 hours', () => {
    const again = looks.filter((look) => ofType(look.events, 'SessionViewed').length > 0);

    const spans = again.map((look) => {
      const [opened] = ofType(look.events, 'SessionOpened');
      const [viewed] = ofType(look.events, 'SessionViewed');
      expect(viewed?.detail['sessionId']).toBe(opened?.detail['sessionId']);
      return viewed === undefined || opened === undefined
        ? Number.NaN
        : happenedMs(viewed) - happenedMs(opened);
    });

    expect(again.length).toBeGreaterThan(COUNT / 5);
    expect(Math.min(...spans)).toBeGreaterThan(0);
    expect(Math.max(...spans)).toBeLessThan(24 * 3_600_000);
  });

  test('shows two to four different offers of the shop, in places from 1', () => {
    const pages = looks.map((look) => shownIn(look.events)).filter(({ length }) => length > 0);

    expect(new Set(pages.map(({ length }) => length))).toEqual(new Set([2, 3, 4]));
    for (const shown of pages) {
      expect(shown.map(({ slot }) => slot)).toEqual(shown.map((_, at) => at + 1));
      expect(new Set(shown.map(({ offerId }) => offerId)).size).toBe(shown.length);
      expect(new Set(shown.map(({ impressionId }) => impressionId)).size).toBe(shown.length);
    }
  });

  test('shows nothing that was just bought, and no membership to a guest', () => {
    const guests = manyOrders({ shop: hearth, skus: ['HG-MUG-300'], count: 300, areGuests: true });
    const shown = shownIn(guests.flatMap((order) => lookAtPage(order, '1').events));

    expect(shown.filter(({ sku }) => sku === 'HG-MUG-300')).toEqual([]);
    expect(shown.filter(({ offerType }) => offerType === 'loyalty')).toEqual([]);
    expect(shownIn(events).some(({ offerType }) => offerType === 'loyalty')).toBe(true);
  });

  test('shows each offer in each place as often as its propensity says', () => {
    const shown = shownIn(events);
    const [order] = orders;
    const offers = order === undefined ? [] : offersFor(order);

    for (const slot of [1, 2, 3, 4]) {
      const inSlot = shown.filter((each) => each.slot === slot);
      for (const { offerId } of offers) {
        const here = inSlot.filter((each) => each.offerId === offerId);
        const propensity = here[0]?.propensity ?? 0;
        expect(propensity).toBeCloseTo(1 / offers.length, 12);
        expect(isNear(here.length, inSlot.length, propensity)).toBe(true);
      }
    }
  });

  test('ends in clicks and yeses as often as the rates say', () => {
    const done = (type: string) =>
      new Set(ofType(events, type).map(({ detail }) => String(detail['impressionId'])));
    const clicked = done('OfferClicked');
    const accepted = new Set(looks.flatMap((look) => look.accepted?.impressionId ?? []));
    // Nothing is done with what stands below an offer that was taken up.
    const read = looks.flatMap((look) => upTo(look, shownIn(look.events)));

    for (const type of ['upsell', 'cross-sell', 'loyalty', 'partner'] as const) {
      const seen = read.filter(({ offerType }) => offerType === type);
      const clicks = seen.filter(({ impressionId }) => clicked.has(impressionId));
      const yeses = clicks.filter(({ impressionId }) => accepted.has(impressionId));
      expect(isNear(clicks.length, seen.length, offerRates[type].clicked)).toBe(true);
      expect(isNear(yeses.length, clicks.length, offerRates[type].accepted)).toBe(true);
    }
    expect(ofType(events, 'OfferDismissed').length).toBeGreaterThan(COUNT / 20);
  });

  test('ends with the first offer that is taken up, which was clicked before', () => {
    const taking = looks.filter(({ accepted }) => accepted !== undefined);

    expect(taking.length).toBeGreaterThan(COUNT / 30);
    for (const { accepted, events: told } of taking) {
      const clicks = ofType(told, 'OfferClicked');
      const last = [...clicks, ...ofType(told, 'OfferDismissed')].toSorted(
        (a, b) => happenedMs(a) - happenedMs(b),
      );
      expect(last.at(-1)?.detail['impressionId']).toBe(accepted?.impressionId);
      expect(accepted?.atMs).toBeGreaterThan(Math.max(...clicks.map(happenedMs)));
    }
  });

  test('is the same for one seed and order, and another for another', () => {
    const [first, second] = orders.slice(0, 2).map((order) => lookAtPage(order, '1'));
    const again = orders.slice(0, 1).map((order) => lookAtPage(order, '1'));

    expect(again).toEqual([first]);
    expect(second).not.toEqual(first);
    expect(orders.map((order) => lookAtPage(order, '2'))).not.toEqual(looks);
  });
});

const upTo = (
  { accepted }: PageLook,
  shown: ReturnType<typeof shownIn>,
): ReturnType<typeof shownIn> => {
  const at = shown.findIndex(({ impressionId }) => impressionId === accepted?.impressionId);
  return at === -1 ? shown : shown.slice(0, at + 1);
};

describe('the offers of the sample shops', () => {
  test('have names of their own within their shop, and are of every kind that the page knows', () => {
    for (const { id } of [hearth, northside]) {
      const own = sampleOffers.filter(({ shop }) => shop === id);
      const types = own.map(({ type }) => type);
      expect(new Set(own.map(({ offerId }) => offerId)).size).toBe(own.length);
      expect(types).toEqual(expect.arrayContaining(['upsell', 'cross-sell', 'partner']));
      expect(types.some((type) => type === 'loyalty' || type === 'referral')).toBe(true);
    }
  });

  test('are paid for in the currency of their shop', () => {
    for (const { id, currency } of [hearth, northside]) {
      const paid = sampleOffers.flatMap((each) =>
        each.shop === id && 'commission' in each ? [each.commission.currency] : [],
      );
      expect(new Set(paid)).toEqual(new Set([currency]));
    }
  });
});
