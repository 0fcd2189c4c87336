import { describe, expect, test } from 'vitest';
import { incomingEvents } from '#core/contracts/incoming-events.ts';
import { statusOf } from '#core/domain/orders/order.ts';
import { afterPlacing } from '#rehearsal/input/after-placing.ts';
import { badDebts } from '#rehearsal/input/bad-debts.ts';
import { hearth, northside, type SampleShop } from '#rehearsal/input/sample-shops.ts';
import { happenedMs, manyOrders, ofType } from './many-orders.ts';
import { readOrder, unreadIn } from './readings.ts';

const COUNT = 1200;
const DAY_MS = 86_400_000;

const coursesOf = (shop: SampleShop, ...skus: readonly string[]) =>
  manyOrders({ shop, skus, count: COUNT }).map((placed) => ({
    placed,
    events: afterPlacing(placed, { seed: '1', shop }),
  }));

type Course = ReturnType<typeof coursesOf>[number];

const courses = [...coursesOf(hearth, 'HG-GRI-010'), ...coursesOf(northside, 'NS-BAG-022')];

const typesOf = (course: Course): readonly string[] =>
  course.events.map(({ detailType }) => detailType);

test('everything that is told can be read', () => {
  expect(unreadIn(courses.flatMap(({ events }) => events))).toEqual([]);
});

test('an order comes to its end by itself, with what was ordered and nothing more', () => {
  const ends = courses.map(({ placed, events }) => ({ placed, end: readOrder(placed, events) }));

  expect(new Set(ends.map(({ end }) => end && statusOf(end)))).toEqual(
    new Set(['delivered', 'cancelled']),
  );
  expect(ends.flatMap(({ end }) => end?.anomalies ?? [])).toEqual([]);
  expect(
    ends.filter(({ placed, end }) => end?.total.amountMinor !== placed.total.amountMinor),
  ).toEqual([]);
  expect(ends.filter(({ placed, end }) => end?.lines.length !== placed.lines.length)).toEqual([]);
  expect(new Set(courses.flatMap(typesOf).filter((type) => /^(Session|Offer)/.test(type)))).toEqual(
    new Set(),
  );
});

test('what becomes of an order is told in order of arrival', () => {
  for (const { events } of courses) {
    const times = events.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  }
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
