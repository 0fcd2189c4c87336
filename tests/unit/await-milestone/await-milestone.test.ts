import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { OrderLog } from '#core/domain/orders/order-log.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';
import { awaitMilestone } from '#lambdas/await-milestone/await-milestone.ts';
import { awaitMilestoneInput } from '#lambdas/await-milestone/contract.ts';
import { ingestOrderEvent } from '#lambdas/ingest-event/ingest-order-event.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryPurchases } from '#tests/fakes/in-memory-purchases.ts';
import { inMemoryJourneys } from '#tests/fakes/in-memory-journeys.ts';
import { inMemoryOrderLogs, interrupted } from '#tests/fakes/in-memory-order-logs.ts';
import { knowingNobody } from '#tests/unit/ingest-event/set-up.ts';
import { logOf } from '#tests/unit/orders/histories.ts';
import { at, delivered, dispatched, placed } from '#tests/unit/orders/order-events.ts';

const request = {
  shop: 'hearth',
  orderId: '100482',
  stage: 'fulfilment' as const,
  seen: [],
  token: 't-1',
};

const setUp = (events: readonly OrderEvent[] = [placed()]) => {
  const orders = inMemoryOrderLogs({ ...logOf(events), version: 1 });
  const journeys = inMemoryJourneys();
  const { wake } = journeys;
  const waitOn = (logs: OrderLogs) =>
    awaitMilestone({ orders: logs, wake, now: () => new Date(at(11)) });
  const ingestInto = (logs: OrderLogs) => (event: OrderEvent) =>
    ingestOrderEvent(
      {
        ...knowingNobody(),
        orders: logs,
        catalogue: inMemoryCatalogue(),
        purchases: inMemoryPurchases(),
        publisher: inMemoryEventBus(),
        wake,
        shops: {},
      },
      event,
    );
  return { orders, journeys, waitOn, ingestInto };
};

describe('a milestone', () => {
  test('reached before the wait ends it at once, and leaves no token behind', async () => {
    const { orders, journeys, waitOn } = setUp([placed(), dispatched(12, 'P1')]);

    expect(await waitOn(orders)(request)).toBe('answered');

    expect([...journeys.answers]).toMatchObject([['t-1', { kind: 'dispatched' }]]);
    expect(await orders.read('hearth', '100482')).toMatchObject({ version: 1, waits: [] });
  });

  test('reached after the wait began ends it', async () => {
    const { orders, journeys, waitOn, ingestInto } = setUp();

    expect(await waitOn(orders)({ ...request, deadline: at(40) })).toBe('waiting');
    expect(await orders.read('hearth', '100482')).toMatchObject({
      waits: [
        {
          stage: 'fulfilment' as const,
          seen: [],
          registeredAt: at(11),
          deadline: at(40),
          token: 't-1',
        },
      ],
    });
    await ingestInto(orders)(dispatched(12, 'P1'));

    expect([...journeys.answers]).toMatchObject([['t-1', { kind: 'dispatched' }]]);
  });

  test('reached while the wait is being registered ends it', async () => {
    const { orders, journeys, waitOn, ingestInto } = setUp();
    const contested = interrupted(orders, () => ingestInto(orders)(dispatched(12, 'P1')));

    expect(await waitOn(contested)(request)).toBe('answered');

    expect([...journeys.answers]).toMatchObject([['t-1', { kind: 'dispatched' }]]);
  });

  test('whose event is being stored while the wait is registered ends it', async () => {
    const { orders, journeys, waitOn, ingestInto } = setUp();
    const contested = interrupted(orders, () => waitOn(orders)(request));

    await ingestInto(contested)(dispatched(12, 'P1'));

    expect([...journeys.answers]).toMatchObject([['t-1', { kind: 'dispatched' }]]);
  });

  test('that the stage has dealt with does not end its wait', async () => {
    const { orders, journeys, waitOn } = setUp([placed(), dispatched(12, 'P1')]);

    expect(await waitOn(orders)({ ...request, seen: ['dispatched:P1'] })).toBe('waiting');

    expect(journeys.answers.size).toBe(0);
  });
});

test('an order that has not come is waited for like any other', async () => {
  const orders = inMemoryOrderLogs();
  const { journeys, waitOn, ingestInto } = setUp();

  expect(await waitOn(orders)(request)).toBe('waiting');
  await ingestInto(orders)(dispatched(12, 'P1'));
  expect(journeys.answers.size).toBe(0);
  await ingestInto(orders)(placed());

  expect(journeys.answers.size).toBe(1);
});

test('the token of a stage’s earlier wait is dropped, that of another stage kept', async () => {
  const { orders, waitOn } = setUp();
  const wait = waitOn(orders);

  await wait(request);
  await wait({ ...request, stage: 'onboarding' as const, token: 't-2' });
  await wait({ ...request, token: 't-3' });

  const { waits } = await orders.read('hearth', '100482');
  expect(waits.map(({ stage, token }) => [stage, token])).toEqual([
    ['fulfilment', undefined],
    ['onboarding', 't-2'],
    ['fulfilment', 't-3'],
  ]);
});

test('a wait is refused without a token, and taken without a deadline', () => {
  expect(awaitMilestoneInput.safeParse({ ...request, token: '' }).success).toBe(false);
  expect(awaitMilestoneInput.parse({ ...request, deadline: null })).toMatchObject({ token: 't-1' });
});

test('under any interleaving of registration and events, a token is resolved once', async () => {
  const events = [dispatched(12, 'P1'), dispatched(12, 'P1'), delivered(14, 'P1')];
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { orders, journeys, waitOn, ingestInto } = setUp();
      // Each read and each write happens when the scheduler says so.
      const slow: OrderLogs = {
        read: scheduler.scheduleFunction((shop: string, orderId: string) =>
          orders.read(shop, orderId),
        ),
        write: scheduler.scheduleFunction((log: OrderLog) => orders.write(log)),
      };

      const all = Promise.all([waitOn(slow)(request), ...events.map(ingestInto(slow))]);
      await scheduler.waitFor(all);

      expect([...journeys.answers.keys()]).toEqual(['t-1']);
      expect((await orders.read('hearth', '100482')).events).toHaveLength(3);
    }),
    { numRuns: 300 },
  );
});
