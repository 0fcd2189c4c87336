import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyOrderLog, withWait } from '#core/domain/orders/order-log.ts';
import { noticesOf } from '#core/domain/orders/notices.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { reviewReason } from '#lambdas/ingest-event/contact-reviews.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { interrupted } from '#tests/fakes/in-memory-order-logs.ts';
import { textOf } from '#tests/unit/contracts/incoming.ts';
import { arrivals, logOf } from '#tests/unit/orders/histories.ts';
import { at, delivered, dispatched, line, placed } from '#tests/unit/orders/order-events.ts';
import { messageOf, setUp, shops } from './set-up.ts';

const waiting = (token: string, seen: readonly string[] = []) => ({
  stage: 'fulfilment' as const,
  seen,
  registeredAt: at(10),
  token,
});

/** An order whose journey waits under this token. */
const waitedFor = (token: string) => ({
  ...withWait(logOf([placed()]), waiting(token)),
  version: 1,
});

describe('an event of an order', () => {
  test('is stored, and an accepted order is told of', async () => {
    const { ingest, orders, bus } = setUp();

    expect(await ingest(messageOf(placed({ promisedDispatchBy: at(40) })))).toMatchObject({
      kind: 'applied',
      event: { type: 'OrderPlaced', orderId: '100482' },
    });

    expect(await orders.read('hearth', '100482')).toMatchObject({ version: 1, waits: [] });
    expect(bus.events).toEqual([
      {
        type: 'OrderAccepted',
        detail: {
          eventId: 'order-accepted/100482',
          occurredAt: at(10),
          schemaVersion: 1,
          shop: 'hearth',
          orderId: '100482',
          placedAt: at(10),
          deadline: at(40),
        },
      },
    ]);
  });

  test('that comes again is known, and is not stored again', async () => {
    const { ingest, orders } = setUp();
    await ingest(messageOf(placed()));

    expect(await ingest(messageOf(placed()))).toMatchObject({ kind: 'known' });

    expect(orders.writes()).toBe(1);
  });

  test('that comes before the order is kept until the order comes', async () => {
    const { ingest, orders, bus } = setUp();

    await ingest(messageOf(dispatched(12, 'P1')));
    expect(bus.events).toEqual([]);

    await ingest(messageOf(placed()));
    const { events } = await orders.read('hearth', '100482');
    expect(orderOf(events)?.parcels).toMatchObject([{ parcelId: 'P1', status: 'on_its_way' }]);
    expect(bus.events).toMatchObject([{ type: 'OrderAccepted' }]);
  });

  test('of a test order is stored, and no journey begins', async () => {
    const { ingest, orders, bus } = setUp();

    await ingest(messageOf(placed({ test: true })));

    expect(orders.writes()).toBe(1);
    expect(bus.events).toEqual([]);
  });

  test('ends the wait that it answers, with its news', async () => {
    const { ingest, journeys } = setUp({ logs: [waitedFor('t-1')] });

    await ingest(messageOf(dispatched(12, 'P1')));

    expect([...journeys.answers]).toEqual([
      ['t-1', expect.objectContaining({ kind: 'dispatched', subjects: ['P1'] })],
    ]);
  });

  test('that is no news to a wait does not end it', async () => {
    const log = withWait(
      logOf([placed(), dispatched(12, 'P1')]),
      waiting('t-1', ['dispatched:P1']),
    );
    const { ingest, journeys } = setUp({ logs: [{ ...log, version: 1 }] });

    await ingest(messageOf(dispatched(12, 'P1', { eventId: 'second scan', occurredAt: at(13) })));

    expect(journeys.answers.size).toBe(0);
  });

  test('is told once to a wait, whatever follows it', async () => {
    const { ingest, journeys } = setUp({ logs: [waitedFor('t-1')] });

    await ingest(messageOf(dispatched(12, 'P1')));
    await ingest(messageOf(delivered(14, 'P1')));

    expect([...journeys.answers]).toMatchObject([['t-1', { kind: 'dispatched' }]]);
  });

  test('finds its way past another writer', async () => {
    const { ingest, orders } = setUp({
      around: (stored) =>
        interrupted(stored, () =>
          stored.write({ ...emptyOrderLog('hearth', '100482'), events: [delivered(14, 'P1')] }),
        ),
    });

    expect(await ingest(messageOf(placed()))).toMatchObject({ kind: 'applied' });

    expect((await orders.read('hearth', '100482')).events).toHaveLength(2);
  });

  test('is left to the queue when other writers never cease', async () => {
    let tries = 0;
    const { ingest, bus } = setUp({
      around: (stored) => ({
        ...stored,
        write: async () => {
          tries += 1;
          return false;
        },
      }),
    });

    await expect(ingest(messageOf(placed()))).rejects.toThrow(
      'gave up after 10 conflicting writes',
    );
    expect(tries).toBe(10);
    expect(bus.events).toEqual([]);
  });
});

describe('a message that comes again after a crash', () => {
  test('between write and publication still tells of the order', async () => {
    const { ingest, bus } = setUp({ busBreaks: breaksOnce() });

    await expect(ingest(messageOf(placed()))).rejects.toThrow('the bus');
    expect(await ingest(messageOf(placed()))).toMatchObject({ kind: 'known' });

    expect(bus.events).toMatchObject([{ type: 'OrderAccepted' }]);
  });

  test('between write and answer still ends the wait', async () => {
    const { ingest, journeys } = setUp({ logs: [waitedFor('t-1')], journeysBreak: breaksOnce() });

    await expect(ingest(messageOf(dispatched(12, 'P1')))).rejects.toThrow('Step Functions');
    expect(await ingest(messageOf(dispatched(12, 'P1')))).toMatchObject({ kind: 'known' });

    expect([...journeys.answers]).toMatchObject([['t-1', { kind: 'dispatched' }]]);
  });

  test('ends the wait even when other events came between', async () => {
    const { ingest, journeys } = setUp({ logs: [waitedFor('t-1')], journeysBreak: breaksOnce() });
    await expect(ingest(messageOf(dispatched(12, 'P1')))).rejects.toThrow('Step Functions');

    await ingest(messageOf(delivered(14, 'P1')));
    await ingest(messageOf(dispatched(12, 'P1')));

    expect(journeys.answers.size).toBe(1);
  });
});

describe('an event of an order that leaves something out', () => {
  const mill = {
    shop: 'hearth',
    sku: 'SKU-mill',
    name: 'Hand grain mill',
    category: 'Kitchen',
    kind: 'digital',
    imageUrl: 'https://static.hearth.example/mill.jpg',
    updatedAt: at(0),
  } as const;

  test('has it filled in from the catalogue; what it says stands', async () => {
    const { ingest } = setUp({ items: [mill] });
    const lines = [line('mill', { name: 'Mill, engraved' }), line('tin')];

    expect(await ingest(messageOf(placed({ lines })))).toMatchObject({
      event: {
        lines: [
          {
            name: 'Mill, engraved',
            category: 'Kitchen',
            kind: 'digital',
            imageUrl: 'https://static.hearth.example/mill.jpg',
          },
          line('tin'),
        ],
      },
    });
  });

  test('is known again after the catalogue has changed', async () => {
    const { ingest, catalogue } = setUp({ items: [mill] });
    await ingest(messageOf(placed()));

    await catalogue.save({ ...mill, category: 'Mills', updatedAt: at(11) });

    expect(await ingest(messageOf(placed()))).toMatchObject({ kind: 'known' });
  });

  test('has the date filled in that its shop promises', async () => {
    const { hearth } = shops;
    const promising = hearth && { hearth: { ...hearth, promise: { dispatchWithinHours: 72 } } };
    const { ingest, bus } = setUp({ ...(promising && { shops: promising }) });

    await ingest(messageOf(placed()));

    expect(bus.events).toMatchObject([{ detail: { deadline: at(10 + 72) } }]);
  });
});

describe('a message that cannot be used', () => {
  test('is parked as it came, with the reason', async () => {
    const { ingest, parked, orders } = setUp();
    const body = textOf('OrderPlaced', { lines: [] });

    expect(await ingest(body)).toMatchObject({ kind: 'parked', reason: 'invalid' });

    expect(parked.all).toEqual([
      { body, reason: 'invalid', problem: expect.stringContaining('OrderPlaced: lines') },
    ]);
    expect(orders.writes()).toBe(0);
  });

  test('is parked under an event id that another event of the order has', async () => {
    const { ingest, parked, orders } = setUp();
    await ingest(messageOf(placed()));

    await ingest(messageOf(dispatched(12, 'P1', { eventId: placed().eventId })));

    expect(parked.all).toMatchObject([
      {
        reason: 'event-id-reused',
        problem:
          'eventId placed was used before for another event of order 100482: give every event its own',
      },
    ]);
    expect(orders.writes()).toBe(1);
  });

  test('is parked when its order would not fit an item of DynamoDB any more', async () => {
    const trackingUrl = `https://track.parcel.example/${'t'.repeat(900)}`;
    const stored = Array.from({ length: 230 }, (_, index) =>
      dispatched(12, `P${index}`, { trackingUrl }),
    );
    const { ingest, parked, orders } = setUp({ logs: [{ ...logOf(stored), version: 1 }] });
    const many = Array.from({ length: 500 }, (_, index) =>
      line(`L${index}`, { name: 'n'.repeat(200) }),
    );

    expect(await ingest(messageOf(placed({ lines: many })))).toMatchObject({
      kind: 'parked',
      reason: 'order-too-large',
      problem: expect.stringMatching(/has \d{6} bytes, at most 368640 can be stored/),
    });

    expect(parked.all).toHaveLength(1);
    expect(orders.writes()).toBe(0);
  });

  test('is parked again when it is sent again unchanged', async () => {
    const { ingest, parked } = setUp();

    await ingest('no event');
    await ingest('no event');

    expect(parked.all).toMatchObject([{ reason: 'not-json' }, { reason: 'not-json' }]);
  });
});

describe('an event of a customer or of the catalogue', () => {
  test('changes the customer once', async () => {
    const { ingest, customers } = setUp();

    expect(await ingest(textOf('CustomerUpdated'))).toMatchObject({ kind: 'applied' });
    expect(await ingest(textOf('CustomerUpdated'))).toMatchObject({ kind: 'known' });
    expect(await ingest(textOf('ConsentChanged'))).toMatchObject({ kind: 'applied' });

    expect(await customers.read('hearth', 'c-17')).toMatchObject({
      version: 2,
      profile: { name: 'Mia Sommer' },
      consents: [{ purpose: 'marketing', channel: 'email', state: 'granted', by: 'c-17' }],
    });
  });

  test('keeps the item', async () => {
    const { ingest, catalogue } = setUp();

    expect(await ingest(textOf('CatalogItemUpdated'))).toMatchObject({ kind: 'applied' });

    expect(await catalogue.find('hearth', ['HG-MILL'])).toMatchObject([
      { name: 'Hand grain mill, beech', updatedAt: '2026-11-18T09:30:00.250Z' },
    ]);
  });
});

test('in whatever order a queue brings them, the events are stored once and the order is told of', async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, async ({ history, arriving }) => {
      const { ingest, orders, bus, parked } = setUp();

      for (const event of arriving) await ingest(messageOf(event));

      const { events } = await orders.read('hearth', '100482');
      expect(parked.all).toEqual([]);
      expect(orders.writes()).toBe(history.length);
      expect(orderOf(events)).toEqual({
        ...orderOf(history),
        contact: expect.objectContaining(placed().contact),
        lines: orderOf(history)?.lines.map((each) => ({
          ...each,
          credit: expect.objectContaining({ class: 'primary' }),
        })),
      });
      expect(new Set(bus.events.map(({ detail }) => detail.eventId))).toEqual(
        new Set([
          ...history.flatMap((event) =>
            reviewReason(event) === undefined ? [] : [`contact-review-due/${event.eventId}`],
          ),
          'order-accepted/100482',
          ...noticesOf(history).map(
            ({ touch, subjects }) => `notice-due/100482/${[touch, ...subjects].join('/')}`,
          ),
        ]),
      );
    }),
  );
});
