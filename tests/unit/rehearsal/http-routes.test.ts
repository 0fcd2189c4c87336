import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchRoute, readRouteKey } from '#rehearsal/services/http-routes.ts';

const keys = [
  '$default',
  'ANY /{proxy+}',
  'GET /a/{id}',
  'POST /a/{id}',
  'ANY /a/{id}',
  'GET /a/me',
  'GET /a/{id}/items/{item}',
  'GET /files/{path+}',
  'GET /',
];

const chosen = (method: string, path: string, from = keys) => {
  const match = matchRoute(from.map(readRouteKey), method, path);
  return match === undefined ? undefined : [match.route.key, match.parameters];
};

describe('the route of a request', () => {
  test.each([
    ['GET', '/a/me', 'GET /a/me', {}],
    ['GET', '/a/1', 'GET /a/{id}', { id: '1' }],
    ['POST', '/a/me', 'POST /a/{id}', { id: 'me' }],
    ['HEAD', '/a/1', 'ANY /a/{id}', { id: '1' }],
    ['GET', '/a/1/items/2', 'GET /a/{id}/items/{item}', { id: '1', item: '2' }],
    ['GET', '/files/x/y', 'GET /files/{path+}', { path: 'x/y' }],
    ['GET', '/a/1/other', 'ANY /{proxy+}', { proxy: 'a/1/other' }],
    ['GET', '/', 'GET /', {}],
    ['PUT', '/', '$default', {}],
  ])('%s %s is the most specific that fits: %3$s', (method, path, key, parameters) => {
    expect(chosen(method, path)).toEqual([key, parameters]);
  });

  test.each([
    ['another path', 'GET', '/b'],
    ['another method, HEAD included', 'HEAD', '/a'],
    ['a slash more', 'GET', '/a/'],
  ])('is none for %s', (_, method, path) => {
    expect(chosen(method, path, ['GET /a'])).toBeUndefined();
  });

  test('does not depend on the order of the routes', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(keys, { minLength: keys.length }),
        fc.constantFrom('GET', 'POST', 'HEAD'),
        fc.array(fc.constantFrom('a', 'me', 'items', 'files', '1')),
        (shuffled, method, parts) => {
          const path = `/${parts.join('/')}`;

          expect(chosen(method, path, shuffled)).toEqual(chosen(method, path));
        },
      ),
    );
  });

  test('is refused when its key is none', () => {
    expect(() => readRouteKey('GET orders')).toThrow(
      'got the route key "GET orders", expected "<METHOD> /<path>" or "$default"',
    );
  });
});
