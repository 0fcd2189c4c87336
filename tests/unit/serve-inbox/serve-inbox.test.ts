import { describe, expect, test } from 'vitest';
import { newCustomer } from '#core/domain/customers/customer.ts';
import type { ShopTokenCheck } from '#core/ports/shop-tokens.ts';
import { toHttp } from '#core/http/answer.ts';
import { inboxRequest } from '#lambdas/serve-inbox/contract.ts';
import { serveInbox } from '#lambdas/serve-inbox/serve-inbox.ts';
import { inMemoryCustomers } from '#tests/fakes/in-memory-customers.ts';
import { inMemoryInbox } from '#tests/fakes/in-memory-inbox.ts';
import { at } from '#tests/unit/orders/order-events.ts';

const TOKEN = 'the.shops.token';

const survivor = { ...newCustomer('hearth', 'c-1'), merged: { 'c-17': at(5) }, version: 1 };

const setUp = async (
  kept: readonly (readonly [customerId: string, hours: number])[],
  check: ShopTokenCheck = { kind: 'valid', shop: 'hearth', customerId: 'c-1' },
) => {
  const inbox = inMemoryInbox();
  for (const [customerId, hours] of kept)
    await inbox.keep(
      'hearth',
      customerId,
      {
        at: at(hours),
        orderId: '100482',
        touchId: `notice:${hours}`,
        touch: 'notice',
        title: 'News',
        text: `Of hour ${hours}`,
        url: 'https://links.hearth.example/s/abc',
      },
      at(1000),
    );
  const asked: string[] = [];
  const serve = serveInbox({
    customers: inMemoryCustomers(survivor),
    // A cursor is what comes of an id in base64url; the fake's ids are in clear.
    inbox: {
      latest: async ({ before, ...question }) => {
        const found = await inbox.latest({
          ...question,
          before: before === undefined ? undefined : Buffer.from(before, 'base64url').toString(),
        });
        return found.map((each) => ({ ...each, id: Buffer.from(each.id).toString('base64url') }));
      },
    },
    checkToken: async (token) => {
      asked.push(token);
      return check;
    },
    now: () => new Date(at(100)),
  });
  const get = (queryStringParameters: Record<string, string> = {}, headers: object = {}) =>
    serve(
      inboxRequest.parse({
        headers: { authorization: `Bearer ${TOKEN}`, ...headers },
        queryStringParameters,
      }),
    );
  return { get, serve, asked };
};

const shownIn = (body: object | undefined) => {
  const { messages, next }: { messages: { at: string }[]; next?: string } = {
    messages: [],
    ...body,
  };
  return { times: messages.map((message) => message.at), next };
};

describe('an inbox', () => {
  test('is answered newest first, with what a shop’s app shows', async () => {
    const { get, asked } = await setUp([
      ['c-1', 1],
      ['c-1', 2],
      ['c-2', 3],
    ]);

    const { status, body } = await get();

    expect(status).toBe(200);
    expect(body).toEqual({
      messages: [2, 1].map((hours) => ({
        id: expect.stringMatching(/^[\w-]+$/),
        at: at(hours),
        title: 'News',
        text: `Of hour ${hours}`,
        url: 'https://links.hearth.example/s/abc',
        touch: 'notice',
        orderId: '100482',
      })),
      next: undefined,
    });
    expect(asked).toEqual([TOKEN]);
  });

  test('has what came before the customer was found to be another one', async () => {
    const { get } = await setUp([
      ['c-17', 1],
      ['c-1', 2],
    ]);

    const { body } = await get();

    expect(shownIn(body).times).toEqual([at(2), at(1)]);
  });

  test('is turned page by page to its end', async () => {
    const { get } = await setUp([1, 2, 3, 4, 5].map((hours) => ['c-1', hours]));

    const first = shownIn((await get({ limit: '2' })).body);
    const second = shownIn((await get({ limit: '2', cursor: first.next ?? '' })).body);
    const third = shownIn((await get({ limit: '2', cursor: second.next ?? '' })).body);

    expect([first, second, third].flatMap(({ times }) => times)).toEqual(
      [5, 4, 3, 2, 1].map((hours) => at(hours)),
    );
    expect(third.next).toBeUndefined();
  });

  test('has no next page when the last one is full', async () => {
    const { get } = await setUp([1, 2].map((hours) => ['c-1', hours]));

    expect(shownIn((await get({ limit: '2' })).body).next).toBeUndefined();
  });

  test('is empty, not missing, for a customer nothing is known of', async () => {
    const { get } = await setUp([], { kind: 'valid', shop: 'hearth', customerId: 'new' });

    expect(await get()).toMatchObject({ status: 200, body: { messages: [] } });
  });
});

describe('a request that is not answered', () => {
  test.each([{}, { authorization: 'Basic abc' }, { authorization: 'Bearer' }])(
    'has no bearer token: %j',
    async (headers) => {
      const { serve, asked } = await setUp([]);

      const { status, body } = await serve(inboxRequest.parse({ headers }));

      expect(status).toBe(401);
      expect(body).toMatchObject({ detail: expect.stringContaining('Authorization: Bearer') });
      expect(asked).toEqual([]);
    },
  );

  test('has a token that is not accepted, and is told why without the token', async () => {
    const { get } = await setUp([['c-1', 1]], { kind: 'invalid', because: 'it has expired' });

    const answer = await get();

    expect(answer).toMatchObject({
      status: 401,
      body: { detail: 'the token was not accepted: it has expired' },
    });
    expect(JSON.stringify(answer)).not.toContain(TOKEN);
  });

  test.each([
    { limit: '0' },
    { limit: '51' },
    { limit: '2.5' },
    { limit: 'all' },
    { cursor: 'x' },
    { cursor: '#'.repeat(40) },
    { cursor: 'x'.repeat(2000) },
  ])('asks for what there is not: %j', async (query) => {
    const { get } = await setUp([['c-1', 1]]);

    const { status, body } = await get(query);

    expect(status).toBe(400);
    expect(body).toMatchObject({ detail: expect.stringContaining(Object.keys(query)[0] ?? '') });
  });
});

describe('an answer as HTTP', () => {
  test('is JSON that nobody keeps', () => {
    expect(toHttp({ status: 200, body: { messages: [] } }, 'inbox')).toEqual({
      statusCode: 200,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
      body: '{"messages":[]}',
    });
  });

  test('of a problem says so, and of a missing token how to come', () => {
    expect(toHttp({ status: 401, body: {} }, 'inbox').headers).toMatchObject({
      'content-type': 'application/problem+json',
      'www-authenticate': 'Bearer realm="inbox"',
    });
  });
});
