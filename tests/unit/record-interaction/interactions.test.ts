import { describe, expect, test } from 'vitest';
import { interactionsAnswer, problemDocument } from '#core/contracts/session-api.ts';
import { acceptanceDue } from '#lambdas/expire-acceptance/contract.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { inMemoryScheduler } from '#tests/fakes/in-memory-scheduler.ts';
import { inMemorySessions } from '#tests/fakes/in-memory-sessions.ts';
import { inMemoryToldEvents } from '#tests/fakes/in-memory-told-events.ts';
import { hearth, minute, SESSION_ID } from '#tests/unit/sessions/sessions.ts';
import { orderToken, sessionTokens } from '#tests/unit/sessions/tokens.ts';
import { page, setUp, typesOf } from './set-up.ts';

const path = `/sessions/${SESSION_ID}/interactions`;

describe('what is done on a page', () => {
  test('is answered with what has become of the offers that were named', async () => {
    const { say } = setUp();

    const { status, body } = await say([1, 'accepted'], [2, 'dismissed'], [3, 'viewed']);

    expect(status).toBe(200);
    expect(interactionsAnswer.parse(body).offers).toEqual([
      { impressionId: `${SESSION_ID}-1`, state: 'pending' },
      { impressionId: `${SESSION_ID}-2`, state: 'dismissed' },
      { impressionId: `${SESSION_ID}-3`, state: 'open' },
    ]);
  });

  test('counts a showing once it was seen, and tells of it', async () => {
    const { say, countOf, told, histories } = setUp();

    await say([1, 'viewed']);

    expect(await countOf('offer-1')).toEqual({ shown: 1, accepted: 0 });
    expect(typesOf(told.events)).toEqual(['OfferShown']);
    expect(await histories.of('hearth', ['c-17'])).toEqual([
      { offerId: 'offer-1', kind: 'shown', at: minute(1) },
    ]);
  });

  test('said again is told again by the same ids, and counted no more', async () => {
    const { clock, say, countOf, counts, told, sessions } = setUp();
    await say([1, 'accepted'], [2, 'clicked']);
    clock.minute = 5;

    await say([1, 'accepted'], [2, 'clicked']);

    const ids = told.events.map(({ detail }) => JSON.stringify(detail));
    expect(ids).toHaveLength(8);
    expect(new Set(ids).size).toBe(4);
    expect(await countOf('offer-1')).toEqual({ shown: 1, accepted: 0 });
    expect(await countOf('offer-2')).toEqual({ shown: 1, accepted: 1 });
    expect(await counts.spentOf('hearth')).toEqual(new Map([['offer-2', 30]]));
    expect(sessions.all()).toMatchObject([{ version: 2 }]);
  });

  test('at the same time by several is all kept, and counted once', async () => {
    const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
    const sessions = inMemorySessions([page], pause);
    const { say, countOf } = setUp({ deps: { sessions } });

    await Promise.all([
      say([1, 'viewed']),
      say([2, 'viewed']),
      say([1, 'viewed']),
      say([3, 'clicked']),
    ]);

    expect((await sessions.find(SESSION_ID))?.offers.map(({ viewedAt }) => viewedAt)).toEqual([
      minute(1),
      minute(1),
      minute(1),
      undefined,
    ]);
    for (const offer of ['offer-1', 'offer-2', 'offer-3'])
      expect(await countOf(offer)).toEqual({ shown: 1, accepted: 0 });
  });

  test('by a guest is counted, and remembered of nobody', async () => {
    const { say, countOf, histories } = setUp({ session: { ...page, customerId: undefined } });

    await say([1, 'viewed']);

    expect(await countOf('offer-1')).toEqual({ shown: 1, accepted: 0 });
    expect(await histories.of('hearth', ['undefined', ''])).toEqual([]);
  });
});

describe('a product that is accepted', () => {
  test('is asked of the order system, at the price that was shown and for a while', async () => {
    const { say, told, accepts } = setUp();

    await say([1, 'accepted']);

    expect(told.events[1]).toMatchObject({
      type: 'OfferAccepted',
      detail: {
        adds: {
          sku: 'SKU-1',
          quantity: 1,
          unitPrice: { amountMinor: 1290, currency: 'EUR' },
          to: 'order',
          validUntil: minute(16),
        },
      },
    });
    expect(accepts).toEqual([1]);
  });

  test('is watched: just after its time expire-acceptance is called, once', async () => {
    const { say, scheduler } = setUp();

    await say([1, 'accepted']);
    await say([1, 'accepted']);

    const [due, ...others] = scheduler.waiting();
    expect(others).toEqual([]);
    expect(due?.name).toMatch(/^[\w.-]{1,64}$/);
    expect(Date.parse(due?.at ?? '') - Date.parse(minute(16))).toBe(2000);
    expect(acceptanceDue.parse(due?.payload)).toEqual({
      sessionId: SESSION_ID,
      impressionId: `${SESSION_ID}-1`,
    });
  });

  test('is not kept where its time cannot be watched: nobody would end the wait', async () => {
    const { say, stored } = setUp({
      deps: {
        schedule: async () => {
          throw new Error('Scheduler cannot be reached');
        },
      },
    });

    expect(await say([1, 'accepted'])).toMatchObject({ status: 500 });

    expect(await stored(1)).not.toHaveProperty('acceptance.state', 'pending');
  });

  test('is no success yet: nobody has it', async () => {
    const { say, countOf } = setUp();

    await say([1, 'accepted']);

    expect(await countOf('offer-1')).toEqual({ shown: 1, accepted: 0 });
  });

  test('becomes an order of its own where the shop says so, and has the time that it says', async () => {
    const { confirmation } = hearth();
    const { say, told } = setUp({
      shop: { confirmation: { ...confirmation, acceptTo: 'new-order', confirmWithinMinutes: 60 } },
    });

    await say([1, 'accepted']);

    expect(told.events[1]?.detail).toMatchObject({
      adds: { to: 'new-order', validUntil: minute(61) },
    });
  });
});

describe('an interaction that breaks off', () => {
  test.each([
    ['the bus', { told: inMemoryToldEvents(breaksOnce()) }],
    ['Scheduler', { schedule: inMemoryScheduler(breaksOnce()).schedule }],
  ])('at %s is made good when it is said again', async (_, deps) => {
    const world = setUp({ deps });

    const failed = await world.say([1, 'accepted']);
    const again = await world.say([1, 'accepted']);

    expect([failed.status, again.status]).toEqual([500, 200]);
    expect(world.reported).toHaveLength(1);
    const { told } = { ...world, ...deps };
    expect(typesOf(told.events)).toEqual(['OfferShown', 'OfferAccepted']);
  });
});

describe('an interaction that is not taken', () => {
  const token = (sessionId = SESSION_ID) =>
    sessionTokens.sign({ use: 'session', sessionId, expiresAt: minute(24 * 60) });
  const viewed = [{ impressionId: `${SESSION_ID}-1`, kind: 'viewed' }];

  test('has the token of another session, and learns not even that there is one', async () => {
    const { ask, sessions } = setUp();
    const body = { sessionToken: await token('f'.repeat(32)), interactions: viewed };

    const foreign = await ask('POST', path, { body });
    const none = await ask('POST', `/sessions/${'f'.repeat(32)}/interactions`, { body });

    expect([foreign.status, none.status]).toEqual([404, 404]);
    expect(foreign.text).toBe(none.text);
    expect(sessions.all()).toEqual([page]);
  });

  test.each([
    [
      'a link',
      () =>
        sessionTokens.sign({
          use: 'visit',
          sessionId: SESSION_ID,
          impressionId: `${SESSION_ID}-2`,
          expiresAt: minute(99),
        }),
    ],
    ['an order', () => orderToken()],
    ['nothing', async () => 'a.b.c'],
    [
      'a session that is over',
      () => sessionTokens.sign({ use: 'session', sessionId: SESSION_ID, expiresAt: minute(0) }),
    ],
  ])('has the token of %s', async (_, make) => {
    const { ask, sessions, told } = setUp();
    const sessionToken = await make();

    const { status, text } = await ask('POST', path, {
      body: { sessionToken, interactions: viewed },
    });

    expect(status).toBe(401);
    expect(text).not.toContain(sessionToken);
    expect([sessions.all(), told.events]).toEqual([[page], []]);
  });

  test.each<[string, readonly unknown[], string]>([
    [
      'of an offer that is not on the page',
      [{ impressionId: 'x', kind: 'viewed' }],
      'unknown-impression',
    ],
    [
      'that accepts what leads somewhere',
      [{ impressionId: `${SESSION_ID}-2`, kind: 'accepted' }],
      'not-a-product',
    ],
    [
      'of a kind there is not',
      [{ impressionId: `${SESSION_ID}-1`, kind: 'bought' }],
      'bad-request',
    ],
    ['of nothing', [], 'bad-request'],
    ['of too much', Array.from({ length: 31 }, () => viewed[0]), 'bad-request'],
  ])('is one %s', async (_, interactions, problem) => {
    const { ask, sessions } = setUp();

    const { status, body } = await ask('POST', path, {
      body: { sessionToken: await token(), interactions },
    });

    expect(status).toBe(400);
    expect(problemDocument.parse(body).type).toBe(`urn:afterglow:problem:${problem}`);
    expect(sessions.all()).toEqual([page]);
  });

  test('has a body of a megabyte', async () => {
    const text = `{"sessionToken":"${'x'.repeat(1024 * 1024)}"}`;

    expect((await setUp().ask('POST', path, { text })).status).toBe(413);
  });

  test('comes when the page is closed, though its token still holds', async () => {
    const { clock, ask } = setUp();
    clock.minute = 24 * 60;
    const sessionToken = await sessionTokens.sign({
      use: 'session',
      sessionId: SESSION_ID,
      expiresAt: minute(24 * 60 + 1),
    });

    const { status } = await ask('POST', path, { body: { sessionToken, interactions: viewed } });

    expect(status).toBe(410);
  });

  test.each([
    ['GET', path],
    ['POST', `/sessions/${SESSION_ID}`],
    ['POST', '/sessions/short/interactions'],
    ['DELETE', path],
  ])('is none: %s %s', async (method, where) => {
    expect((await setUp().ask(method, where)).status).toBe(404);
  });
});
