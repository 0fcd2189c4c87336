import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { problemDocument } from '#core/contracts/session-api.ts';
import { notFound, redirect } from '#core/http/answer.ts';
import { bearerOf, requestOf } from '#core/http/http-request.ts';
import { rateLimit } from '#core/http/rate-limit.ts';
import { readBody } from '#core/http/read-body.ts';
import { httpEvent, ok, served } from './http.ts';

const MEGABYTE = 1024 * 1024;

describe('a body', () => {
  const schema = z.strictObject({ name: z.string(), count: z.int() });
  const read = (body: string, isBase64 = false) => readBody({ body, isBase64 }, schema, 1000);
  const encoded = (text: string) => Buffer.from(text).toString('base64');

  test('is read as text and in base64', () => {
    const text = '{"name":"Zoë","count":3}';

    const expected = { kind: 'read', body: { name: 'Zoë', count: 3 } };
    expect(read(text)).toEqual(expected);
    expect(read(encoded(text), true)).toEqual(expected);
  });

  test.each([
    ['that is no JSON', 'name=Zoe', 'the body is not JSON'],
    ['that is empty', '', 'the body is not JSON'],
    ['of another shape', '[]', 'body: Invalid input: expected object'],
    ['with a wrong value', '{"name":"Zoe","count":"3"}', 'count: Invalid input: expected number'],
    ['without a key', '{"count":3}', 'name: Invalid input: expected string'],
  ])('%s is refused, naming what is wrong', (_, body, detail) => {
    expect(read(body)).toMatchObject({
      kind: 'refused',
      answer: { status: 400, body: { detail: expect.stringContaining(detail) } },
    });
  });

  test('with keys that nobody knows does not get them back', () => {
    const result = read('{"name":"Zoe","count":3,"secret-token":1}');

    expect(result).toMatchObject({ answer: { status: 400 } });
    expect(JSON.stringify(result)).not.toContain('secret-token');
  });

  test.each([
    [1000, { kind: 'read' }, false],
    [1001, { answer: { status: 413 } }, false],
    [1000, { kind: 'read' }, true],
    [1001, { answer: { status: 413 } }, true],
    [MEGABYTE, { answer: { status: 413 } }, true],
  ])('of %i bytes is %j (base64: %s)', (bytes, expected, isBase64) => {
    const text = '{"name":"Zoe","count":3}'.padEnd(bytes);

    expect(read(isBase64 ? encoded(text) : text, isBase64)).toMatchObject(expected);
  });

  test('is measured in bytes, not in letters', () => {
    expect(read(`{"name":"${'ö'.repeat(490)}","count":3}`)).toMatchObject({
      answer: { status: 413 },
    });
  });
});

describe('a request', () => {
  test('is what the API hands over', () => {
    const request = requestOf(httpEvent('GET', '/sessions/abc/?t=x%20y', { address: '::1' }));

    expect(request).toMatchObject({ method: 'GET', path: '/sessions/abc', address: '::1' });
    expect(request.query.get('t')).toBe('x y');
  });

  test.each([
    [{}, undefined],
    [{ authorization: 'Basic abc' }, undefined],
    [{ authorization: 'Bearer' }, undefined],
    [{ authorization: 'bearer a.b.c' }, 'a.b.c'],
  ])('with the headers %j has the token %s', (headers, token) => {
    expect(bearerOf({ headers })).toBe(token);
  });
});

describe('an answer', () => {
  test('is kept by nobody and taken for nothing else', async () => {
    const { headers } = await served(ok).ask('GET', '/');

    expect(headers).toEqual({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
  });

  test('that is a problem is a problem document', async () => {
    const { status, headers, body } = await served(async () => notFound()).ask('GET', '/');

    expect(status).toBe(404);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(problemDocument.parse(body)).toEqual({
      type: 'urn:afterglow:problem:not-found',
      title: 'not found',
      status: 404,
      detail: 'there is nothing here: check method, path and token',
    });
  });

  test('that leads on has nothing to read, and no way back', async () => {
    const lead = async () => redirect('https://www.trailstay.example/huts?a=\\b');

    const { status, headers, text } = await served(lead).ask('GET', '/');

    expect({ status, text }).toEqual({ status: 302, text: '' });
    expect(headers).toMatchObject({
      location: 'https://www.trailstay.example/huts?a=%5Cb',
      'referrer-policy': 'no-referrer',
    });
    expect(headers).not.toHaveProperty('content-type');
  });

  test('to a failure says nothing of it; the log does', async () => {
    const error = new Error('table Sessions of account 000000000000 is away');

    const { ask, reported } = served(() => Promise.reject(error));
    const { status, text } = await ask('POST', '/sessions');

    expect(status).toBe(500);
    expect(text).not.toContain('Sessions');
    expect(reported).toEqual([error]);
  });

  test('to whoever asks too fast says how long to wait, and asks nothing', async () => {
    let asked = 0;
    const count = () => {
      asked += 1;
      return ok();
    };

    const { ask } = served(count, { limit: () => ({ kind: 'wait', seconds: 3 }) });
    const { status, headers } = await ask('GET', '/');

    expect({ status, wait: headers['retry-after'], asked }).toEqual({
      status: 429,
      wait: '3',
      asked: 0,
    });
  });
});

describe('the limit of an address', () => {
  const limitOf = (change = {}) => {
    const clock = { ms: 0 };
    const limit = rateLimit({
      perSecond: 2,
      burst: 3,
      mostAddresses: 2,
      nowMs: () => clock.ms,
      ...change,
    });
    const asks = (address: string, times: number) =>
      Array.from({ length: times }, () => limit(address).kind).filter((kind) => kind === 'go')
        .length;
    return { clock, limit, asks };
  };

  test('lets so many through at once, and then as many as flow in', () => {
    const { clock, asks } = limitOf();

    expect(asks('a', 5)).toBe(3);
    clock.ms = 499;
    expect(asks('a', 5)).toBe(0);
    clock.ms = 1_000;
    expect(asks('a', 5)).toBe(2);
    clock.ms = 100_000;
    expect(asks('a', 9)).toBe(3);
  });

  test('says in how many seconds to come again', () => {
    const { limit } = limitOf({ perSecond: 0.2, burst: 1 });

    limit('a');

    expect(limit('a')).toEqual({ kind: 'wait', seconds: 5 });
  });

  test('is each address’s own', () => {
    const { asks } = limitOf();

    expect([asks('a', 5), asks('b', 5)]).toEqual([3, 3]);
  });

  test('forgets who was silent longest, so that many addresses take no more memory', () => {
    const { asks } = limitOf();
    asks('a', 3);
    asks('b', 3);
    asks('a', 1);

    asks('c', 3);

    // `b` begins anew, `a` was heard last and does not.
    expect(asks('a', 1)).toBe(0);
    expect(asks('b', 1)).toBe(1);
  });
});
