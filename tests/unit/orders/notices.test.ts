import { expect, test } from 'vitest';
import { noticesOf } from '#core/domain/orders/notices.ts';
import {
  answered,
  at,
  cancelled,
  delivered,
  dispatched,
  placed,
  refunded,
  updated,
} from './order-events.ts';

test('a refund is told of at once', () => {
  expect(noticesOf([refunded(20)])).toEqual([{ touch: 'refund', subjects: ['F-20'], at: at(20) }]);
});

test('a parcel is told of on its last leg, and at no other news of its carrier', () => {
  const statuses = ['in_transit', 'delayed', 'lost', 'returned_to_sender'] as const;

  expect(noticesOf([updated(20, 'P1', 'out_for_delivery')])).toEqual([
    { touch: 'out-for-delivery', subjects: ['P1'], at: at(20) },
  ]);
  expect(noticesOf(statuses.map((status) => updated(20, 'P1', status)))).toEqual([]);
});

test('a bad answer is handed over at once, a better one is not', () => {
  const answers = [answered(20, 2), answered(30, 3), answered(40, 6, { survey: 'nps' })];

  expect(noticesOf(answers)).toEqual([
    { touch: 'support-hand-off', subjects: [at(20)], at: at(20) },
    { touch: 'support-hand-off', subjects: [at(40)], at: at(40) },
  ]);
});

test('what the journeys tell of gives no notice', () => {
  expect(
    noticesOf([placed(), dispatched(11, 'P1'), delivered(14), cancelled(15, { lines: [] })]),
  ).toEqual([]);
});

test('each of several events gives its own, in their order', () => {
  const events = [updated(20, 'P2', 'out_for_delivery'), refunded(12), refunded(14)];

  expect(noticesOf(events).map(({ subjects }) => subjects)).toEqual([['P2'], ['F-12'], ['F-14']]);
});
