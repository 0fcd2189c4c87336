import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incomingEvents } from '#core/contracts/incoming-events.ts';
import { parseEvent } from '#core/contracts/parse-event.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { statusOf } from '#core/domain/orders/order.ts';
import { afterPlacing } from '#rehearsal/input/after-placing.ts';
import { badDebts } from '#rehearsal/input/bad-debts.ts';
import { lookAtPage } from '#rehearsal/input/confirmation-page.ts';
import type { PlacedOrder } from '#rehearsal/input/order-life.ts';
import { line, placing, sampleOrder } from '#rehearsal/input/sample-order.ts';
import { sampleOffers } from '#rehearsal/input/sample-offers.ts';
import { hearth, northside, type SampleShop } from '#rehearsal/input/sample-shops.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import { isOfOrder } from './is-of-order.ts';
import { happenedMs, manyOrders, ofType, PLACED_MS } from './many-orders.ts';

const COUNT = 1200;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

interface Course {
  readonly placed: PlacedOrder;
  readonly whole: PlacedOrder;
  readonly events: readonly TimedEvent[];
}

const coursesOf = (shop: SampleShop, ...skus: readonly string[]): readonly Course[] =>
  manyOrders({ shop, skus, count: COUNT }).map((placed) => {
    const { events, order: whole } = afterPlacing(placed, { seed: '1', shop });
    return { placed, whole, events };
  });

const courses = [...coursesOf(hearth, 'HG-GRI-010'), ...coursesOf(northside, 'NS-BAG-022')];
const events = courses.flatMap((course) => course.events);

const isAddition = ({ detail }: TimedEvent): boolean => 'addedLines' in detail;
const added = courses.filter((course) => course.events.some(isAddition));

const typesOf = (course: Course): readonly string[] =>
  course.events.map(({ detailType }) => detailType);

/** The order that a course comes to, by the product's own reading of its events. */
const readOrder = ({ placed, events: told }: Course) =>
  orderOf(
    [placing(placed), ...told].flatMap(({ source, detailType, detail }) => {
      const parsed = parseEvent(JSON.stringify({ source, 'detail-type': detailType, detail }), [
        placed.shop,
      ]);
      return parsed.ok && isOfOrder(parsed.event) ? [parsed.event] : [];
    }),
  );

test('everything that is told can be read', () => {
  const unread = events.filter(
    ({ source, detailType, detail }) =>
      !parseEvent(JSON.stringify({ source, 'detail-type': detailType, detail }), [
        'hearth',
        'northside',
      ]).ok,
  );

  expect(unread).toEqual([]);
});

describe('a product that is taken up', () => {
  test('is added to the order minutes after the yes, and names where it was taken up', () => {
    expect(added.length).toBeGreaterThan(50);
    for (const { events: told } of added) {
      const [amendment] = told.filter(isAddition);
      const [accepted] = ofType(told, 'OfferAccepted');
      if (amendment === undefined || accepted === undefined) throw new Error('none was added');
      const { addedLines = [] } = incomingEvents.OrderAmended.parse(amendment.detail);
      const { sessionId, offerId } = accepted.detail;
      const minutes = (happenedMs(amendment) - happenedMs(accepted)) / MINUTE_MS;
      expect(addedLines.map(({ origin }) => origin)).toEqual([{ sessionId, offerId }]);
      expect(minutes).toBeGreaterThanOrEqual(1);
      expect(minutes).toBeLessThanOrEqual(4);
    }
  });

  test('makes the total higher by its price and the tax that the shop adds', () => {
    for (const course of added) {
      const { placed, whole } = course;
      const [line] = whole.lines.slice(placed.lines.length);
      const price = line?.unitPrice.amountMinor ?? 0;
      const tax = placed.shop === 'northside' ? Math.round(price * 0.0825) : 0;
      expect(whole.total.amountMinor - placed.total.amountMinor).toBe(price + tax);
      expect(readOrder(course)?.total).toEqual(whole.total);
    }
  });

  test('arrives with the rest, or is cancelled with it', () => {
    const endings = added.map((course) => readOrder(course));

    expect(new Set(endings.map((order) => order && statusOf(order)))).toEqual(
      new Set(['delivered', 'cancelled']),
    );
    expect(endings.flatMap((order) => order?.anomalies ?? [])).toEqual([]);
    const sent = added.filter((course) => typesOf(course).includes('ShipmentDelivered'));
    const physical = sent.filter(
      ({ whole }) => (whole.lines.at(-1)?.kind ?? 'physical') === 'physical',
    );
    for (const { whole, events: told } of physical) {
      const parcels = ofType(told, 'ShipmentDispatched').flatMap(
        ({ detail }) => incomingEvents.ShipmentDispatched.parse(detail).lines ?? [],
      );
      const cancelled = ofType(told, 'OrderCancelled').flatMap(
        ({ detail }) => incomingEvents.OrderCancelled.parse(detail).lines ?? [],
      );
      expect([...parcels, ...cancelled].map(({ lineId }) => lineId)).toContain(
        whole.lines.at(-1)?.lineId,
      );
    }
  });

  test('is added only while nothing has happened to the order, whatever the seed', () => {
    const reviewed = manyOrders({ shop: hearth, skus: ['HG-GFT-050', 'HG-MUG-300'], count: 40 });
    fc.assert(
      fc.property(fc.string(), (seed) => {
        for (const order of reviewed) {
          const risky = { ...order, risk: 'review' as const };
          const told = afterPlacing(risky, { seed, shop: hearth }).events;
          const [amendment] = told.filter(isAddition);
          const others = told.filter(
            (event) =>
              /^(Order(Amended|Cancelled)|Shipment|Refund)/.test(event.detailType) &&
              event !== amendment,
          );
          if (amendment === undefined) continue;
          expect(happenedMs(amendment)).toBeLessThan(Math.min(...others.map(happenedMs)));
        }
      }),
      { numRuns: 20 },
    );
  });

  test('is not added any more to an order that was cancelled before', () => {
    // Of the first 200,000 orders of the seed the one that is cancelled within the minutes until it would be amended.
    const order = sampleOrder({
      shop: hearth,
      orderId: 'order-159307',
      placedMs: PLACED_MS,
      lines: [line('HG-GRI-010', 2)],
      says: { contact: { customerId: 'c-159307', email: 'c-159307@customers.example' } },
    });

    const { events: told, order: whole } = afterPlacing(order, { seed: '1', shop: hearth });

    expect(lookAtPage(order, '1').accepted?.offer).toHaveProperty('sku');
    expect(whole).toBe(order);
    expect(ofType(told, 'OfferAccepted')).toEqual([]);
    expect(ofType(told, 'OrderAmended')).toEqual([]);
    expect(ofType(told, 'OrderCancelled')).toHaveLength(1);
  });

  test('leaves what becomes of other orders as it was', () => {
    const plain = courses.filter((course) => !added.includes(course));

    expect(plain.every(({ placed, whole }) => placed === whole)).toBe(true);
  });
});

describe('an offer of a partner that is taken up', () => {
  const taking = courses.filter((course) => typesOf(course).includes('CommissionConfirmed'));

  test('is paid for days later, by what was agreed', () => {
    expect(taking.length).toBeGreaterThan(20);
    for (const { events: told } of taking) {
      const [accepted] = ofType(told, 'OfferAccepted');
      const [confirmed] = ofType(told, 'CommissionConfirmed');
      if (accepted === undefined || confirmed === undefined) throw new Error('none was taken up');
      const says = incomingEvents.CommissionConfirmed.parse(confirmed.detail);
      const offer = sampleOffers.find(
        ({ shop, offerId }) => shop === says.shop && offerId === says.offerId,
      );
      expect(offer).toMatchObject({ partner: says.partner, commission: says.amount });
      expect(says).toMatchObject({
        sessionId: accepted.detail['sessionId'],
        offerId: accepted.detail['offerId'],
      });
      expect(happenedMs(confirmed) - happenedMs(accepted)).toBeGreaterThan(DAY_MS);
    }
  });

  test('is taken back by some, after it was confirmed', () => {
    const back = taking.filter((course) => typesOf(course).includes('CommissionReversed'));

    expect(back.length).toBeGreaterThan(0);
    expect(back.length).toBeLessThan(taking.length / 2);
    for (const course of back) {
      const [commission] = readOrder(course)?.commissions ?? [];
      expect(commission?.reversedMinor).toBe(commission?.amount.amountMinor);
      expect(readOrder(course)?.anomalies).toEqual([]);
    }
  });

  test('changes nothing of the order', () => {
    expect(taking.every(({ placed, whole }) => placed === whole)).toBe(true);
  });
});

test('who takes up the membership is a member', () => {
  const joined = courses.filter((course) => typesOf(course).includes('LoyaltyEnrolled'));

  expect(joined.length).toBeGreaterThan(10);
  for (const { placed, events: told } of joined)
    expect(ofType(told, 'LoyaltyEnrolled').map(({ detail }) => detail['customerId'])).toEqual([
      placed.contact.customerId,
    ]);
});

describe('customers who ask where their order is', () => {
  const asking = courses.filter((course) => typesOf(course).includes('SupportCaseOpened'));

  test('are some of those whose order is late, while it is', () => {
    expect(asking.length).toBeGreaterThan(COUNT / 50);
    expect(asking.length).toBeLessThan(COUNT / 5);
    for (const { events: told, placed } of asking) {
      const [opened] = ofType(told, 'SupportCaseOpened');
      const [closed] = ofType(told, 'SupportCaseClosed');
      if (opened === undefined || closed === undefined) throw new Error('no case');
      expect(opened.detail).toMatchObject({
        topic: 'where-is-my-order',
        orderId: placed.orderId,
        caseId: closed.detail['caseId'],
      });
      const arrivals = told.filter(
        ({ detailType, detail }) =>
          detailType === 'ShipmentDelivered' || detail['reason'] === 'lost',
      );
      expect(happenedMs(opened)).toBeLessThan(Math.max(...arrivals.map(happenedMs)));
      expect(happenedMs(closed)).toBeGreaterThan(happenedMs(opened));
    }
  });

  test('are none of those whose order comes in time', () => {
    const inTime = asking.filter(({ events: told, placed }) => {
      const wrong = told.some(
        ({ detail }) => detail['status'] === 'delayed' || detail['status'] === 'lost',
      );
      const left = Math.min(...ofType(told, 'ShipmentDispatched').map(happenedMs));
      return !wrong && left - Date.parse(placed.occurredAt) <= 3 * DAY_MS;
    });

    expect(inTime).toEqual([]);
  });
});

test('a shop writes off something on the first of every month, in its own currency', () => {
  const debts = badDebts(northside, '1').map(({ detail }) =>
    incomingEvents.AdjustmentPosted.parse(detail),
  );

  expect(debts.map(({ occurredAt }) => occurredAt.slice(0, 10))).toEqual([
    '2026-04-01',
    '2026-05-01',
    '2026-06-01',
    '2026-07-01',
    '2026-08-01',
  ]);
  expect(debts.map(({ adjustmentId }) => adjustmentId)[0]).toBe('bad-debt-2026-03');
  expect(debts.every(({ amountMinor, currency }) => amountMinor < 0 && currency === 'USD')).toBe(
    true,
  );
});
