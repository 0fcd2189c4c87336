import { describe, expect, test } from 'vitest';
import { deadlineOf, nextNews, promiseMissed } from '#core/domain/orders/milestones.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { told } from './histories.ts';
import {
  amended,
  at,
  cancelled,
  delivered,
  dispatched,
  failed,
  line,
  placed,
  refunded,
  updated,
} from './order-events.ts';

const newsAfter = (events: readonly OrderEvent[], seen: readonly string[] = []) =>
  nextNews(told(events), seen, 'fulfilment');

const mill = [{ lineId: 'mill', quantity: 1 }];
const tins = [{ lineId: 'tin', quantity: 2 }];

test('an order that was only placed has no news', () => {
  expect(newsAfter([placed()])).toBeUndefined();
});

describe('a parcel', () => {
  test('is news when it leaves, with everything underway', () => {
    const estimatedDeliveryAt = at(60);

    expect(newsAfter([placed(), dispatched(12, 'P1', { estimatedDeliveryAt })])).toEqual({
      kind: 'dispatched',
      subjects: ['P1'],
      outstanding: true,
      underway: true,
      deadline: at(60),
      seen: ['dispatched:P1'],
    });
  });

  test('that left with another is told of with it', () => {
    const both = [
      placed(),
      dispatched(12, 'P1', { lines: mill }),
      dispatched(13, 'P2', { lines: tins }),
    ];

    expect(newsAfter(both)).toMatchObject({ kind: 'dispatched', subjects: ['P1', 'P2'] });
  });

  test('that has arrived is told of by its delivery alone', () => {
    expect(
      newsAfter([placed(), dispatched(12, 'P1'), failed(13, 'P1'), delivered(14, 'P1')]),
    ).toEqual({
      kind: 'delivered',
      subjects: ['P1'],
      outstanding: false,
      underway: false,
      deadline: undefined,
      seen: ['dispatched:P1', 'delivery-failed:P1/failed-P1-13', 'delivered:P1'],
    });
  });

  test('whose dispatch is reported after its arrival was told is no news again', () => {
    const arrived = [placed(), delivered(14, 'P1', { lines: mill })];
    const seen = newsAfter(arrived)?.seen ?? [];

    const late = [dispatched(12, 'P1', { lines: mill }), failed(13, 'P1')];

    expect(newsAfter([...arrived, ...late], seen)).toBeUndefined();
  });

  test('that comes back after it was lost gives news of a later attempt', () => {
    const lost = [placed(), dispatched(11, 'P1'), updated(12, 'P1', 'lost')];
    const seen = newsAfter(lost)?.seen ?? [];
    const found = [...lost, updated(13, 'P1', 'in_transit'), failed(14, 'P1')];

    expect(newsAfter(lost)).toMatchObject({ kind: 'parcel-lost', subjects: ['P1'] });
    expect(newsAfter(found, seen)).toMatchObject({
      kind: 'delivery-failed',
      subjects: ['P1/failed-P1-14'],
    });
  });

  test('that arrives while another is on its way leaves something outstanding', () => {
    const events = [
      placed(),
      dispatched(12, 'P1', { lines: mill }),
      dispatched(12, 'P2', { lines: tins }),
      delivered(14, 'P1'),
    ];

    expect(newsAfter(events)).toMatchObject({
      kind: 'delivered',
      subjects: ['P1'],
      outstanding: true,
      underway: true,
    });
  });
});

describe('an order in review', () => {
  const risky = placed({
    risk: 'review',
    lines: [line('mill'), line('course', { kind: 'digital' })],
  });

  test('asks for verification, and gives access when the review has passed', () => {
    expect(newsAfter([risky])).toMatchObject({ kind: 'verification-required', outstanding: true });
    expect(newsAfter([risky, amended(12, { risk: 'passed' })])).toMatchObject({
      kind: 'access-granted',
      subjects: ['order'],
    });
  });

  test('is not settled by the cancellation of all that needs a parcel', () => {
    const events = [risky, cancelled(12, { lines: mill })];
    const afterReview = newsAfter(events)?.seen ?? [];
    const partly = newsAfter(events, ['verification-required:order', ...afterReview]);

    expect(partly).toMatchObject({ kind: 'lines-cancelled', outstanding: true });
    expect(newsAfter(events, [...afterReview, ...(partly?.seen ?? [])])).toBeUndefined();
  });
});

describe('news of several things at once', () => {
  test('leave a delivery to be told after the access', () => {
    const lines = [line('mill'), line('course', { kind: 'digital' })];
    const events = [placed({ lines }), dispatched(11, 'P1'), delivered(12, 'P1')];

    const first = newsAfter(events);

    expect(first).toMatchObject({ kind: 'access-granted', outstanding: true });
    expect(newsAfter(events, first?.seen)).toMatchObject({ kind: 'delivered', outstanding: false });
  });

  test('leave a cancellation of lines to be told after the access', () => {
    const lines = [line('mill'), line('course', { kind: 'digital' })];
    const events = [placed({ lines }), cancelled(11, { lines: mill })];

    const first = newsAfter(events);

    expect(first).toMatchObject({ kind: 'access-granted', outstanding: true });
    expect(newsAfter(events, first?.seen)).toMatchObject({
      kind: 'lines-cancelled',
      outstanding: false,
    });
  });

  test('are the cancellation alone when nothing is wanted any more', () => {
    const events = [placed(), dispatched(11, 'P1'), cancelled(12)];

    expect(newsAfter(events)).toMatchObject({ kind: 'cancelled', subjects: ['order'] });
  });
});

describe('a backorder', () => {
  const waiting = placed({ lines: [line('mill', { backordered: true }), line('tin')] });

  test('is news, and again with each new date', () => {
    const moved = [
      waiting,
      amended(12, { lines: [{ lineId: 'mill', promisedDispatchBy: at(99) }] }),
    ];

    expect(newsAfter([waiting])).toMatchObject({ kind: 'backordered', subjects: ['mill'] });
    expect(newsAfter(moved, ['backordered:mill'])).toMatchObject({
      kind: 'backordered',
      subjects: [`mill/${at(99)}`],
    });
  });

  test('that was sent is no news', () => {
    expect(newsAfter([waiting, dispatched(12, 'P1')])).toMatchObject({ kind: 'dispatched' });
    expect(newsAfter([waiting, dispatched(12, 'P1')], ['dispatched:P1'])).toBeUndefined();
  });
});

describe('a promise', () => {
  const dated = placed({ promisedDispatchBy: at(40) });

  test('that was moved is news while something is to be sent', () => {
    const events = [dated, amended(12, { promisedDispatchBy: at(80) })];

    expect(newsAfter(events)).toMatchObject({
      kind: 'promise-moved',
      subjects: [at(80)],
      deadline: at(80),
    });
    expect(newsAfter([...events, dispatched(13, 'P1')], ['dispatched:P1'])).toBeUndefined();
  });

  test('is the deadline until it is kept; then the carrier’s latest estimate is', () => {
    const estimates = [
      dispatched(12, 'P1', { lines: mill, estimatedDeliveryAt: at(70) }),
      dispatched(12, 'P2', { lines: tins, estimatedDeliveryAt: at(60) }),
    ];

    expect(deadlineOf(told([dated]))).toBe(at(40));
    expect(deadlineOf(told([dated, ...estimates]))).toBe(at(70));
    expect(deadlineOf(told([dated, ...estimates, delivered(50)]))).toBeUndefined();
  });

  test('of a line comes before that of the order, and the earliest of several first', () => {
    const lines = [line('mill', { promisedDispatchBy: at(90) }), line('tin')];

    expect(deadlineOf(told([placed({ lines, promisedDispatchBy: at(40) })]))).toBe(at(40));
    expect(
      deadlineOf(told([placed({ lines: lines.slice(0, 1), promisedDispatchBy: at(40) })])),
    ).toBe(at(90));
  });

  test('that was kept before a parcel was lost is not missed by sending again', () => {
    expect(
      deadlineOf(told([dated, dispatched(12, 'P1'), updated(45, 'P1', 'lost')])),
    ).toBeUndefined();
  });

  test('that was told as missed is no deadline of the news after', () => {
    const events = [dated, dispatched(50, 'P1', { lines: mill })];
    const seen = [promiseMissed(at(40))];

    expect(newsAfter(events)).toMatchObject({ kind: 'dispatched', deadline: at(40) });
    expect(newsAfter(events, seen)).toMatchObject({ kind: 'dispatched', deadline: undefined });
  });
});

test('an order whose last open lines are refunded as lost is settled', () => {
  const events = [
    placed(),
    dispatched(11, 'P1', { lines: mill }),
    delivered(12, 'P1'),
    refunded(14, { reason: 'lost', lines: tins }),
  ];

  expect(newsAfter(events, ['delivered:P1', 'dispatched:P1'])).toMatchObject({
    kind: 'settled',
    outstanding: false,
  });
});

test('a wholly cancelled order is cancelled, not settled', () => {
  expect(newsAfter([placed(), cancelled(11)], ['cancelled:order'])).toBeUndefined();
});
