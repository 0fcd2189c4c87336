import { describe, expect, test } from 'vitest';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import { touchRequest } from '#lambdas/decide-touch/contract.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { at, delivered, dispatched, placed } from '#tests/unit/orders/order-events.ts';
import { reachable } from '#tests/unit/contact-policy/policy-inputs.ts';
import { touches } from '#touches/registry.ts';
import { requestOf, type World, worldOf } from './world.ts';

const request = requestOf('dispatch-notice', 'P1');
const ref = { shop: 'hearth', orderId: '100482', touchId: 'dispatch-notice:P1' };
const offer = { shop: 'hearth', orderId: '100482', touchId: 'offer' };

const ordered = placed({ contact: reachable });
const setUp = (world: World = {}) =>
  worldOf({ touches, channels: ['email'], events: [ordered, dispatched(12, 'P1')], ...world });

describe('a touch that may go', () => {
  test('is recorded, queued and told of', async () => {
    const { decide, records, queue, bus } = setUp();

    expect(await decide(request)).toMatchObject({ kind: 'send', channel: 'email' });

    expect(await records.ofOrder('hearth', '100482')).toMatchObject([
      {
        ...request,
        ...ref,
        purpose: 'transactional',
        customerId: 'c-17',
        state: 'decided',
        turn: 1,
        earlier: [],
        attempts: 0,
      },
    ]);
    expect(queue.refs).toEqual([ref]);
    expect(bus.events).toMatchObject([
      {
        type: 'TouchDecided',
        detail: {
          eventId: 'touch-decided/100482/dispatch-notice:P1/1',
          turn: 1,
          decision: 'send',
          channel: 'email',
        },
      },
    ]);
  });

  test('is told of in the words of the contract, with every rule', async () => {
    const { decide, bus } = setUp();
    const { rules } = await decide(request);

    const [fact] = bus.events;

    expect(outgoingEvents.TouchDecided.parse(fact?.detail)).toEqual(fact?.detail);
    expect(fact).toMatchObject({ detail: { rules } });
  });

  test('takes its place in the caps, once however often it is asked for', async () => {
    const { decide, history } = worldOf();

    await decide(requestOf('offer'));
    await decide(requestOf('offer'));

    expect((await history()).contacts).toEqual([
      { orderId: '100482', touchId: 'offer', purpose: 'marketing', channel: 'email', at: at(36) },
    ]);
  });

  test('takes no place where no cap counts it', async () => {
    const { decide, history } = setUp();

    await decide(request);

    expect(await history()).toMatchObject({ version: 0, contacts: [] });
  });

  test('by another channel than its first is queued there and told of so', async () => {
    const { decide, bus, queue } = worldOf({ hours: 44 });

    expect(await decide(requestOf('parcel'))).toMatchObject({ kind: 'reroute', channel: 'email' });

    expect(queue.refs).toHaveLength(1);
    expect(bus.events).toMatchObject([{ detail: { decision: 'reroute', channel: 'email' } }]);
  });
});

describe('a touch that may not go now', () => {
  test('is held: scheduled, kept with the customer and told of, not queued', async () => {
    const { decide, history, schedule, queue, bus } = worldOf({ hours: 45 });

    expect(await decide(requestOf('offer'))).toMatchObject({ kind: 'hold', until: at(55) });

    expect(schedule.waiting()).toEqual([{ at: at(55), due: { ...offer, turn: 2 } }]);
    expect((await history()).held).toEqual([
      {
        orderId: '100482',
        touchId: 'offer',
        touch: 'offer',
        subjects: [],
        purpose: 'marketing',
        until: at(55),
        since: at(45),
        turn: 1,
      },
    ]);
    expect(queue.refs).toEqual([]);
    expect(bus.events).toMatchObject([
      { detail: { decision: 'hold', reason: 'quiet-hours', until: at(55) } },
    ]);
  });

  test('is scheduled now, if Scheduler could not be reached before, and once', async () => {
    const { decide, schedule } = worldOf({ hours: 45, scheduleBreaks: breaksOnce() });

    await expect(decide(requestOf('offer'))).rejects.toThrow('Scheduler');
    await decide(requestOf('offer'));
    await decide(requestOf('offer'));

    expect(schedule.waiting()).toHaveLength(1);
  });
});

describe('a touch that may not go', () => {
  const contact = { email: 'mia@mail.example' };

  test.each<[string, World, string]>([
    [
      'to a suppressed address',
      { suppressed: { 'e-1': { reason: 'bounced', at: at(1) } } },
      'suppressed',
    ],
    ['of an order without an address', { events: [placed({ contact: {} })] }, 'no-address'],
    ['of a test order', { events: [placed({ contact, test: true })] }, 'test-order'],
    ['of an order that has arrived', { events: [ordered, delivered(12)] }, 'no-longer-relevant'],
  ])('%s is dropped with the reason, and not queued', async (_, world, reason) => {
    const { decide, queue, bus } = setUp(world);

    expect(await decide(request)).toMatchObject({ kind: 'drop', reason });

    expect(queue.refs).toEqual([]);
    expect(bus.events).toMatchObject([{ detail: { decision: 'drop', reason } }]);
  });
});

describe('a touch that is asked for again', () => {
  test('has the first decision, though a second would be another', async () => {
    const { decide, suppressions, records } = setUp();
    const first = await decide(request);
    await suppressions.add('e-1', { reason: 'stopped', at: at(13) });

    expect(await decide(request)).toEqual(first);

    expect(await records.ofOrder('hearth', '100482')).toHaveLength(1);
  });

  test('is the same in whatever order its subjects are', async () => {
    const { decide, records } = setUp();

    await decide(requestOf('dispatch-notice', 'P1', 'P2'));
    await decide(requestOf('dispatch-notice', 'P2', 'P1'));

    expect(await records.ofOrder('hearth', '100482')).toHaveLength(1);
  });

  test('of other subjects is another', async () => {
    const { decide, queue } = setUp();

    await decide(request);
    await decide(requestOf('dispatch-notice', 'P2'));

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
