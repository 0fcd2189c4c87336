import { describe, expect, test } from 'vitest';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import {
  answered,
  at,
  cancelled,
  delivered,
  disputed,
  placed,
  received,
  refunded,
  returned,
} from '#tests/unit/orders/order-events.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { messageOf, setUp, tell } from './set-up.ts';

type World = ReturnType<typeof setUp>;

const reviewsOf = ({ bus }: World) =>
  bus.events.flatMap((event) => (event.type === 'ContactReviewDue' ? [event.detail] : []));

describe('what is held for a customer is decided again', () => {
  const events: readonly (readonly [string, OrderEvent, string])[] = [
    ['a cancellation', cancelled(12), 'order-cancelled'],
    [
      'a cancellation of a part',
      cancelled(12, { lines: [{ lineId: 'mill', quantity: 1 }] }),
      'order-cancelled',
    ],
    ['a return that is announced', returned(20, 'tin'), 'return-requested'],
    ['a return that came', received(24, 'R-20'), 'return-received'],
    ['a refund', refunded(20), 'refund'],
    ['a dispute', disputed(20, 'D1'), 'dispute'],
    ['a dispute that the shop won', disputed(20, 'D1', 'won'), 'dispute'],
    ['a bad answer', answered(20, 1), 'bad-answer'],
  ];

  test.each(events)('after %s', async (_, event, because) => {
    const world = setUp();
    await world.ingest(messageOf(placed()));

    await world.ingest(messageOf(event));

    expect(reviewsOf(world)).toEqual([
      {
        eventId: `contact-review-due/${event.eventId}`,
        occurredAt: event.occurredAt,
        schemaVersion: 1,
        shop: 'hearth',
        customerId: 'c-17',
        because,
      },
    ]);
    for (const detail of reviewsOf(world)) outgoingEvents.ContactReviewDue.parse(detail);
  });

  test('not after a delivery or a good answer', async () => {
    const world = setUp();
    await world.ingest(messageOf(placed()));

    await world.ingest(messageOf(delivered(14)));
    await world.ingest(messageOf(answered(20, 5)));

    expect(reviewsOf(world)).toEqual([]);
  });

  test('of whom the order’s guest has become', async () => {
    const world = setUp();
    const email = 'mia@mail.example';
    await world.ingest(messageOf(placed({ contact: { email } })));
    await world.ingest(
      tell('CustomerUpdated', {
        eventId: 'u-1',
        occurredAt: at(11),
        customerId: 'c-18',
        profile: { email },
      }),
    );

    await world.ingest(messageOf(cancelled(12)));

    expect(reviewsOf(world)).toMatchObject([{ customerId: 'c-18' }]);
  });

  test('not of a test order, nor of one that names nobody', async () => {
    const world = setUp();
    await world.ingest(messageOf(placed({ test: true })));
    await world.ingest(messageOf(placed({ orderId: '2', contact: {} })));

    await world.ingest(messageOf(cancelled(12)));
    await world.ingest(messageOf(cancelled(12, { orderId: '2' })));

    expect(reviewsOf(world)).toEqual([]);
  });

  test('after a case was opened and closed, and consent withdrawn, but not after it was granted', async () => {
    const world = setUp();
    const who = { customerId: 'c-17' };
    const consent = { ...who, purpose: 'marketing', channel: 'sms', source: 'form' } as const;

    await world.ingest(
      tell('SupportCaseOpened', { ...who, eventId: 'e-1', occurredAt: at(1), caseId: 'K-1' }),
    );
    await world.ingest(
      tell('SupportCaseClosed', { ...who, eventId: 'e-2', occurredAt: at(2), caseId: 'K-1' }),
    );
    await world.ingest(
      tell('ConsentChanged', { ...consent, eventId: 'e-3', occurredAt: at(3), state: 'granted' }),
    );
    await world.ingest(
      tell('ConsentChanged', { ...consent, eventId: 'e-4', occurredAt: at(4), state: 'withdrawn' }),
    );

    expect(reviewsOf(world)).toMatchObject([
      { eventId: 'contact-review-due/e-1', because: 'case-opened', customerId: 'c-17' },
      { eventId: 'contact-review-due/e-2', because: 'case-closed' },
      { eventId: 'contact-review-due/e-4', because: 'consent-withdrawn' },
    ]);
  });

  test('also when the first delivery was cut off before it was told', async () => {
    const world = setUp({ busBreaks: breaksOnce() });
    const opened = tell('SupportCaseOpened', {
      eventId: 'e-1',
      occurredAt: at(1),
      customerId: 'c-17',
      caseId: 'K-1',
    });

    await expect(world.ingest(opened)).rejects.toThrow('the bus');
    expect(await world.ingest(opened)).toMatchObject({ kind: 'known' });

    expect(reviewsOf(world)).toMatchObject([{ because: 'case-opened' }]);
  });
});
