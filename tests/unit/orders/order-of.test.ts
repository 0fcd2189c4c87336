import { describe, expect, test } from 'vitest';
import { isCancelled, statusOf, toDeliver, toDispatch } from '#core/domain/orders/order.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { applyEvent, emptyOrderLog, milestonesOfLog } from '#core/domain/orders/order-log.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { logOf, told } from './histories.ts';
import {
  amended,
  at,
  cancelled,
  delivered,
  dispatched,
  euros,
  failed,
  line,
  placed,
  refunded,
  returned,
  updated,
} from './order-events.ts';

const statusAfter = (...events: readonly OrderEvent[]): string =>
  statusOf(told([placed(), ...events]));

const kindsAfter = (...events: readonly OrderEvent[]): readonly string[] =>
  milestonesOfLog(logOf([placed(), ...events])).map(({ kind }) => kind);

describe('an event log', () => {
  test('refuses a second event under an id that is taken', () => {
    const log = logOf([placed(), dispatched(12, 'P1')]);
    const other = { ...delivered(13, 'P1'), eventId: dispatched(12, 'P1').eventId };

    expect(applyEvent(log, other)).toEqual({ kind: 'conflict' });
    expect(applyEvent(log, { ...dispatched(12, 'P1'), occurredAt: at(13) })).toEqual({
      kind: 'conflict',
    });
  });

  test('knows an event again whose lines the catalogue has completed meanwhile', () => {
    const log = logOf([placed()]);
    const again = placed({ lines: [line('mill', { category: 'Mills' })] });

    expect(applyEvent(log, again)).toEqual({ kind: 'known' });
  });

  test('keeps what comes before the order, and has no order and no milestones until it comes', () => {
    const early = logOf([dispatched(12, 'P1'), delivered(14, 'P1')]);

    expect(orderOf(early.events)).toBeUndefined();
    expect(milestonesOfLog(early)).toEqual([]);

    const whole = logOf([...early.events, placed()]);

    expect(statusOf(told(whole.events))).toBe('delivered');
    expect(milestonesOfLog(whole).map(({ kind }) => kind)).toContain('delivered');
  });

  test('is empty for an order that nothing was said of', () => {
    expect(orderOf(emptyOrderLog('hearth', '1').events)).toBeUndefined();
  });
});

describe('the status of an order', () => {
  test('follows it from its placing to its last delivery', () => {
    const first = dispatched(12, 'P1', { lines: [{ lineId: 'mill', quantity: 1 }] });
    const second = dispatched(13, 'P2', { lines: [{ lineId: 'tin', quantity: 2 }] });

    expect(statusAfter()).toBe('open');
    expect(statusAfter(first)).toBe('part_dispatched');
    expect(statusAfter(first, second)).toBe('dispatched');
    expect(statusAfter(first, second, delivered(15, 'P1'))).toBe('dispatched');
    expect(statusAfter(first, second, delivered(15, 'P1'), delivered(16, 'P2'))).toBe('delivered');
  });

  test('is in review until the review is over', () => {
    const risky = placed({ risk: 'review' });

    expect(statusOf(told([risky]))).toBe('in_review');
    expect(statusOf(told([risky, amended(11, { risk: 'passed' })]))).toBe('open');
  });

  test('is cancelled once nothing of it is wanted any more', () => {
    expect(statusAfter(cancelled(11))).toBe('cancelled');
    expect(statusAfter(cancelled(11, { lines: [{ lineId: 'mill', quantity: 1 }] }))).toBe('open');
  });
});

describe('a delivery', () => {
  test('without parcels, of an order nothing was dispatched of, brings everything open', () => {
    const order = told([placed(), delivered(14)]);

    expect(order.parcels).toMatchObject([
      {
        parcelId: 'unannounced-delivered-all-14',
        status: 'delivered',
        lines: [
          { lineId: 'mill', quantity: 1 },
          { lineId: 'tin', quantity: 2 },
        ],
      },
    ]);
    expect(statusOf(order)).toBe('delivered');
  });

  test('that names no parcel is taken for every parcel on its way', () => {
    const order = told([
      placed(),
      dispatched(11, 'P1', { lines: [{ lineId: 'mill', quantity: 1 }] }),
      dispatched(12, 'P2', { lines: [{ lineId: 'tin', quantity: 2 }] }),
      delivered(14),
    ]);

    expect(order.parcels.map(({ parcelId, status }) => [parcelId, status])).toEqual([
      ['P1', 'delivered'],
      ['P2', 'delivered'],
    ]);
  });

  test('that is scanned twice counts once, at its first scan', () => {
    const order = told([placed(), dispatched(11, 'P1'), delivered(14, 'P1'), delivered(18, 'P1')]);

    expect(order.parcels).toMatchObject([{ parcelId: 'P1', deliveredAt: at(14) }]);
    expect(
      kindsAfter(dispatched(11, 'P1'), delivered(14, 'P1'), delivered(18, 'P1')).filter(
        (kind) => kind === 'delivered',
      ),
    ).toHaveLength(1);
  });

  test('is not undone by what the carrier says later', () => {
    expect(
      statusAfter(dispatched(11, 'P1'), delivered(14, 'P1'), updated(15, 'P1', 'in_transit')),
    ).toBe('delivered');
  });

  test('of a parcel that was reported lost shows that it was not', () => {
    const order = told([
      placed(),
      dispatched(11, 'P1'),
      updated(13, 'P1', 'lost'),
      delivered(15, 'P1'),
    ]);

    expect(order.parcels).toMatchObject([{ status: 'delivered', failedAt: undefined }]);
    expect(
      kindsAfter(dispatched(11, 'P1'), updated(13, 'P1', 'lost'), delivered(15, 'P1')),
    ).not.toContain('parcel-lost');
  });
});

test('a parcel that arrives before it is announced holds what no other parcel took with it', () => {
  const both = placed({ lines: [line('mill'), line('beans')] });
  const mill = { ...dispatched(12, 'P1'), lines: [{ lineId: 'mill', quantity: 1 }] };

  const order = told([both, mill, delivered(14, 'P2')]);

  expect(order.parcels.map(({ parcelId, lines }) => [parcelId, lines])).toEqual([
    ['P1', [{ lineId: 'mill', quantity: 1 }]],
    ['P2', [{ lineId: 'beans', quantity: 1 }]],
  ]);
  expect(statusOf(order)).toBe('dispatched');
});

describe('a failed attempt', () => {
  test('is not a delivery, and leaves no estimate to be late by', () => {
    const order = told([
      placed(),
      dispatched(11, 'P1', { estimatedDeliveryAt: at(20) }),
      failed(14, 'P1', { reason: 'nobody home', pickupPoint: 'the kiosk' }),
    ]);

    expect(statusOf(order)).toBe('dispatched');
    expect(order.parcels).toMatchObject([
      {
        status: 'on_its_way',
        estimatedDeliveryAt: undefined,
        attempts: [{ at: at(14), reason: 'nobody home', pickupPoint: 'the kiosk' }],
      },
    ]);
  });

  test('is no milestone of a parcel that was lost afterwards', () => {
    expect(
      kindsAfter(dispatched(11, 'P1'), failed(13, 'P1'), updated(14, 'P1', 'lost')),
    ).not.toContain('delivery-failed');
  });
});

describe('a lost parcel', () => {
  test('has its lines sent again', () => {
    const order = told([placed(), dispatched(11, 'P1'), updated(13, 'P1', 'lost')]);

    expect(order.lines.map((each) => toDispatch(order, each))).toEqual([1, 2]);
    expect(statusOf(order)).toBe('open');
  });

  test('that turns up is on its way as before', () => {
    const events = [dispatched(11, 'P1'), updated(13, 'P1', 'lost'), updated(15, 'P1', 'delayed')];

    expect(statusAfter(...events)).toBe('dispatched');
    expect(kindsAfter(...events)).not.toContain('parcel-lost');
  });

  test('that is refunded as lost is waited for no more', () => {
    const order = told([
      placed(),
      dispatched(11, 'P1', { lines: [{ lineId: 'mill', quantity: 1 }] }),
      dispatched(11, 'P2', { lines: [{ lineId: 'tin', quantity: 2 }] }),
      delivered(13, 'P2'),
      updated(13, 'P1', 'lost'),
      refunded(14, { reason: 'lost' }),
    ]);

    expect(order.lines.map((each) => toDeliver(order, each))).toEqual([0, 0]);
    expect(order.lines.map((each) => each.cancelled)).toEqual([1, 0]);
    expect(statusOf(order)).toBe('delivered');
  });
});

describe('a cancellation', () => {
  test('of a line after its dispatch leaves nothing of it to be sent or to arrive', () => {
    const order = told([
      placed(),
      dispatched(11, 'P1', { lines: [{ lineId: 'mill', quantity: 1 }] }),
      cancelled(12, { lines: [{ lineId: 'mill', quantity: 1 }] }),
    ]);

    expect(order.lines.map((each) => [toDispatch(order, each), toDeliver(order, each)])).toEqual([
      [0, 0],
      [2, 2],
    ]);
    expect(statusOf(order)).toBe('part_dispatched');
  });

  test('of more than is wanted takes what is wanted, and says so', () => {
    const order = told([placed(), cancelled(12, { lines: [{ lineId: 'tin', quantity: 9 }] })]);

    expect(order.cancellations).toMatchObject([{ lines: [{ lineId: 'tin', quantity: 2 }] }]);
  });

  test('that names a line twice takes no more than is wanted', () => {
    const twice = { lineId: 'tin', quantity: 2 };

    const order = told([placed(), cancelled(12, { lines: [twice, twice] })]);

    expect(order.cancellations).toMatchObject([{ lines: [twice] }]);
    expect(isCancelled(order)).toBe(false);
  });
});

describe('a refund', () => {
  test('without a return is kept, and changes nothing of what is to come', () => {
    const order = told([placed(), refunded(12, { reason: 'goodwill', amount: euros(500) })]);

    expect(order.refunds).toEqual([
      { refundId: 'F-12', at: at(12), amount: euros(500), reason: 'goodwill', lines: undefined },
    ]);
    expect(order.returns).toEqual([]);
    expect(statusOf(order)).toBe('open');
  });

  test('and a return of delivered lines leave the delivery as it was', () => {
    expect(
      statusAfter(
        dispatched(11, 'P1'),
        delivered(13, 'P1'),
        returned(15, 'mill'),
        refunded(18, { reason: 'returned', lines: [{ lineId: 'mill', quantity: 1 }] }),
      ),
    ).toBe('delivered');
  });
});

describe('an amendment', () => {
  test('of a quantity reprices the line and leaves the others', () => {
    const order = told([placed(), amended(11, { lines: [{ lineId: 'tin', quantity: 5 }] })]);

    expect(order.lines.map(({ quantity, total }) => [quantity, total])).toEqual([
      [1, euros(1000)],
      [5, euros(5000)],
    ]);
  });

  test('adds lines, but none a second time', () => {
    const added = [line('oven'), line('mill', { quantity: 7 })];

    const order = told([placed(), amended(11, { addedLines: added })]);

    expect(order.lines.map(({ lineId, quantity }) => [lineId, quantity])).toEqual([
      ['mill', 1],
      ['tin', 2],
      ['oven', 1],
    ]);
  });

  test('to the date that was promised before moves nothing', () => {
    const dated = placed({ promisedDispatchBy: at(40) });
    const order = told([dated, amended(11, { promisedDispatchBy: at(40) })]);

    expect(order.promiseMovedAt).toBeUndefined();
    expect(told([dated, amended(11, { promisedDispatchBy: at(60) })]).promiseMovedAt).toBe(at(11));
  });
});

describe('what does not fit', () => {
  test('is noted and not acted on: a second placing', () => {
    const again = placed({ eventId: 'again', occurredAt: at(11), lines: [line('oven')] });

    const order = told([placed(), again]);

    expect(order.lines.map(({ lineId }) => lineId)).toEqual(['mill', 'tin']);
    expect(order.anomalies).toEqual([
      { eventId: 'again', what: 'the order was placed a second time; the first stands' },
    ]);
  });

  test('is noted by name: lines that the order has not', () => {
    const stray = dispatched(12, 'P1', { lines: [{ lineId: 'stray', quantity: 1 }] });

    expect(told([placed(), stray]).anomalies).toEqual([
      {
        eventId: stray.eventId,
        what: 'ShipmentDispatched names lines that the order has not: stray',
      },
    ]);
  });
});

describe('an order', () => {
  test('of a guest has nobody but what the order says', () => {
    expect(told([placed({ contact: {} })]).contact).toEqual({});
  });

  test('keeps ids beyond the integers of a double apart', () => {
    const near = '9007199254740993';
    const log = logOf([
      placed({ orderId: near }),
      dispatched(11, '9007199254740992'),
      dispatched(12, near),
    ]);

    expect(told(log.events).orderId).toBe('9007199254740993');
    expect(told(log.events).parcels.map(({ parcelId }) => parcelId)).toEqual([
      '9007199254740992',
      '9007199254740993',
    ]);
  });
});
