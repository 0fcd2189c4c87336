import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { parseEvent } from '#core/contracts/parse-event.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { isOutstanding, statusOf } from '#core/domain/orders/order.ts';
import { DAY_MS } from '#rehearsal/input/duration.ts';
import { fulfilmentOf } from '#rehearsal/input/fulfilment-model.ts';
import { BOUND_DAYS, exceptions, rates } from '#rehearsal/input/fulfilment-rates.ts';
import { wallMs } from '#rehearsal/input/local-time.ts';
import type { FulfilmentOptions, PlacedOrder } from '#rehearsal/input/order-life.ts';
import { placing } from '#rehearsal/input/sample-order.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import { isOfOrder } from './is-of-order.ts';

type Line = PlacedOrder['lines'][number];

const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

const line = (number: number, more: Partial<Line> = {}): Line => ({
  lineId: `L${number}`,
  sku: `SKU-${number}`,
  quantity: 1,
  unitPrice: eur(1000),
  ...more,
});

const placed = (more: Partial<PlacedOrder> = {}): PlacedOrder => {
  const lines = more.lines ?? [line(1)];
  const total = lines.reduce((sum, each) => sum + each.unitPrice.amountMinor * each.quantity, 0);
  return {
    eventId: 'placed',
    occurredAt: '2026-03-03T10:00:00.000Z',
    schemaVersion: 1,
    shop: 'hearth',
    orderId: '1',
    contact: {},
    lines,
    total: eur(total),
    ...more,
  };
};

const parsed = ({ source, detailType, detail }: TimedEvent): OrderEvent => {
  const text = JSON.stringify({ source, 'detail-type': detailType, detail });
  const result = parseEvent(text, ['hearth']);
  if (result.ok && isOfOrder(result.event)) return result.event;
  throw new Error(`not an event of an order: ${JSON.stringify(result)}`);
};

const courseOf = (order: PlacedOrder, options: FulfilmentOptions = { seed: '1' }) => {
  const events = [placing(order), ...fulfilmentOf(order, options)].map(parsed);
  const after = orderOf(events);
  if (after === undefined) throw new Error('the order was not placed');
  return { events, order: after };
};

const lines: fc.Arbitrary<Line[]> = fc
  .array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 40 }),
      kind: fc.constantFrom('physical', 'digital', 'subscription', 'service', undefined),
      backordered: fc.boolean(),
      promisedInDays: fc.integer({ min: -5, max: 200 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((drafts) =>
    drafts.map(({ quantity, kind, backordered, promisedInDays }, at) =>
      line(at + 1, {
        quantity,
        ...(kind === undefined ? {} : { kind }),
        ...(backordered
          ? {
              backordered,
              promisedDispatchBy: new Date(
                Date.parse('2026-03-03T10:00:00Z') + promisedInDays * DAY_MS,
              ).toISOString(),
            }
          : {}),
      }),
    ),
  );

const orders: fc.Arbitrary<PlacedOrder> = fc
  .record({
    orderId: fc.string({ minLength: 1, maxLength: 128 }),
    lines,
    risk: fc.constantFrom('none', 'review'),
    dayOfYear: fc.integer({ min: 0, max: 364 }),
  })
  .map(({ dayOfYear, ...rest }) =>
    placed({
      ...rest,
      occurredAt: new Date(Date.UTC(2026, 0, 1, 9) + dayOfYear * DAY_MS).toISOString(),
    }),
  );

describe('fulfilmentOf', () => {
  it('brings every order to its end within the bound, whatever it holds', () => {
    fc.assert(
      fc.property(orders, fc.string(), (order, seed) => {
        const { events, order: after } = courseOf(order, { seed, timeZone: 'Europe/Berlin' });

        expect(['delivered', 'cancelled']).toContain(statusOf(after));
        expect(isOutstanding(after)).toBe(false);
        expect(after.anomalies).toStrictEqual([]);
        const days = events.map(
          ({ occurredAt }) => (Date.parse(occurredAt) - Date.parse(order.occurredAt)) / DAY_MS,
        );
        expect(Math.max(...days)).toBeLessThanOrEqual(BOUND_DAYS);
        expect(Math.min(...days)).toBe(0);
      }),
      { numRuns: 3000 },
    );
  });

  it('gives each event of an order its own id', () => {
    fc.assert(
      fc.property(orders, fc.string(), (order, seed) => {
        const ids = courseOf(order, { seed }).events.map(({ eventId }) => eventId);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 500 },
    );
  });

  it('sends exactly what was ordered when nothing goes wrong', () => {
    fc.assert(
      fc.property(orders, fc.string(), (order, seed) => {
        const { order: after, events } = courseOf(order, { seed, exceptions: [] });

        const sent = after.parcels.flatMap((parcel) => parcel.lines);
        const wanted = order.lines.filter(({ kind = 'physical' }) => kind === 'physical');
        const quantities = (all: typeof sent) =>
          new Map(all.map(({ lineId, quantity }) => [lineId, quantity]));
        expect(sent).toHaveLength(wanted.length);
        expect(quantities(sent)).toStrictEqual(quantities(wanted));
        expect(events.filter(({ type }) => type === 'OrderCancelled')).toStrictEqual([]);
        expect(events.filter(({ type }) => type === 'RefundIssued')).toStrictEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('draws for one order what it draws for it among others, and in any process', () => {
    const alone = fulfilmentOf(placed({ orderId: '7' }), { seed: 's' });
    const others = ['5', '6', '7'].map((orderId) =>
      fulfilmentOf(placed({ orderId }), { seed: 's' }),
    );

    expect(others[2]).toStrictEqual(alone);
    expect(others[0]).not.toStrictEqual(others[1]);
  });

  it('leaves the other draws alone when an exception is switched off', () => {
    const withAll = fulfilmentOf(placed(), { seed: '1' });
    const dispatchedAt = (events: readonly TimedEvent[]) =>
      events.find(({ detailType }) => detailType === 'ShipmentDispatched')?.detail['occurredAt'];

    const without = fulfilmentOf(placed(), {
      seed: '1',
      exceptions: exceptions.filter((each) => each !== 'lost' && each !== 'failed-attempt'),
    });

    expect(dispatchedAt(without)).toBe(dispatchedAt(withAll));
  });

  it('never ships what needs no parcel', () => {
    const order = placed({
      lines: [
        line(1, { kind: 'digital' }),
        line(2, { kind: 'subscription' }),
        line(3, { kind: 'service' }),
      ],
    });

    expect(fulfilmentOf(order, { seed: '1' })).toStrictEqual([]);
  });

  it('holds an order under review until the review has ended', () => {
    for (let seed = 0; seed < 50; seed++) {
      const [first] = fulfilmentOf(placed({ risk: 'review' }), {
        seed: String(seed),
        exceptions: ['review-failed'],
      });
      expect(['OrderAmended', 'OrderCancelled']).toContain(first?.detailType);
    }
  });

  it('sends 500 lines in parcels of at most 200 lines each', () => {
    const order = placed({
      lines: Array.from({ length: 500 }, (_, at) => line(at + 1, { quantity: 1 + (at % 3) })),
    });

    const { order: after } = courseOf(order, { seed: '1', exceptions: [] });

    expect(after.parcels.map((parcel) => parcel.lines.length)).toStrictEqual([200, 200, 100]);
    expect(statusOf(after)).toBe('delivered');
  });

  it('splits the pieces of a single line over parcels', () => {
    const split = Array.from({ length: 100 }, (_, seed) =>
      courseOf(placed({ lines: [line(1, { quantity: 5 })] }), {
        seed: String(seed),
        exceptions: ['split'],
      }).order.parcels.map((parcel) => parcel.lines[0]?.quantity),
    ).filter((quantities) => quantities.length > 1);

    expect(split.length).toBeGreaterThan(0);
    for (const quantities of split.map((each) => each.toSorted((a = 0, b = 0) => b - a)))
      expect([
        [3, 2],
        [2, 2, 1],
      ]).toContainEqual(quantities);
  });

  it('works from Monday to Saturday between eight and seven, by the clocks of the shop', () => {
    const zone = 'America/Chicago';
    for (let number = 0; number < 300; number++) {
      const { events } = courseOf(placed({ orderId: String(number) }), {
        seed: '1',
        timeZone: zone,
      });
      const scans = events.filter(({ type }) =>
        ['ShipmentDispatched', 'ShipmentDelivered', 'DeliveryFailed'].includes(type),
      );
      for (const { occurredAt } of scans) {
        const wall = new Date(wallMs(Date.parse(occurredAt), zone));
        expect(wall.getUTCDay()).not.toBe(0);
        expect(wall.getUTCHours()).toBeGreaterThanOrEqual(8);
        expect(wall.getUTCHours()).toBeLessThan(19);
      }
    }
  });

  it('lets things go wrong as often as its rates say', () => {
    const count = 4000;
    const courses = Array.from({ length: count }, (_, number) =>
      fulfilmentOf(placed({ orderId: String(number) }), { seed: 'rates' }),
    );
    const share = (isIt: (event: TimedEvent) => boolean): number =>
      courses.filter((events) => events.some(isIt)).length / count;

    // Of one parcel each; four standard errors of the largest rate are 0.017.
    const failed = share(({ detailType }) => detailType === 'DeliveryFailed');
    const lost = share(({ detail }) => detail['status'] === 'lost');
    const returned = share(({ detailType }) => detailType === 'ReturnRequested');
    expect(Math.abs(failed - rates['failed-attempt'])).toBeLessThan(0.017);
    expect(Math.abs(lost - rates.lost)).toBeLessThan(0.006);
    expect(Math.abs(returned - rates.returned)).toBeLessThan(0.019);
  });

  it('dispatches half of all orders within a day and a half of working time', () => {
    const hours = Array.from({ length: 1000 }, (_, number) => {
      const order = placed({ orderId: String(number) });
      const first = courseOf(order, { seed: '1', exceptions: [] }).order.parcels[0];
      return (Date.parse(first?.dispatchedAt ?? '') - Date.parse(order.occurredAt)) / 3_600_000;
    }).toSorted((a, b) => a - b);

    expect(hours[0]).toBeGreaterThan(0);
    expect(hours[500]).toBeGreaterThan(16);
    expect(hours[500]).toBeLessThan(36);
    expect(hours.at(-1)).toBeLessThan(5 * 24);
  });
});
