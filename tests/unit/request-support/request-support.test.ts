import { describe, expect, test } from 'vitest';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import { supportRequest } from '#lambdas/request-support/contract.ts';
import { requestSupport } from '#lambdas/request-support/request-support.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryOrderLogs } from '#tests/fakes/in-memory-order-logs.ts';
import { inMemoryTouchRecords } from '#tests/fakes/in-memory-touch-records.ts';
import { logOf } from '#tests/unit/orders/histories.ts';
import {
  answered,
  at,
  delivered,
  dispatched,
  euros,
  placed,
  refunded,
  returned,
} from '#tests/unit/orders/order-events.ts';

const request = { shop: 'hearth', orderId: '100482', priority: 'high' } as const;
const badAnswer = answered(300, 1, { comment: 'The mill squeaks.' });
const story: readonly OrderEvent[] = [
  placed({ contact: { customerId: 'c-17', email: 'mia@mail.example', locale: 'de-DE' } }),
  dispatched(11, 'P1', { carrier: 'Parcel', trackingNumber: 'T1' }),
  delivered(14, 'P1'),
  returned(20, 'tin'),
  refunded(30),
  badAnswer,
];

const touch = (touchId: string, change: Partial<TouchRecord> = {}): TouchRecord => ({
  shop: 'hearth',
  orderId: '100482',
  touch: touchId,
  touchId,
  subjects: [],
  purpose: 'service',
  decision: { kind: 'send', channel: 'email', rules: [] },
  decidedAt: at(12),
  turn: 1,
  earlier: [],
  zones: ['Europe/Berlin'],
  state: 'decided',
  attempts: 0,
  ...change,
});

const setUp = (events: readonly OrderEvent[] = story, ...records: readonly TouchRecord[]) => {
  const bus = inMemoryEventBus();
  const ask = requestSupport({
    orders: inMemoryOrderLogs({ ...logOf(events), version: 1 }),
    records: inMemoryTouchRecords(...records),
    publisher: bus,
  });
  return { ask, bus };
};

describe('a task for support', () => {
  test('has the answer and everything an agent needs to know of the order', async () => {
    const { ask, bus } = setUp();

    await ask(request);

    expect(bus.events).toEqual([
      {
        type: 'SupportTaskRequested',
        detail: {
          eventId: `support-task/100482/${at(300)}`,
          occurredAt: at(300),
          schemaVersion: 1,
          shop: 'hearth',
          orderId: '100482',
          customerId: 'c-17',
          reason: 'bad-answer',
          priority: 'high',
          answer: { at: at(300), survey: 'csat', score: 1, comment: 'The mill squeaks.' },
          order: {
            placedAt: at(10),
            status: 'delivered',
            total: euros(3_000),
            locale: 'de-DE',
            isGift: false,
          },
          lines: [
            { lineId: 'mill', sku: 'SKU-mill', name: 'The mill', quantity: 1, kept: 1 },
            { lineId: 'tin', sku: 'SKU-tin', name: 'The tin', quantity: 2, kept: 1 },
          ],
          parcels: [
            {
              parcelId: 'P1',
              status: 'delivered',
              carrier: 'Parcel',
              trackingNumber: 'T1',
              dispatchedAt: at(11),
              deliveredAt: at(14),
            },
          ],
          returns: [{ returnId: 'R-20', at: at(20) }],
          refunds: [{ refundId: 'F-30', at: at(30), amount: euros(1_000) }],
          touches: [],
        },
      },
    ]);
  });

  test('says what became of every touch', async () => {
    const { ask, bus } = setUp(
      story,
      touch('care-guide', {
        state: 'sent',
        outcome: { state: 'sent', at: at(13), messageId: 'm', locale: 'de', inDoubt: false },
      }),
      touch('cross-sell', { decision: { kind: 'drop', reason: 'no-consent', rules: [] } }),
      touch('check-in'),
    );

    await ask(request);

    expect(bus.events).toMatchObject([
      {
        detail: {
          touches: [
            { touchId: 'care-guide', at: at(12), outcome: 'sent' },
            { touchId: 'cross-sell', at: at(12), outcome: 'drop: no-consent' },
            { touchId: 'check-in', at: at(12), outcome: 'send' },
          ],
        },
      },
    ]);
  });

  test('is in the words of its contract, without an address', async () => {
    const { ask, bus } = setUp(story, touch('care-guide'));
    await ask(request);

    const [fact] = bus.events;

    expect(outgoingEvents.SupportTaskRequested.parse(fact?.detail)).toEqual(fact?.detail);
    expect(JSON.stringify(fact)).not.toContain('@');
  });

  test('is about the last bad answer, though a better one followed', async () => {
    const { ask, bus } = setUp([...story, answered(320, 2), answered(340, 5)]);

    await ask(request);

    expect(bus.events).toMatchObject([{ detail: { answer: { at: at(320), score: 2 } } }]);
  });

  test('is the same when it is asked for again, and another after another answer', async () => {
    const { ask, bus } = setUp();
    const later = setUp([...story, answered(400, 2)]);

    await ask(request);
    await ask(request);
    await later.ask(request);

    const [first, again] = bus.events;
    expect(again).toEqual(first);
    expect(later.bus.events[0]?.detail.eventId).not.toBe(first?.detail.eventId);
  });
});

describe('an order without a bad answer', () => {
  test.each([
    ['that has none yet', [placed(), delivered(14)]],
    ['that has a good one', [placed(), delivered(14), answered(300, 4)]],
    ['that has not come', [delivered(14), badAnswer]],
  ])('%s is refused', async (_, events) => {
    const { ask, bus } = setUp(events);

    await expect(ask(request)).rejects.toThrow(
      'order 100482 of hearth has no bad answer that support could see to',
    );
    expect(bus.events).toEqual([]);
  });
});

test('a request says how much it hurries, in one of two ways', () => {
  expect(supportRequest.safeParse(request).success).toBe(true);
  expect(supportRequest.safeParse({ ...request, priority: 'urgent' }).success).toBe(false);
});
