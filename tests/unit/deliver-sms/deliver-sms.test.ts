import { describe, expect, test } from 'vitest';
import config from '#config';
import { liquidMessageRenderer } from '#core/adapters/liquid-message-renderer.ts';
import { touchRefIn } from '#core/contracts/touch-ref.ts';
import type { OutgoingText, TextResult } from '#core/ports/text-sender.ts';
import { deliverSms } from '#lambdas/deliver-sms/deliver-sms.ts';
import { inMemorySender } from '#tests/fakes/in-memory-sender.ts';
import { dueTouch, mia, sent } from '#tests/unit/deliver-email/due-touch.ts';
import { inMemoryMessageTemplates } from '#tests/unit/messages/in-memory-message-templates.ts';
import { at } from '#tests/unit/orders/order-events.ts';
import { outForDelivery } from '#touches/out-for-delivery/touch.ts';
import { winBack } from '#touches/win-back/touch.ts';

const templates = inMemoryMessageTemplates({
  'out-for-delivery': {
    de: { sms: { text: 'Bestellung {{ order.id }} kommt heute: {{ links.orderStatus }}' } },
    en: { sms: { text: 'Order {{ order.id }} comes today: {{ links.orderStatus }}' } },
  },
  'win-back': { en: { sms: { text: '{{ shop.name }} misses you.' } } },
  long: { en: { sms: { text: '0123456789'.repeat(40) } } },
  letter: { en: {} },
});

const setUp = (answer: TextResult = { kind: 'accepted', messageId: 'm-1' }) => {
  const provider = inMemorySender<OutgoingText, TextResult>(() => answer);
  const paced: number[] = [];
  const counted: (number | string)[] = [];
  const deliver = deliverSms({
    templates,
    render: liquidMessageRenderer(),
    shops: config.shops,
    policy: config.policy,
    shorten: async (shop, _, text) => text.replace(shop.orderStatusUrl, 'https://s.example/1'),
    send: provider.send,
    pace: async (units) => {
      paced.push(units);
    },
    onSent: (parts) => counted.push(parts),
    onSpendLimit: () => counted.push('spend limit'),
  });
  return { deliver, provider, paced, counted };
};

const due = (change: Partial<Parameters<typeof dueTouch>[0]> = {}) =>
  dueTouch({ touch: outForDelivery, channel: 'sms', ...change });

describe('a text', () => {
  test('goes to the number in E.164, in the customer’s language, with short links', async () => {
    const { deliver, provider } = setUp();
    const customer = { ...mia, profile: { locale: 'de-AT' } };

    const result = await sent(deliver(due({ customer })));

    expect(result).toEqual({ kind: 'accepted', messageId: 'm-1', segments: 1 });
    expect(provider.messages).toMatchObject([
      {
        to: '+4915112345678',
        text: 'Bestellung 100482 kommt heute: https://s.example/1',
        parts: 1,
        isPromotional: false,
      },
    ]);
  });

  test('names its touch, so that feedback finds it', async () => {
    const { deliver, provider } = setUp();

    await sent(deliver(due()));

    const { context } = provider.messages[0] ?? { context: {} };
    expect(context).toMatchObject({
      shop: 'hearth',
      touch: 'out-for-delivery',
      orderId: '100482',
      ref: expect.any(String),
    });
    expect(touchRefIn(context)).toEqual({
      shop: 'hearth',
      orderId: '100482',
      touchId: 'out-for-delivery:P1',
    });
  });

  test('whose touch has a long name says it in two values of what the provider takes', async () => {
    const { deliver, provider } = setUp();
    const subjects = ['包'.repeat(280)];

    await sent(deliver(due({ subjects })));

    const { context } = provider.messages[0] ?? { context: {} };
    expect(Object.keys(context)).toHaveLength(5);
    expect(Object.values<string>(context).every((value) => value.length <= 800)).toBe(true);
    expect(touchRefIn(context)?.touchId).toBe(`out-for-delivery:${subjects[0]}`);
  });

  test('that advertises goes as promotion', async () => {
    const { deliver, provider } = setUp();

    await sent(deliver(due({ touch: winBack })));

    expect(provider.messages).toMatchObject([{ isPromotional: true }]);
  });

  test('waits for the phone until quiet hours begin, and no longer', async () => {
    const { deliver, provider } = setUp();

    // 13:00 UTC is 14:00 in Berlin; transactional texts are quiet there from 22:00.
    await sent(deliver(due({ now: at(13) })));

    expect(provider.messages).toMatchObject([{ secondsToLive: 8 * 3600 }]);
  });

  test('waits its turn by its parts, before it is handed over', async () => {
    const { deliver, paced, provider, counted } = setUp();

    const prepared = await deliver(due({ touch: { ...outForDelivery, name: 'long' } }));

    expect(paced).toEqual([3]);
    expect(provider.messages).toEqual([]);
    if (prepared.kind === 'ready') await prepared.send();
    expect(counted).toEqual([3]);
  });

  test('is dropped where no number is known', async () => {
    const { deliver, paced } = setUp();

    expect(await deliver(due({ contact: { email: 'mia@mail.example' } }))).toEqual({
      kind: 'dropped',
      reason: 'no-address',
    });
    expect(paced).toEqual([]);
  });

  test('of a touch without one cannot be written', async () => {
    const { deliver } = setUp();
    const letter = due({ touch: { ...winBack, name: 'letter' } });

    await expect(deliver(letter)).rejects.toThrow('letter has no SMS in "en"');
  });
});

describe('a number', () => {
  test('that has opted out is not used any more', async () => {
    const { deliver } = setUp({ kind: 'unreachable', because: 'opted out', isOptedOut: true });

    expect(await sent(deliver(due()))).toEqual({
      kind: 'unreachable',
      because: 'opted out',
      suppress: { addressId: 'sms:mia', suppression: { reason: 'opted-out', at: at(13) } },
    });
  });

  test('that is only out of reach stays in use', async () => {
    const { deliver } = setUp({ kind: 'unreachable', because: 'too dear', isOptedOut: false });

    expect(await sent(deliver(due()))).toEqual({ kind: 'unreachable', because: 'too dear' });
  });
});

test('a spend limit that is reached is counted, and the text may go later', async () => {
  const { deliver, counted } = setUp({ kind: 'later', because: 'spent', isSpendLimit: true });

  expect(await sent(deliver(due()))).toEqual({ kind: 'later', because: 'spent' });
  expect(counted).toEqual(['spend limit']);
});

test('a text that the provider refuses is refused', async () => {
  const { deliver, counted } = setUp({ kind: 'refused', because: 'not valid' });

  expect(await sent(deliver(due()))).toEqual({ kind: 'refused', because: 'not valid' });
  expect(counted).toEqual([]);
});
