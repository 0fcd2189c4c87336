import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newCustomer } from '#core/domain/customers/customer.ts';
import { MAX_BODY_BYTES, problemDocument } from '#core/contracts/session-api.ts';
import { shopKey } from '#core/adapters/shop-key.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemorySessions } from '#tests/fakes/in-memory-sessions.ts';
import { inMemoryToldEvents } from '#tests/fakes/in-memory-told-events.ts';
import { minute } from '#tests/unit/sessions/sessions.ts';
import { master, orderToken, tokenOrder } from '#tests/unit/sessions/tokens.ts';
import { holdoutOf, item, offer, sessionIn, setUp } from './set-up.ts';

const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);

const { customerId: _, ...guestOrder } = tokenOrder();

describe('a page that is opened', () => {
  test('is answered with what it shows, and is a session from then on', async () => {
    const { post, sessions } = setUp();

    const answer = await post();

    expect(answer.status).toBe(201);
    expect(sessionIn(answer)).toMatchObject({
      locale: 'en-GB',
      expiresAt: minute(24 * 60),
      offers: [
        {
          slot: 1,
          type: 'upsell',
          headline: 'beans, in English',
          imageUrl: 'https://static.hearth.example/SKU-beans.jpg',
          product: { sku: 'SKU-beans', name: 'The SKU-beans', price: '€12.90' },
          state: 'open',
        },
      ],
    });
    expect(sessions.all()).toMatchObject([
      { orderId: '100482', customerId: 'c-17', version: 1, isHeldOut: false },
    ]);
  });

  test('keeps how it was decided, to be explained and evaluated later', async () => {
    const { post, sessions } = setUp();

    await post();

    const [session] = sessions.all();
    expect(session?.decision).toMatchObject({
      seed: session?.sessionId,
      snapshot: `${minute(0)}/new`,
      candidates: 1,
      placed: [{ offerId: 'beans', slot: 1 }],
    });
    expect(session?.offers[0]).toMatchObject({
      propensity: expect.any(Number),
      success: 'confirmation',
    });
  });

  test('is told, with the arm of a customer who is known', async () => {
    const { post, told, bus } = setUp({ experiments: holdoutOf(0.0001) });

    await post();

    expect(typesOf(told.events)).toEqual(['SessionOpened']);
    expect(bus.events).toMatchObject([
      {
        type: 'ExposureRecorded',
        detail: { experiment: 'holdout', arm: 'treated', customerId: 'c-17', orderId: '100482' },
      },
    ]);
  });

  test('is told without an arm of a guest, and where nobody is held out', async () => {
    const guests = setUp({ experiments: holdoutOf(1) });
    const without = setUp();

    const answer = await guests.post({ order: guestOrder });
    await without.post();

    expect(sessionIn(answer).offers).toHaveLength(1);
    expect([...guests.bus.events, ...without.bus.events]).toEqual([]);
  });

  test('by text/plain in base64 is the same', async () => {
    const { ask } = setUp();

    const { status } = await ask('POST', '/sessions', {
      body: { orderToken: await orderToken() },
      isBase64: true,
      headers: { 'content-type': 'text/plain;charset=UTF-8' },
    });

    expect(status).toBe(201);
  });
});

describe('a customer who is held out', () => {
  const setting = { experiments: holdoutOf(1) };

  test('is shown nothing, and is told of as such', async () => {
    const { post, sessions, told, bus } = setUp(setting);

    const answer = sessionIn(await post());

    expect(answer).toMatchObject({ offers: [], prompts: {}, guides: [] });
    expect(sessions.all()[0]).not.toHaveProperty('decision');
    expect(sessions.all()[0]?.isHeldOut).toBe(true);
    expect(typesOf(told.events)).toEqual(['SessionOpened']);
    expect(bus.events).toMatchObject([{ detail: { arm: 'holdout' } }]);
  });

  test('is so by the id that was known first, whatever they are called now', async () => {
    const experiments = holdoutOf(0.5);
    const arms = new Set<boolean | undefined>();
    for (let index = 0; index < 12; index += 1) {
      const assignment = { id: 'the-first', since: minute(-9) };
      const { post, sessions } = setUp({
        experiments,
        customers: [{ ...newCustomer('hearth', `c-${index}`), assignment, version: 1 }],
      });
      await post({ order: tokenOrder({ customerId: `c-${index}` }) });
      arms.add(sessions.all()[0]?.isHeldOut);
    }

    expect(arms.size).toBe(1);
  });

  test('is known by the customer that they turned out to be', async () => {
    const { post, sessions, bus } = setUp({
      ...setting,
      customers: [
        { ...newCustomer('hearth', 'c-17'), mergedInto: 'c-1', version: 1 },
        { ...newCustomer('hearth', 'c-1'), merged: { 'c-17': minute(-1) }, version: 1 },
      ],
    });

    await post();

    expect(sessions.all()[0]?.customerId).toBe('c-1');
    expect(bus.events).toMatchObject([{ detail: { customerId: 'c-1' } }]);
  });
});

describe('a page that is opened again', () => {
  test('is the same, whatever the new token says of the order', async () => {
    const { clock, post, sessions } = setUp();
    const first = sessionIn(await post());
    clock.minute = 50;

    const answer = await post({ order: tokenOrder({ totalMinor: 1, locale: 'de-DE' }) });

    expect(answer.status).toBe(200);
    expect(sessionIn(answer)).toEqual(first);
    expect(sessions.all()).toMatchObject([{ version: 1 }]);
  });

  test('is closed after a day', async () => {
    const { clock, post } = setUp();
    await post();
    clock.minute = 24 * 60;

    const { status, body } = await post();

    expect(status).toBe(410);
    expect(problemDocument.parse(body).type).toBe('urn:afterglow:problem:session-closed');
  });

  test('is told once an hour, as seen again', async () => {
    const { clock, post, told } = setUp();
    for (const at of [0, 5, 50, 55]) {
      clock.minute = at;
      await post();
    }

    const ids = new Set(told.events.map(({ detail }) => detail.eventId));
    expect([...ids].map((id) => id.split('/')[0])).toEqual(['session-opened', 'session-viewed']);
  });

  test('by two at the same time is one session, decided once', async () => {
    const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
    const sessions = inMemorySessions([], pause);
    const { post } = setUp({ deps: { sessions } });

    const answers = await Promise.all([post(), post(), post()]);

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  test('after the bus was away tells what was not told', async () => {
    const told = inMemoryToldEvents(breaksOnce());
    const bus = inMemoryEventBus(breaksOnce());
    const { post, sessions, reported } = setUp({
      experiments: holdoutOf(0.0001),
      deps: { told, publisher: bus },
    });

    const failed = await post();
    const answer = await post();

    expect([failed.status, answer.status]).toEqual([500, 200]);
    expect(reported).toHaveLength(1);
    expect(sessions.all()).toHaveLength(1);
    expect(typesOf([...told.events, ...bus.events])).toEqual(['SessionOpened', 'ExposureRecorded']);
  });

  test('is opened in full when the table was away', async () => {
    const breaks = breaksOnce();
    const stored = inMemorySessions();
    const { post } = setUp({
      deps: {
        sessions: {
          ...stored,
          write: (session) =>
            breaks() ? Promise.reject(new Error('no table')) : stored.write(session),
        },
      },
    });

    const failed = await post();
    const answer = await post();

    expect([failed.status, answer.status]).toEqual([500, 201]);
    expect(failed.text).not.toContain('table');
  });
});

describe('a page that asks how things are', () => {
  test('is answered as when it was opened', async () => {
    const { post, get } = setUp();
    const session = sessionIn(await post());

    const answer = await get(session.sessionId, session.sessionToken);

    expect(answer.status).toBe(200);
    expect(sessionIn(answer)).toEqual(session);
  });

  test('with the token of another page learns not even that there is one', async () => {
    const { post, get } = setUp();
    const mine = sessionIn(await post());
    const other = sessionIn(await post({ orderId: '100483' }));

    const foreign = await get(other.sessionId, mine.sessionToken);
    const none = await get('f'.repeat(32), mine.sessionToken);

    expect(foreign.status).toBe(404);
    expect(foreign.text).toBe(none.text);
  });

  test('is told off without a token, with the shop’s, and with one that is over', async () => {
    const { clock, post, get, ask } = setUp();
    const { sessionId, sessionToken } = sessionIn(await post());

    const bare = await ask('GET', `/sessions/${sessionId}`);
    const shops = await get(sessionId, await orderToken());
    clock.minute = 24 * 60;
    const late = await get(sessionId, sessionToken);

    for (const { status, headers, text } of [bare, shops, late]) {
      expect(status).toBe(401);
      expect(headers['www-authenticate']).toBe('Bearer realm="session"');
      expect(text).not.toContain(sessionToken);
    }
  });
});

describe('a request that is not answered', () => {
  test.each([
    ['GET', '/sessions'],
    ['PUT', '/sessions'],
    ['DELETE', `/sessions/${'0'.repeat(32)}`],
    ['POST', `/sessions/${'0'.repeat(32)}`],
    ['GET', '/sessions/../orders'],
    ['GET', '/'],
  ])('is %s %s', async (method, path) => {
    expect((await setUp().ask(method, path)).status).toBe(404);
  });

  test.each([
    ['a body that is no JSON', 'token=x', 400],
    ['a body of a megabyte', `{"orderToken":"${'x'.repeat(1024 * 1024)}"}`, 413],
    ['a body just too large', ' '.repeat(MAX_BODY_BYTES + 1), 413],
    ['no token', '{}', 400],
    ['a token too long', `{"orderToken":"${'x'.repeat(25_000)}"}`, 400],
    ['something that is no token', '{"orderToken":"x"}', 401],
  ])('has %s', async (_name, text, expected) => {
    const { ask, sessions } = setUp();

    const { status, body } = await ask('POST', '/sessions', { text });

    expect(status).toBe(expected);
    expect(problemDocument.parse(body).status).toBe(expected);
    expect(sessions.all()).toEqual([]);
  });

  test('has a token of a shop that is not of this deployment', async () => {
    const { status, body } = await setUp().post({ shop: 'elsewhere' });

    expect({ status, detail: body['detail'] }).toEqual({
      status: 401,
      detail: 'the token was not accepted: its iss is no shop of this deployment',
    });
  });

  test('has a token that another shop signed, and gets neither token nor order back', async () => {
    const key = shopKey(master, 'northside');

    const { status, text } = await setUp().post({ key });

    expect(status).toBe(401);
    expect(text).not.toMatch(/100482|c-17|HG-ESP|eyJ/);
  });

  test('has a token that was sent once before, a while ago', async () => {
    const { clock, ask } = setUp();
    const body = { orderToken: await orderToken() };
    await ask('POST', '/sessions', { body });
    clock.minute = 12;

    expect((await ask('POST', '/sessions', { body })).status).toBe(401);
  });
});

describe('laws of sessions', () => {
  const ids = fc.string({ minLength: 1, maxLength: 20 });

  test('every order has a session of its own, and always the same', async () => {
    const { post } = setUp();
    await fc.assert(
      fc.asyncProperty(ids, ids, async (one, other) => {
        const [first, again, second] = [
          sessionIn(await post({ orderId: one })),
          sessionIn(await post({ orderId: one })),
          sessionIn(await post({ orderId: other })),
        ];

        expect(again).toEqual(first);
        expect(second.sessionId === first.sessionId).toBe(one === other);
      }),
      { numRuns: 30 },
    );
  });

  test('a token opens the page of its order and of no other', async () => {
    const { post, get } = setUp({ offers: [offer('beans')], items: [item('SKU-beans')] });
    await fc.assert(
      fc.asyncProperty(ids, ids, async (one, other) => {
        const mine = sessionIn(await post({ orderId: one }));
        const theirs = sessionIn(await post({ orderId: other }));

        const { status } = await get(theirs.sessionId, mine.sessionToken);

        expect(status).toBe(one === other ? 200 : 404);
      }),
      { numRuns: 30 },
    );
  });
});
