import { describe, expect, test } from 'vitest';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import { type Customer, newCustomer } from '#core/domain/customers/customer.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { touchRequest } from '#lambdas/decide-touch/contract.ts';
import { decideTouch } from '#lambdas/decide-touch/decide-touch.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { inMemoryCustomers } from '#tests/fakes/in-memory-customers.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryOrderLogs } from '#tests/fakes/in-memory-order-logs.ts';
import { inMemoryPurchases } from '#tests/fakes/in-memory-purchases.ts';
import { inMemoryTouchQueue } from '#tests/fakes/in-memory-queues.ts';
import { inMemoryTouchRecords } from '#tests/fakes/in-memory-touch-records.ts';
import { logOf } from '#tests/unit/orders/histories.ts';
import { at, delivered, dispatched, placed } from '#tests/unit/orders/order-events.ts';
import { touches } from '#touches/registry.ts';

const request = {
  shop: 'hearth',
  orderId: '100482',
  touch: 'dispatch-notice',
  subjects: ['P1'],
};
const ref = { shop: 'hearth', orderId: '100482', touchId: 'dispatch-notice:P1' };

interface World {
  readonly events?: readonly OrderEvent[];
  readonly customer?: Customer;
  readonly queueBreaks?: () => boolean;
  readonly busBreaks?: () => boolean;
}

const setUp = ({ events = [placed(), dispatched(12, 'P1')], ...world }: World = {}) => {
  const orders = inMemoryOrderLogs({ ...logOf(events), version: 1 });
  const customers = inMemoryCustomers(...(world.customer === undefined ? [] : [world.customer]));
  const records = inMemoryTouchRecords();
  const queue = inMemoryTouchQueue(world.queueBreaks);
  const bus = inMemoryEventBus(world.busBreaks);
  let minutes = 0;
  const decide = decideTouch({
    touches,
    orders,
    customers,
    purchases: inMemoryPurchases(),
    shops: {},
    records,
    queues: { email: queue.send },
    publisher: bus,
    digest: sha256Digest,
    now: () => {
      minutes += 1;
      return new Date(Date.parse(at(13)) + minutes * 60_000);
    },
  });
  return { decide, customers, records, queue, bus };
};

const suppressed: Customer = {
  ...newCustomer('hearth', 'c-17'),
  suppressions: { email: { reason: 'complained', at: at(1) } },
};

describe('a touch that may go', () => {
  test('is recorded, queued and told of', async () => {
    const { decide, records, queue, bus } = setUp();

    expect(await decide(request)).toMatchObject({ kind: 'send', channel: 'email' });

    expect(await records.ofOrder('hearth', '100482')).toMatchObject([
      { ...request, ...ref, purpose: 'transactional', state: 'decided', attempts: 0 },
    ]);
    expect(queue.refs).toEqual([ref]);
    expect(bus.events).toMatchObject([
      {
        type: 'TouchDecided',
        detail: {
          eventId: 'touch-decided/100482/dispatch-notice:P1',
          decision: 'send',
          channel: 'email',
        },
      },
    ]);
  });

  test('is told of in the words of the contract, with every rule', async () => {
    const { decide, bus } = setUp();
    await decide(request);

    const [fact] = bus.events;

    expect(outgoingEvents.TouchDecided.parse(fact?.detail)).toEqual(fact?.detail);
    expect(fact).toMatchObject({ detail: { rules: { length: 4 } } });
  });
});

describe('a touch that may not go', () => {
  test.each<[string, World, string]>([
    ['of a suppressed customer', { customer: suppressed }, 'suppressed'],
    ['of an order without an address', { events: [placed({ contact: {} })] }, 'no-address'],
    ['of a test order', { events: [placed({ test: true })] }, 'test-order'],
    ['of an order that has arrived', { events: [placed(), delivered(12)] }, 'no-longer-relevant'],
  ])('%s is dropped with the reason, and not queued', async (_, world, reason) => {
    const { decide, queue, bus } = setUp(world);

    expect(await decide(request)).toMatchObject({ kind: 'drop', reason });

    expect(queue.refs).toEqual([]);
    expect(bus.events).toMatchObject([{ detail: { decision: 'drop', reason } }]);
  });
});

describe('a touch that is asked for again', () => {
  test('has the first decision, though a second would be another', async () => {
    const { decide, customers, records } = setUp();
    const first = await decide(request);
    await customers.write({ ...suppressed });

    expect(await decide(request)).toEqual(first);

    expect(await records.ofOrder('hearth', '100482')).toHaveLength(1);
  });

  test('is the same in whatever order its subjects are', async () => {
    const { decide, records } = setUp();

    await decide({ ...request, subjects: ['P1', 'P2'] });
    await decide({ ...request, subjects: ['P2', 'P1'] });

    expect(await records.ofOrder('hearth', '100482')).toHaveLength(1);
  });

  test('of other subjects is another', async () => {
    const { decide, queue } = setUp();

    await decide(request);
    await decide({ ...request, subjects: ['P2'] });

    expect(queue.refs.map(({ touchId }) => touchId)).toEqual([
      'dispatch-notice:P1',
      'dispatch-notice:P2',
    ]);
  });

  test('is told of as the same fact', async () => {
    const { decide, bus } = setUp();

    await decide(request);
    await decide(request);

    expect(bus.events[1]).toEqual(bus.events[0]);
  });

  test('is queued now, if the queue could not be reached before', async () => {
    const { decide, queue, bus } = setUp({ queueBreaks: breaksOnce() });

    await expect(decide(request)).rejects.toThrow('the queue');
    await decide(request);

    expect(queue.refs).toEqual([ref]);
    expect(bus.events).toHaveLength(1);
  });

  test('is told of now, if the bus could not be reached before', async () => {
    const { decide, bus } = setUp({ busBreaks: breaksOnce() });

    await expect(decide(request)).rejects.toThrow('the bus');
    await decide(request);

    expect(bus.events).toMatchObject([{ type: 'TouchDecided' }]);
  });

  test.each(['sending', 'sent'] as const)('is not queued once it is %s', async (state) => {
    const { decide, records, queue } = setUp();
    await decide(request);
    await records.beginSending(ref);
    if (state === 'sent')
      await records.finish(ref, {
        state,
        at: at(13),
        messageId: 'm',
        locale: 'de',
        inDoubt: false,
      });

    await decide(request);

    expect(queue.refs).toEqual([ref]);
  });
});

describe('a journey that does not fit its deployment', () => {
  test('is told which touches there are', async () => {
    const { decide } = setUp();

    await expect(decide({ ...request, touch: 'birthday' })).rejects.toThrow(
      `no touch birthday: expected one of ${Object.keys(touches).join(', ')}`,
    );
  });

  test('is told that there is no such order', async () => {
    const { decide, bus } = setUp({ events: [dispatched(12, 'P1')] });

    await expect(decide(request)).rejects.toThrow('order 100482 of hearth has not come yet');
    expect(bus.events).toEqual([]);
  });

  test('is refused without subjects, though there may be none', () => {
    expect(touchRequest.safeParse({ ...request, subjects: undefined }).success).toBe(false);
    expect(touchRequest.safeParse({ ...request, subjects: [] }).success).toBe(true);
  });
});
