import { describe, expect, test } from 'vitest';
import { isOwnHost, originProblem } from '#rehearsal/console/same-origin.ts';

const host = '127.0.0.1:4080';
const own = `http://${host}`;

describe('a host', () => {
  test.each(['127.0.0.1:4080', 'localhost:4080', 'localhost'])('%s is this machine', (name) => {
    expect(isOwnHost(name)).toBe(true);
  });

  test.each([undefined, '', 'rebound.example:4080', '127.0.0.1.nip.example', 'localhost.example'])(
    '%s is not',
    (name) => {
      expect(isOwnHost(name)).toBe(false);
    },
  );
});

describe('what drives the console', () => {
  const problem = (headers: Readonly<Record<string, string>>) =>
    originProblem({ method: 'POST', headers: { host, ...headers } }, '/console/api/deed', true);

  test('comes from its own page', () => {
    expect(problem({ origin: own })).toBeUndefined();
  });

  test.each([{}, { origin: 'null' }, { origin: 'https://elsewhere.example' }])(
    'is refused from %o',
    (headers) => {
      expect(problem(headers)).toContain(`expected ${own}`);
    },
  );
});

describe('a form of our pages', () => {
  const problem = (
    headers: Readonly<Record<string, string>>,
    method = 'POST',
    path = '/unsubscribe',
  ) => originProblem({ method, headers: { host, ...headers } }, path, false);

  test('may be sent by the page, also by one that does not tell where it was, and by mail programs', () => {
    expect(problem({ origin: own, 'sec-fetch-site': 'same-origin' })).toBeUndefined();
    expect(problem({ origin: 'null', 'sec-fetch-site': 'same-origin' })).toBeUndefined();
    expect(problem({})).toBeUndefined();
  });

  test('may not be sent from elsewhere', () => {
    expect(problem({ origin: 'https://elsewhere.example' })).toContain('elsewhere.example');
    expect(problem({ origin: 'null', 'sec-fetch-site': 'cross-site' })).toContain('expected');
  });

  test('may be looked at from anywhere, unless looking places an order', () => {
    const cross = { 'sec-fetch-site': 'cross-site' };

    expect(problem(cross, 'GET')).toBeUndefined();
    expect(problem(cross, 'GET', '/demo/hearth/new')).toContain('cross-site');
  });
});
