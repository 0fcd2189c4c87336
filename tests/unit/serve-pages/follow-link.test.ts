import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifyLink } from '#core/adapters/jose-link-signer.ts';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import { trackedLinks } from '#core/domain/messages/message-links.ts';
import { claims, effectsOf, key, noEffects, startsAt, tokenOf, visiting } from './visiting.ts';

const product = 'https://www.hearth.example/products/mill?ref=mail#care';

/** Without the name of the click, which the shop's own pages get besides. */
const withoutClick = (location: string | undefined): string =>
  (location ?? '').replace(/[?&]ag_click=[\da-f]{40}/, '');

const clickOn = async (address: string, change: Parameters<typeof tokenOf>[0] = {}) => {
  const link = new URL(
    trackedLinks({ linksUrl: 'https://links.example' }, await tokenOf(change)).to(address),
  );
  return `${link.pathname}${link.search}`;
};

describe('a tracked link', () => {
  test('leads on to where the message said, and no address is learnt on the way', async () => {
    const answer = await visiting().ask(await clickOn(product));

    expect(answer).toMatchObject({
      statusCode: 302,
      headers: { 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' },
    });
    expect(withoutClick(answer.headers['Location'])).toBe(product);
  });

  test('hands the shop a name of the click, by which an order is credited to the message', async () => {
    const visit = visiting();

    const { headers } = await visit.ask(await clickOn(product));

    const id = new URL(headers['Location'] ?? '').searchParams.get('ag_click') ?? '';
    expect(await visit.attributions.byId('hearth', 'click', [id])).toEqual([
      {
        kind: 'click',
        id,
        shop: 'hearth',
        customerId: 'c-17',
        orderId: '100482',
        touchId: 'cross-sell:SKU-1',
        touch: 'cross-sell',
        purpose: 'marketing',
        channel: 'email',
        at: startsAt,
        expiresAt: '2026-11-29T12:20:00.000Z',
      },
    ]);
  });

  test('hands nobody else one', async () => {
    const { headers } = await visiting().ask(await clickOn('https://track.parcel.example/P1'));

    expect(headers['Location']).toBe('https://track.parcel.example/P1');
  });

  test('is one fact within the hour, without the query of the address', async () => {
    const visit = visiting();
    const click = await clickOn(product);

    await visit.ask(click);
    await visit.ask(click);
    visit.clock.now = '2026-11-22T13:00:00.000Z';
    await visit.ask(click);

    const details = visit.bus.events.map(({ detail }) =>
      outgoingEvents.MessageClicked.parse(detail),
    );
    expect(details[0]).toEqual({
      eventId: expect.stringMatching(
        /^clicked\/100482\/cross-sell:SKU-1\/[\da-f]{40}\/2026-11-22T12$/,
      ),
      occurredAt: startsAt,
      schemaVersion: 1,
      shop: 'hearth',
      orderId: '100482',
      touch: 'cross-sell',
      touchId: 'cross-sell:SKU-1',
      channel: 'email',
      messageId: 'ses-1',
      link: 'www.hearth.example/products/mill',
    });
    expect(new Set(details.map(({ eventId }) => eventId)).size).toBe(2);
    expect(await visit.heard()).toEqual({ clicked: startsAt });
  });

  test('that is only looked at by HEAD leads on and is no click', async () => {
    const visit = visiting();

    const { statusCode } = await visit.ask(await clickOn(product), { method: 'HEAD' });

    expect(statusCode).toBe(302);
    expect(await effectsOf(visit)).toEqual(noEffects);
  });

  test('is not posted to', async () => {
    const { statusCode, headers } = await visiting().ask(await clickOn(product), { form: '' });

    expect([statusCode, headers['Allow']]).toEqual([405, 'GET, HEAD']);
  });

  test('leads on even when the click cannot be told, which is reported', async () => {
    const broken = visiting({ busBreaks: () => true });
    const unknown = visiting();

    const answers = [
      await broken.ask(await clickOn(product)),
      await unknown.ask(await clickOn(product, { touchId: 'never-sent' })),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([302, 302]);
    expect(broken.reports).toEqual(['a click was not recorded']);
    expect(unknown.reports).toEqual(['a click was not recorded']);
  });

  test.each([
    ['order-status', 'https://www.hearth.example/orders/status'],
    ['review', 'https://www.hearth.example/review?sku=A%26B'],
  ] as const)(
    'to the shop’s page %s gets that page’s own token for a day',
    async (audience, page) => {
      const { headers } = await visiting().ask(await clickOn(page));

      const location = new URL(headers['Location'] ?? '');
      const token = location.searchParams.get('t') ?? '';
      location.searchParams.delete('t');
      location.searchParams.delete('ag_click');
      const check = { audience, keys: [key] };
      expect(location.href.replace(/\?$/, '')).toBe(page);
      expect(await verifyLink(token, { ...check, now: '2026-11-23T12:19:59.000Z' })).toEqual({
        shop: 'hearth',
        orderId: '100482',
        touch: 'cross-sell',
      });
      await expect(
        verifyLink(token, { ...check, now: '2026-11-23T12:20:01.000Z' }),
      ).rejects.toThrow('exp');
    },
  );

  test('to a place that only begins like a page gets no token', async () => {
    const { headers } = await visiting().ask(
      await clickOn('https://www.hearth.example/review/../reviewers'),
    );

    expect(withoutClick(headers['Location'])).toBe('https://www.hearth.example/reviewers');
  });

  test.each([
    [
      'a token that was altered',
      async () => `/c?t=${(await tokenOf()).slice(0, -2)}xx&u=${product}`,
    ],
    ['no token', async () => `/c?u=${product}`],
    ['an expired token', () => clickOn(product, { expiresAt: startsAt })],
    ['an address of another host', () => clickOn('https://evil.example/')],
    ['our own link, which would lead on', () => clickOn('https://links.hearth.example/c?u=x')],
    ['no address', async () => `/c?t=${await tokenOf()}`],
  ])('with %s leads nowhere', async (_, address) => {
    const visit = visiting();

    const { statusCode, headers } = await visit.ask(await address());

    expect(statusCode).toBe(400);
    expect(headers).not.toHaveProperty('Location');
    expect(await effectsOf(visit)).toEqual(noEffects);
  });

  test('writes a backslash behind the address so that nothing reads it as a slash', async () => {
    const { headers } = await visiting().ask(
      await clickOn('https://www.hearth.example/mugs?a=\\b#\\c'),
    );

    expect(withoutClick(headers['Location'])).toBe('https://www.hearth.example/mugs?a=%5Cb#%5Cc');
  });

  test('never leads to a host that the shop does not vouch for, whatever trick the address plays', async () => {
    const visit = visiting();
    const token = await tokenOf();
    const hosts = [
      'www.hearth.example',
      'evil.example',
      'track.parcel.example',
      'links.hearth.example',
    ];
    const part = fc.constantFrom(
      ...hosts,
      'https://',
      'http://',
      '//',
      '/',
      '\\',
      '@',
      ':',
      ':443',
      ':8443',
      '.',
      '%2F',
      '%40',
      'javascript:',
      'data:',
      '\t',
      '\r\nLocation: ',
      '#',
      '?',
      '&',
      'u=',
      '\u202E',
      'ⓦ',
      ' ',
    );
    let led = 0;
    const allowed = new Set([
      'www.hearth.example',
      'track.parcel.example',
      'access.hearth.example',
    ]);

    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 7 }), async (parts) => {
        const address = `${parts[0] === 'https://' ? '' : 'https://'}${parts.join('')}`;
        const { headers } = await visit.ask(`/c?t=${token}&u=${encodeURIComponent(address)}`);

        const location = headers['Location'];
        if (location === undefined) return;
        led += 1;
        const { protocol, host, username } = new URL(location);
        expect([protocol, username, allowed.has(host)]).toEqual(['https:', '', true]);
        expect(location).not.toMatch(/[\r\n\t\\]/);
      }),
      { numRuns: 500 },
    );

    expect(led).toBeGreaterThan(5);
  });
});

describe('a short link', () => {
  const link = { ...claims, url: 'https://track.parcel.example/1', expiresAt: claims.expiresAt };
  const shortLinks = {
    good: link,
    expired: { ...link, expiresAt: startsAt },
    elsewhere: { ...link, url: 'https://evil.example/' },
    foreign: { ...link, shop: 'gone' },
    status: { ...link, url: 'https://www.hearth.example/orders/status' },
  };

  test('leads on as a tracked one does, and is a click', async () => {
    const visit = visiting({ shortLinks });

    const answer = await visit.ask('/s/good');
    const page = await visit.ask('/s/status');

    expect(answer).toMatchObject({ statusCode: 302, headers: { Location: link.url } });
    expect(page.headers['Location']).toMatch(/^https:\/\/www\.hearth\.example\/orders\/status\?t=/);
    expect(visit.bus.events).toHaveLength(2);
  });

  test.each([
    ['expired', 404],
    ['unknown', 404],
    ['foreign', 404],
    ['elsewhere', 400],
    ['a/b', 404],
    ['..', 404],
  ])('%s leads nowhere', async (name, status) => {
    const visit = visiting({ shortLinks });

    const { statusCode, headers } = await visit.ask(`/s/${name}`);

    expect(statusCode).toBe(status);
    expect(headers).not.toHaveProperty('Location');
    expect(await effectsOf(visit)).toEqual(noEffects);
  });
});

describe('every answer', () => {
  test('of a page loads the shop’s pictures and one style, runs nothing and is kept by nobody', async () => {
    const { headers, body } = await visiting().ask(`/preferences?t=${await tokenOf()}`);

    const style = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] ?? '';
    const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
    const hash = Buffer.from(bytes).toString('base64');
    expect(headers).toMatchObject({
      'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${hash}'; img-src https:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex, nofollow',
    });
    expect(headers['Permissions-Policy']).toContain('camera=()');
    expect(body).not.toMatch(/<script|<link|\son\w+=|style="/i);
    expect(Buffer.byteLength(body)).toBeLessThan(12_000);
  });

  test('to a path that there is not is a page that says so', async () => {
    const answers = await Promise.all(
      ['/', '/nothing', '/survey/x', '/wp-login.php'].map((path) => visiting().ask(path)),
    );

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404]);
    expect(answers[0]?.headers['Content-Type']).toBe('text/html; charset=utf-8');
    expect(answers[0]?.body).toContain('There is nothing here');
  });

  test('of a problem speaks the browser’s language where nobody is known', async () => {
    const { body } = await visiting().ask('/nothing', {
      headers: { 'accept-language': 'de-CH,de;q=0.9,en;q=0.5' },
    });

    expect(body).toContain('Hier ist nichts');
  });
});
