import { describe, expect, test } from 'vitest';
import { parseEvent } from '#core/contracts/parse-event.ts';
import { CUSTOMER_SOURCE } from '#core/contracts/incoming-events.ts';
import { effectsOf, noEffects, said, tokenOf, touched, visiting } from './visiting.ts';

const oneClick = 'List-Unsubscribe=One-Click';
const pages = ['/unsubscribe', '/preferences', '/survey', '/consent'] as const;

describe.each(pages)('%s', (path) => {
  test('shows a form without doing anything, to whoever looks how often', async () => {
    const visit = visiting();
    const address = `${path}?t=${await tokenOf()}&c=email&score=5`;

    const answers = [
      await visit.ask(address),
      await visit.ask(address),
      await visit.ask(address, { method: 'HEAD' }),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(answers[0]?.body).toMatch(/<form method="post" action="\?t=[\w.-]+">/);
    expect(answers[0]?.body).toMatch(/<button type="submit">/);
    expect(answers[2]?.body).toBe('');
    expect(await effectsOf(visit)).toEqual(noEffects);
  });

  test('speaks the customer’s language', async () => {
    const { body } = await visiting({ locale: 'de-AT' }).ask(
      `${path}?t=${await tokenOf()}&c=email`,
    );

    expect(body).toContain('<html lang="de-DE">');
    expect(body).toContain('Datenschutz');
  });

  test('is refused with another method, a body that is no form, and one that is too large', async () => {
    const visit = visiting();
    const address = `${path}?t=${await tokenOf()}`;

    const put = await visit.ask(address, { method: 'PUT' });
    const json = await visit.ask(address, { form: '{}', contentType: 'application/json' });
    const large = await visit.ask(address, { form: 'x'.repeat(16 * 1024 + 1) });
    const broken = await visit.ask(address, { form: 'x', contentType: 'multipart/form-data' });

    expect([put, json, large, broken].map(({ statusCode }) => statusCode)).toEqual([
      405, 415, 413, 415,
    ]);
    expect(put.headers['Allow']).toBe('GET, HEAD, POST');
    expect(await effectsOf(visit)).toEqual(noEffects);
  });

  test('says what to do about a token that does not hold, and does nothing', async () => {
    const visit = visiting();
    const good = await tokenOf();
    const tokens = [
      '',
      `${good.slice(0, -3)}xxx`,
      await tokenOf({ expiresAt: '2026-11-22T12:00:00.000Z' }),
      await tokenOf({ shop: 'elsewhere' }),
    ];

    for (const token of tokens) {
      const got = await visit.ask(`${path}?t=${token}`);
      const posted = await visit.ask(`${path}?t=${token}`, { form: `${oneClick}&score=5&c=email` });

      expect([got.statusCode, posted.statusCode]).toEqual([400, 400]);
      expect(got.body).toMatch(/message|Links in our messages/);
    }
    expect(await effectsOf(visit)).toEqual(noEffects);
  });
});

test('a link that has expired leads to the shop’s help', async () => {
  const token = await tokenOf({ expiresAt: '2026-11-22T12:00:00.000Z' });

  const { body } = await visiting().ask(`/survey?t=${token}`);

  expect(body).toContain('This link has expired');
  expect(body).toContain('href="https://www.hearth.example/help"');
});

test('who is known by nothing is told so, and nothing is done', async () => {
  const visit = visiting();
  const token = await tokenOf({ customerId: undefined });

  const answers = await Promise.all([
    visit.ask(`/unsubscribe?t=${token}`),
    visit.ask(`/unsubscribe?t=${token}`, { form: oneClick }),
    visit.ask(`/preferences?t=${token}`, { form: '' }),
    visit.ask(`/consent?t=${token}`, { form: 'c=email' }),
  ]);

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([422, 422, 422, 422]);
  expect(answers[0]?.body).toContain('We do not know whom this is about');
  expect(await effectsOf(visit)).toEqual(noEffects);
});

describe('unsubscribing', () => {
  test.each([
    ['a form', oneClick, 'application/x-www-form-urlencoded'],
    [
      'a form of several parts',
      `--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n`,
      'multipart/form-data; boundary=b',
    ],
  ])(
    'by one click, sent as %s, is done at once and answered plainly',
    async (_, form, contentType) => {
      const visit = visiting();

      const answer = await visit.ask(`/unsubscribe?t=${await tokenOf()}`, { form, contentType });

      expect(answer).toMatchObject({ statusCode: 200, body: 'You are unsubscribed\n' });
      expect(answer.headers['Content-Type']).toBe('text/plain; charset=utf-8');
      expect(visit.told).toMatchObject([
        {
          type: 'ConsentChanged',
          detail: {
            shop: 'hearth',
            customerId: 'c-17',
            purpose: 'marketing',
            channel: 'email',
            state: 'withdrawn',
            source: 'one-click',
          },
        },
      ]);
      expect(await visit.heard()).toEqual({ unsubscribed: visit.clock.now });
    },
  );

  test('by the button is confirmed by a page', async () => {
    const visit = visiting();

    const { body } = await visit.ask(`/unsubscribe?t=${await tokenOf()}`, { form: '' });

    expect(body).toContain('<h1>You are unsubscribed</h1>');
    expect(visit.told).toMatchObject([{ detail: { source: 'unsubscribe-page' } }]);
  });

  test('twice is one event, and none once it is known', async () => {
    const visit = visiting();
    const address = `/unsubscribe?t=${await tokenOf()}`;
    const since = visiting({ consents: [said(), said({ eventId: 'x', state: 'withdrawn' })] });

    await visit.ask(address, { form: oneClick });
    await visit.ask(address, { form: '' });
    const known = await since.ask(address, { form: oneClick });

    expect(new Set(visit.told.map(({ detail }) => detail.eventId)).size).toBe(1);
    expect(known.statusCode).toBe(200);
    expect(since.told).toEqual([]);
  });

  test('by the same link after having agreed again is an event of its own', async () => {
    const address = `/unsubscribe?t=${await tokenOf()}`;
    const before = visiting();
    const after = visiting({ consents: [said({ at: '2026-11-25T12:00:00.000Z' })] });

    await before.ask(address, { form: oneClick });
    await after.ask(address, { form: oneClick });

    expect(after.told[0]?.detail.eventId).not.toBe(before.told[0]?.detail.eventId);
  });
});

describe('preferences', () => {
  const ticked = (body: string): readonly string[] =>
    [...body.matchAll(/value="([\w.]+)" checked/g)].map(([, value = '']) => value);

  test('show what holds now, by the policy’s rules', async () => {
    const { body } = await visiting({
      consents: [said(), said({ purpose: 'service', channel: 'sms', state: 'withdrawn' })],
    }).ask(`/preferences?t=${await tokenOf()}`);

    expect(ticked(body)).toEqual(['service.email', 'service.push', 'marketing.email']);
    expect(body).toContain('cannot be turned off');
  });

  test('tell what differs only, and show it as saved', async () => {
    const visit = visiting();
    const form = 'on=service.email&on=service.sms&on=marketing.email&on=marketing.sms&on=x.y';

    const { body } = await visit.ask(`/preferences?t=${await tokenOf()}`, { form });

    expect(visit.told.map(({ detail }) => detail)).toMatchObject([
      { purpose: 'service', channel: 'push', state: 'withdrawn', source: 'preference-centre' },
      { purpose: 'marketing', channel: 'sms', state: 'granted', confirmed: false },
    ]);
    expect(ticked(body)).toEqual([
      'service.email',
      'service.sms',
      'marketing.email',
      'marketing.sms',
    ]);
    expect(body).toContain('role="status"');
  });

  test('saved as they are tell nothing', async () => {
    const visit = visiting();
    const form = 'on=service.email&on=service.sms&on=service.push&on=marketing.email';

    const { body } = await visit.ask(`/preferences?t=${await tokenOf()}`, { form });

    expect(visit.told).toEqual([]);
    expect(body).toContain('Nothing has changed');
  });

  test('agreed to by the link of an e-mail are confirmed for e-mail', async () => {
    const visit = visiting({ consents: [] });

    await visit.ask(`/preferences?t=${await tokenOf()}`, { form: 'on=marketing.email' });

    expect(visit.told.map(({ detail }) => detail)).toContainEqual(
      expect.objectContaining({ channel: 'email', state: 'granted', confirmed: true }),
    );
  });
});

test('everything that pages tell is taken in as it is', async () => {
  const visit = visiting({ consents: [] });
  const token = await tokenOf();
  await visit.ask(`/unsubscribe?t=${token}`, { form: oneClick });
  await visit.ask(`/preferences?t=${token}`, { form: 'on=marketing.audience' });
  await visit.ask(`/survey?t=${token}`, { form: `score=1&comment=${'ü'.repeat(2000)}` });
  await visit.ask(`/consent?t=${token}`, { form: 'c=email' });

  const taken = visit.told.map(({ type, detail }) =>
    parseEvent(JSON.stringify({ source: CUSTOMER_SOURCE, 'detail-type': type, detail }), [
      touched.shop,
    ]),
  );

  expect(taken.length).toBeGreaterThan(5);
  expect(taken.filter(({ ok }) => !ok)).toEqual([]);
});
