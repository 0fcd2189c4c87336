import { describe, expect, test } from 'vitest';
import { inMemoryToldEvents } from '#tests/fakes/in-memory-told-events.ts';
import { byTheClick, minute, sessionOf, SESSION_ID } from '#tests/unit/sessions/sessions.ts';
import { sessionTokens } from '#tests/unit/sessions/tokens.ts';
import { JOIN_URL, page, setUp, typesOf } from './set-up.ts';

const wayOf = ({ headers }: { readonly headers: Readonly<Record<string, string>> }) =>
  new URL(headers['location'] ?? 'none:');

describe('the way to where an offer leads', () => {
  test('is the partner’s address with the showing, which the partner hands back', async () => {
    const { follow } = setUp();

    const answer = await follow(2);

    expect(answer.status).toBe(302);
    expect(wayOf(answer).href).toBe(
      `https://www.trailstay.example/huts?from=shop&ag_impression=${SESSION_ID}-2`,
    );
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
  });

  test('is the shop’s page with a token of its own', async () => {
    const { follow } = setUp();

    const way = wayOf(await follow(4));

    expect(way.origin + way.pathname).toBe(JOIN_URL);
    expect(way.searchParams.has('ag_impression')).toBe(false);
    expect(JSON.parse(way.searchParams.get('t') ?? '')).toEqual({
      audience: 'loyalty',
      shop: 'hearth',
      orderId: '100482',
      touch: 'confirmation-page',
      issuedAt: minute(1),
      expiresAt: minute(24 * 60 + 1),
    });
  });

  test('has no token where it is none of the shop’s pages', async () => {
    const url = 'https://elsewhere.example/club';
    const { follow } = setUp({
      session: sessionOf([byTheClick(1, { type: 'loyalty', partner: undefined, url })]),
    });

    expect(wayOf(await follow(1)).href).toBe(url);
  });

  test('records the click, once: it is what the partner pays for', async () => {
    const { clock, follow, countOf, counts, told, histories } = setUp();
    await follow(2);
    clock.minute = 7;

    await follow(2);

    expect(await countOf('offer-2')).toEqual({ shown: 1, accepted: 1 });
    expect(await counts.spentOf('hearth')).toEqual(new Map([['offer-2', 30]]));
    expect(typesOf(told.events.slice(0, 2))).toEqual(['OfferShown', 'OfferClicked']);
    expect(new Set(told.events.map(({ detail }) => detail.eventId)).size).toBe(2);
    expect((await histories.of('hearth', ['c-17'])).map(({ kind }) => kind).toSorted()).toEqual([
      'accepted',
      'shown',
    ]);
  });

  test('is no success where the partner pays for who buys', async () => {
    const { follow, countOf, counts } = setUp();

    await follow(3);

    expect(await countOf('offer-3')).toEqual({ shown: 1, accepted: 0 });
    expect(await counts.spentOf('hearth')).toEqual(new Map());
  });

  test('beyond a partner’s budget is led all the same, and reported', async () => {
    const { follow, counts, reports } = setUp();
    await counts.spend({ shop: 'hearth', offerId: 'offer-2' }, 80, 100);

    const { status } = await follow(2);

    expect(status).toBe(302);
    expect(reports).toEqual(["a partner's budget did not bear a success of offer offer-2"]);
  });

  test('is led though the click cannot be recorded, which is reported', async () => {
    const { follow, reports } = setUp({ deps: { told: inMemoryToldEvents(() => true) } });

    const { status } = await follow(2);

    expect(status).toBe(302);
    expect(reports).toEqual(['a click was not recorded']);
  });

  test.each([
    ['the head is asked for', {}, 'HEAD'],
    ['a browser fetches ahead', { 'sec-purpose': 'prefetch;anonymous-client-ip' }, 'GET'],
    ['a browser shows a preview', { purpose: 'preview' }, 'GET'],
    ['it is taken for a picture', { 'sec-fetch-dest': 'image' }, 'GET'],
  ])('records nothing when %s', async (_, headers, method) => {
    const { follow, told, stored } = setUp();

    const { status } = await follow(2, { headers }, method);

    expect(status).toBe(302);
    expect(told.events).toEqual([]);
    expect((await stored(2))?.clickedAt).toBeUndefined();
  });

  test('records who follows it in a new window', async () => {
    const { follow, stored } = setUp();

    await follow(2, { headers: { 'sec-fetch-dest': 'document' } });

    expect((await stored(2))?.clickedAt).toBe(minute(1));
  });
});

describe('no way', () => {
  const visitToken = (change: { sessionId?: string; impressionId?: string; at?: number } = {}) => {
    const { sessionId = SESSION_ID, impressionId = `${SESSION_ID}-2`, at = 99 } = change;
    return sessionTokens.sign({ use: 'visit', sessionId, impressionId, expiresAt: minute(at) });
  };
  const to = (impressionId: string, token: string, more = '') =>
    `/sessions/${SESSION_ID}/visits/${impressionId}?t=${token}${more}`;

  test.each<[string, () => Promise<string>]>([
    ['no token', async () => ''],
    ['a token of another offer', () => visitToken({ impressionId: `${SESSION_ID}-3` })],
    ['a token of another page', () => visitToken({ sessionId: 'f'.repeat(32) })],
    ['a token that is over', () => visitToken({ at: 0 })],
    [
      'the page’s own token',
      () => sessionTokens.sign({ use: 'session', sessionId: SESSION_ID, expiresAt: minute(99) }),
    ],
  ])('is with %s', async (_, make) => {
    const { ask, told } = setUp();

    const answer = await ask('GET', to(`${SESSION_ID}-2`, await make()));

    expect(answer.status).toBe(404);
    expect(answer.headers).not.toHaveProperty('location');
    expect(told.events).toEqual([]);
  });

  test('leads where a request wishes', async () => {
    const { ask } = setUp();
    const wish = '&url=https://evil.example&u=https://evil.example&to=//evil.example';

    const answer = await ask('GET', to(`${SESSION_ID}-2`, await visitToken(), wish));

    expect(wayOf(answer).host).toBe('www.trailstay.example');
    expect(answer.headers['location']).not.toContain('evil');
  });

  test.each([
    'javascript:alert(1)',
    'http://www.trailstay.example',
    '//evil.example',
    'nothing',
    undefined,
  ])('leads to %s, whatever was stored', async (url) => {
    const { follow } = setUp({ session: sessionOf([byTheClick(2, { url })]) });

    expect((await follow(2)).status).toBe(404);
  });

  test('is of a product: there is nowhere to go', async () => {
    expect((await setUp().follow(1)).status).toBe(404);
  });

  test('writes a line into the answer', async () => {
    const url = 'https://www.trailstay.example/a\r\nset-cookie: x=1';
    const { follow } = setUp({ session: sessionOf([byTheClick(2, { url })]) });

    expect((await follow(2)).headers['location']).not.toMatch(/[\r\n]/);
  });

  test('is of a page that is unknown', async () => {
    const { follow } = setUp({ session: { ...page, shop: 'closed-since' } });

    expect((await follow(2)).status).toBe(404);
  });
});
