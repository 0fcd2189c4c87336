import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { componentRequest } from '#lambdas/serve-component/contract.ts';
import { serveComponent } from '#lambdas/serve-component/serve-component.ts';

const RELEASE = 'afterglow-confirmation-1.0.0.js';
const text = 'customElements.define("a-b",class extends HTMLElement{});';
const list = '{"version":"1.0.0"}';

const files = new Map(
  [[RELEASE, text] as const, ['releases.json', list] as const].map(([name, of]) => [
    name,
    { text: of, gzipped: gzipSync(of) },
  ]),
);

const get = (file?: string, headers: object = {}) =>
  serveComponent({ files })(
    componentRequest.parse({
      ...(file === undefined ? {} : { pathParameters: { file } }),
      headers,
    }),
  );

describe('a release', () => {
  test('is a script that any page may load and check, and keep for ever', () => {
    const answer = get(RELEASE);

    expect(answer).toEqual({
      statusCode: 200,
      headers: {
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        'x-content-type-options': 'nosniff',
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'accept-encoding',
      },
      body: text,
      isBase64Encoded: false,
    });
  });

  test.each(['gzip, deflate, br, zstd', 'br, GZIP;q=0.8', ' gzip ;q=1.0'])(
    'is compressed for who accepts %j',
    (accepted) => {
      const { headers, body, isBase64Encoded } = get(RELEASE, { 'accept-encoding': accepted });

      expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
      expect(isBase64Encoded).toBe(true);
      expect(gunzipSync(Buffer.from(body, 'base64')).toString('utf8')).toBe(text);
    },
  );

  test.each(['', 'identity', 'br', 'gzip;q=0', 'gzip; q=0.0'])(
    'is as it is for who accepts %j',
    (accepted) => {
      const answer = get(RELEASE, { 'accept-encoding': accepted });

      expect(answer.body).toBe(text);
      expect(answer.headers).not.toHaveProperty('content-encoding');
    },
  );
});

test('the list of releases is kept for minutes, since it changes', () => {
  const answer = get('releases.json');

  expect(answer.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'public, max-age=300',
    'access-control-allow-origin': '*',
  });
  expect(answer.body).toBe(list);
});

test.each([undefined, '', '../handler.ts', 'constructor', 'x'.repeat(5_000)])(
  'of %j there is a problem that says where to look',
  (file) => {
    const { statusCode, headers, body } = get(file);

    expect(statusCode).toBe(404);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body.length).toBeLessThan(400);
    expect(JSON.parse(body)).toMatchObject({
      type: 'urn:afterglow:problem:unknown-release',
      status: 404,
      detail: expect.stringContaining('releases.json'),
    });
  },
);
