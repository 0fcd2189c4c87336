import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entry, happened, line, link, signal } from './facts.ts';
import { LakeOfFacts } from './lake-of-facts.ts';

let lake: LakeOfFacts;
beforeAll(async () => {
  lake = await LakeOfFacts.open();
});
afterAll(() => lake.close());

const january = (day: number, hour = 12): string =>
  new Date(Date.UTC(2026, 0, day, hour)).toISOString();

/** So that everything of January has matured. */
const later = happened('ShipmentUpdated', 'late', january(300));

describe('as of', () => {
  test('is the latest fact, but no clock that runs ahead of its arrival', async () => {
    await lake.hold({
      order_events: [
        happened('OrderPlaced', 'a', january(2)),
        happened('ShipmentDelivered', 'a', '2099-01-01T00:00:00.000Z', { dt: '2026-01-03' }),
      ],
    });

    expect(await lake.ask('select * from as_of')).toEqual([{ latest_at: january(2) }]);
  });
});

describe('orders', () => {
  test('are days of their shop’s time zone', async () => {
    await lake.hold({
      order_lines: [
        line('berlin', '2026-03-31T22:30:00.000Z'),
        line('chicago', '2026-04-01T04:30:00.000Z', { shop: 'northside' }),
      ],
    });

    expect(await lake.ask('select order_id, placed_on from orders order by order_id')).toEqual([
      { order_id: 'berlin', placed_on: '2026-04-01' },
      { order_id: 'chicago', placed_on: '2026-03-31' },
    ]);
  });

  test('are delivered when the last parcel is, by its first scan, and not before all are', async () => {
    await lake.hold({
      order_lines: [line('a', january(1)), line('b', january(1))],
      order_events: [
        happened('ShipmentDelivered', 'a', january(3), { parcel_id: 'p1' }),
        happened('ShipmentDelivered', 'a', january(5), { parcel_id: 'p2', status: 'delivered' }),
        happened('ShipmentDelivered', 'a', january(9), { parcel_id: 'p2', status: 'delivered' }),
        happened('ShipmentDelivered', 'b', january(3), { parcel_id: 'p1' }),
      ],
    });

    expect(await lake.ask('select order_id, delivered_at from orders order by order_id')).toEqual([
      { order_id: 'a', delivered_at: january(5) },
      { order_id: 'b', delivered_at: null },
    ]);
  });
});

describe('customers', () => {
  test('are followed through six merges', async () => {
    const chain = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'].map((id, n) => link(id, `c${n + 1}`));
    await lake.hold({ customer_links: chain });

    expect(await lake.ask('select distinct customer_now from customers')).toEqual([
      { customer_now: 'c6' },
    ]);
  });

  test('who ordered only what was cancelled, or twice a day, have not bought again', async () => {
    await lake.hold({
      order_lines: [
        line('a', january(1), { customer: 'ada' }),
        line('b', january(1, 15), { customer: 'ada' }),
        line('c', january(9), { customer: 'ada' }),
        line('d', january(2), { customer: undefined }),
      ],
      order_events: [
        happened('OrderCancelled', 'c', january(9, 13), { status: 'cancelled' }),
        later,
      ],
    });

    expect(await lake.ask('select customer, day_count, second_on from buyers')).toEqual([
      { customer: 'ada', day_count: 1, second_on: null },
    ]);
    expect(await lake.ask('select frequency, order_count from customer_stats')).toEqual([
      { frequency: 0, order_count: 2 },
    ]);
  });
});

describe('what goes wrong', () => {
  const shipped = (id: string, day: number) =>
    happened('ShipmentDispatched', id, january(day), { parcel_id: 'p1', status: 'dispatched' });
  const arrived = (id: string, day: number) =>
    happened('ShipmentDelivered', id, january(day), { parcel_id: 'p1', status: 'delivered' });

  test('WISMO counts orders that left 14 days ago, once each, by configured topics', async () => {
    await lake.hold({
      order_lines: ['a', 'b', 'young'].map((id) => line(id, january(1))),
      order_events: [shipped('a', 2), shipped('b', 3), shipped('young', 20), shipped('none', 25)],
      service_signals: [
        signal('case_opened', january(4), { order_id: 'a', topic: 'Where-Is-My-Order' }),
        signal('case_opened', january(5), { order_id: 'a', topic: 'wismo' }),
        signal('case_opened', january(5), { order_id: 'b', topic: 'colour' }),
        signal('case_opened', january(21), { order_id: 'young', topic: 'wismo' }),
      ],
    });

    expect(
      await lake.ask('select shipped_orders, wismo_orders, wismo_rate from wismo_rate'),
    ).toEqual([{ shipped_orders: 2, wismo_orders: 1, wismo_rate: 0.5 }]);
  });

  test('returns are of deliveries whose window of 30 days and 14 more have passed', async () => {
    await lake.hold({
      order_lines: ['a', 'b', 'young'].map((id) => line(id, january(1))),
      order_events: [arrived('a', 2), arrived('b', 2), arrived('young', 3), shipped('x', 46)],
      service_signals: [
        signal('return_requested', january(9), { order_id: 'a' }),
        signal('return_received', january(12), { order_id: 'a' }),
        signal('return_requested', january(9), { order_id: 'young' }),
      ],
    });

    expect(
      await lake.ask(
        'select cohort, delivered_orders, returned_orders, received_orders, return_rate from return_rate',
      ),
    ).toEqual([
      {
        cohort: '2026-01',
        delivered_orders: 2,
        returned_orders: 1,
        received_orders: 1,
        return_rate: 0.5,
      },
    ]);
  });

  test('refunds are held against what was charged, and absent where nothing was', async () => {
    const charged = { account: 'receivable' } as const;
    const refund = { amount_minor: 250, fact_id: 'refund' } as const;
    await lake.hold({
      order_lines: [
        line('a', january(1)),
        line('b', january(1)),
        line('c', january(1), { currency: 'USD', shop: 'northside' }),
      ],
      order_events: [
        happened('RefundIssued', 'a', january(9), refund),
        happened('RefundIssued', 'a', january(9), refund),
      ],
      ledger_entries: [entry('1', 'a', january(1), -1_000, charged)],
    });

    expect(
      await lake.ask(
        'select shop, orders, refunded_orders, charged_minor, refunded_minor, refunded_share from refund_rate order by shop',
      ),
    ).toEqual([
      {
        shop: 'hearth',
        orders: 2,
        refunded_orders: 1,
        charged_minor: 1_000,
        refunded_minor: 250,
        refunded_share: 0.25,
      },
      {
        shop: 'northside',
        orders: 1,
        refunded_orders: 0,
        charged_minor: 0,
        refunded_minor: 0,
        refunded_share: null,
      },
    ]);
  });
});

describe('journeys', () => {
  test('say how far orders came and how long it took', async () => {
    await lake.hold({
      order_lines: [line('a', january(1), { customer: 'ada' }), line('b', january(1))],
      order_events: [
        happened('ShipmentDispatched', 'a', january(2), { parcel_id: 'p' }),
        happened('ShipmentDelivered', 'a', january(4), { parcel_id: 'p', status: 'delivered' }),
      ],
    });

    expect(
      await lake.ask(
        "select milestone, orders, reached, share, hours_median, hours_before_median from journey_progress where milestone <> 'placed' order by hours_median",
      ),
    ).toEqual([
      {
        milestone: 'dispatched',
        orders: 2,
        reached: 1,
        share: 0.5,
        hours_median: 24,
        hours_before_median: 24,
      },
      {
        milestone: 'delivered',
        orders: 2,
        reached: 1,
        share: 0.5,
        hours_median: 72,
        hours_before_median: 48,
      },
    ]);
  });
});

describe('surveys', () => {
  test('count the last of several answers about an order', async () => {
    await lake.hold({
      service_signals: [
        signal('survey_answered', january(9), { order_id: 'a', survey: 'csat', score: 1 }),
        signal('survey_answered', january(10), { order_id: 'a', survey: 'csat', score: 5 }),
        signal('survey_answered', january(10), { order_id: 'b', survey: 'csat', score: 3 }),
      ],
    });

    expect(await lake.ask('select answers, satisfied, csat, mean_score from csat')).toEqual([
      { answers: 2, satisfied: 1, csat: 0.5, mean_score: 4 },
    ]);
    expect(await lake.ask('select * from nps')).toEqual([]);
  });
});
