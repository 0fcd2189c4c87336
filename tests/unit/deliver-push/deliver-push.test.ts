import { describe, expect, test } from 'vitest';
import config from '#config';
import { liquidMessageRenderer } from '#core/adapters/liquid-message-renderer.ts';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { incomingEvents, type ToldEvent } from '#core/contracts/incoming-events.ts';
import { decodeTouchRef } from '#core/contracts/touch-ref.ts';
import type { Device } from '#core/domain/customers/customer.ts';
import type { OutgoingPush, PushedDevice, PushResult } from '#core/ports/push-sender.ts';
import { deliverPush } from '#lambdas/deliver-push/deliver-push.ts';
import { inMemorySender } from '#tests/fakes/in-memory-sender.ts';
import { dueTouch, mia, sent } from '#tests/unit/deliver-email/due-touch.ts';
import { inMemoryMessageTemplates } from '#tests/unit/messages/in-memory-message-templates.ts';
import { at } from '#tests/unit/orders/order-events.ts';
import { dispatchNotice } from '#touches/dispatch-notice/touch.ts';

const templates = inMemoryMessageTemplates({
  'dispatch-notice': { en: { push: { title: 'On its way', text: 'Order {{ order.id }}.' } } },
});

const device = (change: Partial<Device> = {}): Device => ({
  state: 'active',
  platform: 'GCM',
  at: at(1),
  ...change,
});

const withDevices = (devices: Readonly<Record<string, Device>>) => ({ ...mia, devices });

type Fate = Partial<PushedDevice>;

const setUp = (fates: Readonly<Record<string, Fate>> = {}, busBreaks = false) => {
  const provider = inMemorySender<OutgoingPush, PushResult>(() => ({
    kind: 'answered',
    devices: [],
  }));
  const events: ToldEvent[] = [];
  const untold: unknown[] = [];
  const deliver = deliverPush({
    templates,
    render: liquidMessageRenderer(),
    shops: config.shops,
    policy: config.policy,
    shorten: async (shop, _, text) => text.replace(shop.orderStatusUrl, 'https://s.example/1'),
    send: async (push) => {
      await provider.send(push);
      const devices = push.devices.map((each) => ({
        ...each,
        state: 'accepted' as const,
        messageId: `m-${each.token}`,
        because: 'said so',
        ...fates[each.token],
      }));
      return { kind: 'answered', devices };
    },
    pace: async () => {},
    told: {
      tell: async (told) => {
        if (busBreaks) throw new Error('the bus did not take the events');
        events.push(...told);
      },
    },
    digest: sha256Digest,
    onUntold: (error) => untold.push(error),
  });
  return { deliver, provider, events, untold };
};

const due = (devices: Readonly<Record<string, Device>>) =>
  dueTouch({ touch: dispatchNotice, channel: 'push', customer: withDevices(devices) });

describe('a notification', () => {
  test('goes to all devices that take it, with a short link and what names its touch', async () => {
    const { deliver, provider } = setUp();
    const devices = {
      phone: device({ platform: 'APNS' }),
      tablet: device(),
      sold: device({ state: 'removed' }),
    };

    const result = await sent(deliver(due(devices)));

    expect(result).toEqual({ kind: 'accepted', messageId: 'm-phone' });
    expect(provider.messages).toMatchObject([
      {
        devices: [
          { token: 'phone', platform: 'APNS' },
          { token: 'tablet', platform: 'GCM' },
        ],
        title: 'On its way',
        text: 'Order 100482.',
        url: 'https://s.example/1',
        secondsToLive: 8 * 3600,
        data: { shop: 'hearth', touch: 'dispatch-notice', orderId: '100482' },
      },
    ]);
    expect(decodeTouchRef(provider.messages[0]?.data['ref'] ?? '')).toEqual({
      shop: 'hearth',
      orderId: '100482',
      touchId: 'dispatch-notice:P1',
    });
  });

  test('goes to the hundred devices that were seen last', async () => {
    const { deliver, provider } = setUp();
    const many = Object.fromEntries(
      Array.from({ length: 120 }, (_, index) => [`d-${index}`, device({ at: at(index) })]),
    );

    await sent(deliver(due(many)));

    const tokens = provider.messages.flatMap(({ devices }) => devices.map(({ token }) => token));
    expect(tokens).toHaveLength(100);
    expect(tokens[0]).toBe('d-119');
    expect(tokens).not.toContain('d-19');
  });

  test('is dropped where there is no device', async () => {
    const { deliver, provider } = setUp();

    expect(await deliver(due({}))).toEqual({ kind: 'dropped', reason: 'no-address' });
    expect(provider.messages).toEqual([]);
  });
});

describe('of several devices', () => {
  const two = { phone: device(), tablet: device({ at: at(2) }) };

  test('one that takes it is enough', async () => {
    const { deliver } = setUp({ tablet: { state: 'gone' } });

    expect(await sent(deliver(due(two)))).toMatchObject({ messageId: 'm-phone' });
  });

  test('one that may have taken it leaves it in doubt', async () => {
    const { deliver } = setUp({ phone: { state: 'unknown' }, tablet: { state: 'later' } });

    await expect(sent(deliver(due(two)))).rejects.toThrow('not known');
  });

  test('one that may take it later makes it go later', async () => {
    const { deliver } = setUp({ phone: { state: 'gone' }, tablet: { state: 'later' } });

    expect(await sent(deliver(due(two)))).toEqual({ kind: 'later', because: 'said so' });
  });

  test('none that ever will leaves it to another channel', async () => {
    const { deliver } = setUp({ phone: { state: 'gone' }, tablet: { state: 'refused' } });

    expect(await sent(deliver(due(two)))).toEqual({ kind: 'unreachable', because: 'said so' });
  });
});

describe('what a sending says of devices', () => {
  test('is told in the words of the contract: who is gone is removed, who moved is registered', async () => {
    const { deliver, events } = setUp({
      phone: { state: 'gone' },
      tablet: { newToken: 'tablet-2' },
    });
    const devices = { phone: device(), tablet: device({ timeZone: 'Europe/Berlin' }) };

    await sent(deliver(due(devices)));

    expect(events).toMatchObject([
      { type: 'DeviceRemoved', detail: { customerId: 'c-17', token: 'phone', occurredAt: at(13) } },
      { type: 'DeviceRemoved', detail: { token: 'tablet' } },
      {
        type: 'DeviceRegistered',
        detail: { token: 'tablet-2', platform: 'GCM', timeZone: 'Europe/Berlin' },
      },
    ]);
    for (const { type, detail } of events)
      expect(incomingEvents[type].safeParse(detail).error).toBeUndefined();
    expect(new Set(events.map(({ detail }) => detail.eventId)).size).toBe(3);
  });

  test('is told under the same ids again', async () => {
    const first = setUp({ phone: { state: 'gone' } });
    const second = setUp({ phone: { state: 'gone' } });

    await sent(first.deliver(due({ phone: device() })));
    await sent(second.deliver(due({ phone: device() })));

    expect(first.events).toEqual(second.events);
  });

  test('is not told of a device that only refused the message', async () => {
    const { deliver, events } = setUp({ phone: { state: 'refused' } });

    await sent(deliver(due({ phone: device() })));

    expect(events).toEqual([]);
  });

  test('does not send a message again when it cannot be told', async () => {
    const { deliver, untold } = setUp({ tablet: { state: 'gone' } }, true);

    const result = await sent(deliver(due({ phone: device(), tablet: device() })));

    expect(result).toMatchObject({ kind: 'accepted' });
    expect(untold).toHaveLength(1);
  });
});
