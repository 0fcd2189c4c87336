import { describe, expect, test } from 'vitest';
import { incomingEvents } from '#core/contracts/incoming-events.ts';
import type { PlacedOrder } from '#rehearsal/input/order-life.ts';
import { followedOffers } from '#rehearsal/input/partners.ts';
import { sampleOffer } from '#rehearsal/input/sample-offers.ts';
import { hearth, northside } from '#rehearsal/input/sample-shops.ts';
import { ShopOrders } from '#rehearsal/input/shop-orders.ts';
import { clicked } from './bus-envelopes.ts';
import { happenedMs, manyOrders, ofType } from './many-orders.ts';
import { readOrder, unreadIn } from './readings.ts';

const COUNT = 600;
const DAY_MS = 86_400_000;

const partnersOf = (orders: readonly PlacedOrder[], seed = '1') => {
  const known = new ShopOrders();
  for (const order of orders) known.keep(order);
  return followedOffers({ orders: known, seed });
};

const followed = (orders: readonly PlacedOrder[], offerId: string, seed = '1') => {
  const hear = partnersOf(orders, seed);
  return orders.map((placed) => ({ placed, told: hear(clicked(placed, offerId)) }));
};

const orders = manyOrders({ shop: hearth, skus: ['HG-ESP-100'], count: COUNT });

describe('a partner’s offer that was followed', () => {
  const courses = followed(orders, 'homecover-quote');
  const paid = courses.filter(({ told }) => told.length > 0);

  test('is paid for by some, days later, by what the offer says', () => {
    expect(unreadIn(courses.flatMap(({ told }) => told))).toEqual([]);
    expect(Math.abs(paid.length / COUNT - 0.4)).toBeLessThan(0.1);
    for (const { placed, told } of paid) {
      const [confirmed] = ofType(told, 'CommissionConfirmed');
      if (confirmed === undefined) throw new Error('none was confirmed');
      const says = incomingEvents.CommissionConfirmed.parse(confirmed.detail);
      expect(says).toMatchObject({
        partner: 'homecover',
        amount: { amountMinor: 1200, currency: 'EUR' },
        sessionId: `session-${placed.orderId}`,
        offerId: 'homecover-quote',
      });
      const days = (happenedMs(confirmed) - Date.parse(placed.occurredAt)) / DAY_MS;
      expect(days).toBeGreaterThan(2);
      expect(days).toBeLessThan(15);
    }
    expect(sampleOffer('hearth', 'homecover-quote')?.value).toEqual({
      kind: 'cpa',
      amountMinor: 1200,
    });
  });

  test('is taken back by some, after it was confirmed, whole and without an anomaly', () => {
    const back = paid.filter(({ told }) => ofType(told, 'CommissionReversed').length > 0);

    expect(Math.abs(back.length / paid.length - 0.15)).toBeLessThan(0.1);
    for (const { placed, told } of back) {
      const order = readOrder(placed, told);
      expect(order?.commissions).toMatchObject([{ reversedMinor: 1200 }]);
      expect(order?.anomalies).toEqual([]);
    }
  });

  test('is one commission when the click comes twice', () => {
    const hear = partnersOf(orders);
    const once = orders.map((order) => hear(clicked(order, 'homecover-quote')));

    const again = orders.map((order) => hear(clicked(order, 'homecover-quote')));

    expect(once.flat().length).toBeGreaterThan(0);
    expect(again.flat()).toEqual([]);
  });

  test('brings nothing more where the click itself is paid for', () => {
    expect(followed(orders, 'roast-magazine').flatMap(({ told }) => told)).toEqual([]);
  });
});

describe('a membership that was looked at', () => {
  test('is joined by half of those with an account, minutes later, and by no guest', () => {
    const guests = manyOrders({ shop: hearth, skus: ['HG-MUG-300'], count: 50, areGuests: true });

    const joined = followed(orders, 'circle').filter(({ told }) => told.length > 0);

    expect(Math.abs(joined.length / COUNT - 0.5)).toBeLessThan(0.1);
    for (const { placed, told } of joined)
      expect(told.map(({ detailType, detail }) => [detailType, detail['customerId']])).toEqual([
        ['LoyaltyEnrolled', placed.contact.customerId],
      ]);
    expect(unreadIn(joined.flatMap(({ told }) => told))).toEqual([]);
    expect(followed(guests, 'circle').flatMap(({ told }) => told)).toEqual([]);
  });
});

test('nothing follows from other links, nor from clicks on orders that nobody has', () => {
  const [order] = orders;
  if (order === undefined) throw new Error('no order');

  const told = [
    ...followed(orders, 'recommend').flatMap((each) => each.told),
    ...followed(orders, 'no-such-offer').flatMap((each) => each.told),
    ...partnersOf([])(clicked(order, 'homecover-quote')),
  ];

  expect(told).toEqual([]);
});

test('what follows is the same for one seed, and another for another', () => {
  const american = manyOrders({ shop: northside, skus: ['NS-BAG-022'], count: 50 });
  const told = (seed: string) =>
    followed(american, 'trailstay-night', seed).map((each) => each.told);

  expect(told('1')).toEqual(told('1'));
  expect(told('2')).not.toEqual(told('1'));
});
