import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incomingEvents } from '#core/contracts/incoming-events.ts';
import { statusOf } from '#core/domain/orders/order.ts';
import { afterPlacing } from '#rehearsal/input/after-placing.ts';
import type { PlacedOrder } from '#rehearsal/input/order-life.ts';
import { orderSystem } from '#rehearsal/input/order-system.ts';
import { hearth, northside, type SampleShop } from '#rehearsal/input/sample-shops.ts';
import { ShopOrders } from '#rehearsal/input/shop-orders.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import { accepted } from './bus-envelopes.ts';
import { happenedMs, manyOrders, ofType } from './many-orders.ts';
import { readOrder, unreadIn } from './readings.ts';

const COUNT = 800;
const MINUTE_MS = 60_000;

const systemOf = (orders: readonly PlacedOrder[], seed = '1') => {
  const known = new ShopOrders();
  for (const order of orders) known.keep(order);
  return { known, hear: orderSystem({ orders: known, seed }) };
};

interface Course {
  readonly placed: PlacedOrder;
  readonly whole: PlacedOrder;
  /** What the order system says to the accept, and what becomes of that. */
  readonly answered: readonly TimedEvent[];
  readonly life: readonly TimedEvent[];
}

const coursesOf = (shop: SampleShop, bought: readonly string[], sku: string): readonly Course[] => {
  const orders = manyOrders({ shop, skus: bought, count: COUNT });
  const { hear, known } = systemOf(orders);
  return orders.map((placed) => ({
    placed,
    answered: hear(accepted(placed, sku)),
    whole: known.find(placed.shop, placed.orderId) ?? placed,
    life: afterPlacing(placed, { seed: '1', shop }),
  }));
};

const courses = [
  ...coursesOf(hearth, ['HG-GRI-010'], 'HG-BEA-1000'),
  ...coursesOf(northside, ['NS-BAG-022'], 'NS-SCK-WOL'),
];
const readingOf = ({ placed, answered, life }: Course) => readOrder(placed, [...life, ...answered]);
const added = courses.filter(({ answered }) => ofType(answered, 'OrderAmended').length > 0);
const refused = courses.filter(({ answered }) => ofType(answered, 'OfferRefused').length > 0);
const reasonsOf = (all: readonly Course[]) =>
  all.flatMap(({ answered }) =>
    ofType(answered, 'OfferRefused').map(({ detail }) => String(detail['reason'])),
  );

test('everything that the order system tells can be read', () => {
  expect(unreadIn(courses.flatMap(({ answered }) => answered))).toEqual([]);
});

test('most accepts are done, some refused, a few not answered, none both', () => {
  const silent = courses.filter(({ answered }) => answered.length === 0);

  expect(added.length + refused.length + silent.length).toBe(courses.length);
  expect(added.length / courses.length).toBeGreaterThan(0.9);
  expect(silent.length / courses.length).toBeGreaterThan(0.01);
  expect(silent.length / courses.length).toBeLessThan(0.035);
  const declined = reasonsOf(refused).filter((reason) => reason === 'payment-declined');
  expect(declined.length / courses.length).toBeGreaterThan(0.015);
  expect(declined.length / courses.length).toBeLessThan(0.05);
});

describe('a product that is added', () => {
  test('comes minutes after the yes, and names where it was taken up', () => {
    for (const { answered, placed } of added) {
      const [amendment] = ofType(answered, 'OrderAmended');
      if (amendment === undefined) throw new Error('none was added');
      const { addedLines = [] } = incomingEvents.OrderAmended.parse(amendment.detail);
      const afterYes = happenedMs(amendment) - Date.parse(placed.occurredAt) - MINUTE_MS;
      expect(addedLines.map(({ origin }) => origin)).toEqual([
        { sessionId: `session-${placed.orderId}`, offerId: expect.stringMatching(/^offer-/) },
      ]);
      expect(afterYes).toBeGreaterThanOrEqual(MINUTE_MS);
      expect(afterYes).toBeLessThanOrEqual(4 * MINUTE_MS);
    }
  });

  test('makes the total higher by its price and the tax that the shop adds', () => {
    for (const course of added) {
      const { placed, whole } = course;
      const [line] = whole.lines.slice(placed.lines.length);
      const price = line?.unitPrice.amountMinor ?? 0;
      const tax = placed.shop === 'northside' ? Math.round(price * 0.0825) : 0;
      expect(price).toBeGreaterThan(0);
      expect(whole.total.amountMinor - placed.total.amountMinor).toBe(price + tax);
      expect(readingOf(course)?.total).toEqual(whole.total);
    }
  });

  test('leaves in a parcel of its own and comes to an end with the order, without an anomaly', () => {
    const endings = added.map(readingOf);

    expect(endings.flatMap((order) => order?.anomalies ?? [])).toEqual([]);
    expect(new Set(endings.map((order) => order && statusOf(order)))).toEqual(
      new Set(['delivered']),
    );
    for (const { answered, whole } of added) {
      const parcels = ofType(answered, 'ShipmentDispatched').filter(
        ({ detail }) => !String(detail['parcelId']).endsWith('-again'),
      );
      const [amendment] = ofType(answered, 'OrderAmended');
      expect(
        parcels.map(({ detail }) => incomingEvents.ShipmentDispatched.parse(detail).lines),
      ).toEqual([[{ lineId: whole.lines.at(-1)?.lineId, quantity: 1 }]]);
      expect(parcels.map(happenedMs)[0]).toBeGreaterThan(
        amendment === undefined ? Infinity : happenedMs(amendment),
      );
    }
  });

  test('that is no parcel is there at once', () => {
    const digital = coursesOf(hearth, ['HG-GRI-010'], 'HG-CRS-BAR');
    const told = digital.flatMap(({ answered }) => answered.map(({ detailType }) => detailType));

    expect(new Set(told)).toEqual(new Set(['OrderAmended', 'OfferRefused']));
    const [line] = digital.flatMap(({ whole }) => whole.lines.slice(1));
    expect(line).toMatchObject({ kind: 'digital', accessUrl: expect.stringMatching(/^https:/) });
  });

  test('does not leave before the order has passed its review, whatever the seed', () => {
    const reviewed = manyOrders({
      shop: hearth,
      skus: ['HG-GFT-050', 'HG-MUG-300'],
      count: 20,
    }).map((order) => ({ ...order, risk: 'review' as const }));
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const { hear } = systemOf(reviewed, seed);
        for (const order of reviewed) {
          const life = afterPlacing(order, { seed, shop: hearth });
          const answered = hear(accepted(order, 'HG-TWL-002'));
          const cleared = life.find(({ detail }) => detail['risk'] === 'passed');
          const [left] = ofType(answered, 'ShipmentDispatched');
          if (left === undefined) continue;
          expect(cleared).toBeDefined();
          expect(happenedMs(left)).toBeGreaterThan(cleared ? happenedMs(cleared) : Infinity);
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe('an accept is refused', () => {
  test('of an order that is going to be cancelled, which keeps what it was', () => {
    const cancelled = courses.filter(({ life }) =>
      life.some(
        ({ detailType, detail }) => detailType === 'OrderCancelled' && !('lines' in detail),
      ),
    );

    expect(cancelled.length).toBeGreaterThan(5);
    expect(cancelled.filter((course) => added.includes(course))).toEqual([]);
    expect(reasonsOf(cancelled)).toContain('order-cancelled');
    expect(refused.every(({ placed, whole }) => placed === whole)).toBe(true);
  });

  test('when its time is over before the order system gets to it', () => {
    const [placed] = manyOrders({ shop: hearth, skus: ['HG-GRI-010'], count: 1 });
    if (placed === undefined) throw new Error('no order');
    const { hear } = systemOf([placed]);

    const answered = hear(
      accepted(placed, 'HG-TWL-002', { validUntil: '2026-03-02T10:01:30.000Z' }),
    );

    expect(answered.map(({ detailType, detail }) => [detailType, detail['reason']])).toEqual([
      ['OfferRefused', 'too-late'],
    ]);
  });
});

describe('the order system', () => {
  const orders = manyOrders({ shop: hearth, skus: ['HG-GRI-010'], count: 60 });

  test('does an accept that comes twice once, and a second one beside the first', () => {
    for (const order of orders) {
      const { hear, known } = systemOf([order]);

      const first = hear(accepted(order, 'HG-TWL-002'));
      const again = hear(accepted(order, 'HG-TWL-002'));
      const second = hear(accepted(order, 'HG-MUG-300'));

      expect(again).toEqual([]);
      const reading = readOrder(order, [...first, ...second]);
      const whole = known.find('hearth', order.orderId);
      expect(reading?.total).toEqual(whole?.total);
      expect(reading?.lines.map(({ lineId }) => lineId)).toEqual(
        whole?.lines.map(({ lineId }) => lineId),
      );
    }
  });

  test('makes a new order of the same customer where that is asked for, from its placing to its end', () => {
    const { hear, known } = systemOf(orders);

    const answers = orders.map((order) => hear(accepted(order, 'HG-TWL-002', { to: 'new-order' })));

    expect(unreadIn(answers.flat())).toEqual([]);
    const made = answers.flatMap((answer) => ofType(answer, 'OrderPlaced'));
    expect(made.length).toBeGreaterThan(50);
    for (const { detail } of made) {
      const order = incomingEvents.OrderPlaced.parse(detail);
      const before = orders.find(({ orderId }) => order.orderId.startsWith(`${orderId}-with-`));
      expect(order.contact).toEqual(before?.contact);
      expect(order.lines).toMatchObject([
        { sku: 'HG-TWL-002', origin: { sessionId: `session-${before?.orderId}` } },
      ]);
      expect(known.find('hearth', before?.orderId ?? '')).toBe(before);
      expect(known.find('hearth', order.orderId)).toBeDefined();
    }
    const types = new Set(answers.flat().map(({ detailType }) => detailType));
    expect([...types]).toContain('ShipmentDelivered');
    expect([...types]).not.toContain('OrderAmended');
  });

  test('says nothing of orders that it does not have, and of what asks nothing of it', () => {
    const [order] = orders;
    if (order === undefined) throw new Error('no order');
    const { adds: _, ...asksNothing } = Object(accepted(order, 'HG-TWL-002')['detail']);
    const { hear } = systemOf([order]);

    const answers = [
      systemOf([]).hear(accepted(order, 'HG-TWL-002')),
      hear({ source: 'oms.hearth', 'detail-type': 'OfferAccepted', detail: asksNothing }),
      hear({ source: 'oms.hearth', 'detail-type': 'OrderPlaced', detail: order }),
      hear({ source: 'oms.hearth', 'detail-type': 'OfferAccepted', detail: { shop: 1 } }),
    ];

    expect(answers.flat()).toEqual([]);
  });

  test('is the same for one seed, and another for another', () => {
    const answersOf = (seed: string) => {
      const { hear } = systemOf(orders, seed);
      return orders.map((order) => hear(accepted(order, 'HG-TWL-002')));
    };

    expect(answersOf('1')).toEqual(answersOf('1'));
    expect(answersOf('2')).not.toEqual(answersOf('1'));
  });

  test('does at once what somebody waits for, always', () => {
    const known = new ShopOrders();
    for (const order of orders) known.keep(order);
    const hear = orderSystem({ orders: known, seed: '1', isAtOnce: () => true });

    const answers = orders.map((order) => hear(accepted(order, 'HG-TWL-002')));

    const amendments = answers.map((answer) => ofType(answer, 'OrderAmended'));
    expect(amendments.every(({ length }) => length === 1)).toBe(true);
    const times = amendments.flat().flatMap((event) => [happenedMs(event), event.atMs]);
    expect(new Set(times)).toEqual(new Set([Date.parse('2026-03-02T10:01:00Z')]));
  });
});
