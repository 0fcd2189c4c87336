import { describe, expect, test } from 'vitest';
import { VirtualClock } from '#rehearsal/clock.ts';
import { scheduleDeeds } from '#rehearsal/scenarios/customer-deed.ts';
import type { HttpRequest } from '#rehearsal/services/http-event.ts';
import type { SentMail } from '#rehearsal/services/mail.ts';
import type { InboundText } from '#rehearsal/services/texts.ts';
import { page, scenarioOf } from './notes.ts';

const scenario = scenarioOf(
  page(
    '  - day 1 10:00: texted Where is it?\n  - day 2 09:00: unsubscribed by one click',
    '',
    'until: day 3',
  ).replace(' }', ', phone: +49 151 23456789 }'),
);

const mail = (orderId: string, token: string): SentMail => ({
  messageId: token,
  at: '2026-03-03T09:00:00.000Z',
  from: 'orders@mail.hearth.example',
  to: ['jana@customers.example'],
  tags: { orderId },
  language: 'en',
  raw: `List-Unsubscribe: <https://links.hearth.example/unsubscribe?t=${token}>`,
});

const rehearse = async (outbox: readonly SentMail[], status = 200) => {
  const clock = new VirtualClock(scenario.fromMs);
  const texts: InboundText[] = [];
  const asked: HttpRequest[] = [];
  const undone = scheduleDeeds(
    {
      clock,
      outbox,
      tables: { all: [], dump: () => Promise.resolve([]) },
      receiveText: (text) => texts.push(text),
      http: (request) => {
        asked.push(request);
        return Promise.resolve({
          status,
          headers: {},
          cookies: [],
          bytes: Buffer.from(''),
          body: '',
        });
      },
    },
    [scenario],
    () => 'key',
  );
  await clock.runUntil(scenario.untilMs);
  return { texts, asked, undone };
};

describe('what a customer does', () => {
  test('by text comes from the customer’s own number', async () => {
    const { texts } = await rehearse([]);

    expect(texts).toEqual([
      { from: expect.stringMatching(/^\+49151234\d{5}$/), body: 'Where is it?' },
    ]);
  });

  test('on a page follows the link that came last to one of the scenario’s orders', async () => {
    const { asked, undone } = await rehearse([
      mail('a.1.a-page', 'first'),
      mail('a.1.a-page', 'last'),
      mail('another', 'others'),
    ]);

    expect(asked).toMatchObject([
      { method: 'POST', path: '/unsubscribe?t=last', body: 'List-Unsubscribe=One-Click' },
    ]);
    expect(undone.size).toBe(0);
  });

  test('on a page that no message led to is told with its line', async () => {
    const { asked, undone } = await rehearse([mail('another', 'others')]);

    expect(asked).toEqual([]);
    expect(undone.get(scenario.scope)).toEqual([
      'line 9: unsubscribed by one click: no message with a link for it had come by day 2 09:00',
    ]);
  });

  test('on a page that refuses it is told with its line', async () => {
    const { undone } = await rehearse([mail('a.1.a-page', 'old')], 410);

    expect(undone.get(scenario.scope)).toEqual([
      'line 9: unsubscribed by one click: the page answered 410',
    ]);
  });

  test('is watched like anything else that happens', () => {
    const { untilMs, deeds } = scenarioOf(page('  - day 5 10:00: unsubscribed by one click'));

    expect(untilMs).toBeGreaterThan(deeds[0]?.atMs ?? Infinity);
  });
});
