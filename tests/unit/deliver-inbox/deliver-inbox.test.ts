import { describe, expect, test } from 'vitest';
import config from '#config';
import { liquidMessageRenderer } from '#core/adapters/liquid-message-renderer.ts';
import type { Inbox } from '#core/ports/inbox.ts';
import { deliverInbox } from '#lambdas/deliver-inbox/deliver-inbox.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { inMemoryInbox } from '#tests/fakes/in-memory-inbox.ts';
import { dueTouch, mia, sent } from '#tests/unit/deliver-email/due-touch.ts';
import { inMemoryMessageTemplates } from '#tests/unit/messages/in-memory-message-templates.ts';
import { at } from '#tests/unit/orders/order-events.ts';
import { dispatchNotice } from '#touches/dispatch-notice/touch.ts';
import { replenishment } from '#touches/replenishment/touch.ts';

const push = { title: 'On its way', text: 'Order {{ order.id }}.' };
const templates = inMemoryMessageTemplates({
  'dispatch-notice': { en: { push } },
  'with-page': { en: { push } },
});

const setUp = (inbox: Inbox = inMemoryInbox()) => {
  const deliver = deliverInbox({
    templates,
    render: liquidMessageRenderer(),
    shops: config.shops,
    shorten: async (_, __, text) =>
      text.replace('https://www.hearth.example/', 'https://s.example/'),
    inbox,
  });
  const kept = (customerId: string) =>
    inbox.latest({ shop: 'hearth', customerIds: [customerId], limit: 10, now: at(14) });
  return { deliver, kept, inbox };
};

const due = (change: Partial<Parameters<typeof dueTouch>[0]> = {}) =>
  dueTouch({ touch: dispatchNotice, channel: 'inbox', ...change });

describe('a message for the inbox', () => {
  test('is kept as the notification reads, with where it leads', async () => {
    const { deliver, kept } = setUp();

    const result = await sent(deliver(due()));

    expect(result).toEqual({ kind: 'accepted', messageId: 'inbox/100482/dispatch-notice:P1' });
    expect(await kept('c-17')).toEqual([
      {
        id: expect.any(String),
        at: at(12),
        orderId: '100482',
        touchId: 'dispatch-notice:P1',
        touch: 'dispatch-notice',
        title: 'On its way',
        text: 'Order 100482.',
        url: 'https://s.example/orders/status',
      },
    ]);
  });

  test('leads to the page that its touch has', async () => {
    const { deliver, kept } = setUp();
    const touch = { ...replenishment, name: 'with-page', page: 'loyalty' } as const;

    await sent(deliver(due({ touch })));

    expect(await kept('c-17')).toMatchObject([{ url: 'https://s.example/circle' }]);
  });

  test('is one however often it is delivered', async () => {
    const { deliver, kept } = setUp();

    await sent(deliver(due()));
    await sent(deliver(due({ now: at(13.5) })));

    expect(await kept('c-17')).toHaveLength(1);
  });

  test('is kept for 90 days', async () => {
    const { deliver, inbox } = setUp();
    await sent(deliver(due({ now: at(13) })));
    const on = (hours: number) =>
      inbox.latest({ shop: 'hearth', customerIds: ['c-17'], limit: 10, now: at(hours) });

    expect(await on(13 + 90 * 24 - 1)).toHaveLength(1);
    expect(await on(13 + 90 * 24)).toEqual([]);
  });

  test('lies with the customer that the order’s turned out to be', async () => {
    const { deliver, kept } = setUp();

    await sent(deliver(due({ customer: { ...mia, customerId: 'c-1' } })));

    expect(await kept('c-1')).toHaveLength(1);
  });

  test('is dropped for a guest, who has no inbox', async () => {
    const { deliver } = setUp();
    const { reach, email } = due().order.contact;
    const guest = { ...mia, customerId: 'guest:email:mia' };

    expect(await deliver(due({ contact: { reach, email }, customer: guest }))).toEqual({
      kind: 'dropped',
      reason: 'no-address',
    });
  });

  test('may go later when it cannot be kept', async () => {
    const breaks = breaksOnce();
    const inbox = inMemoryInbox();
    const { deliver } = setUp({
      ...inbox,
      keep: async (...message) => {
        if (breaks()) throw new Error('the table is away');
        await inbox.keep(...message);
      },
    });

    expect(await sent(deliver(due()))).toEqual({ kind: 'later', because: 'the table is away' });
    expect(await sent(deliver(due()))).toMatchObject({ kind: 'accepted' });
  });
});
