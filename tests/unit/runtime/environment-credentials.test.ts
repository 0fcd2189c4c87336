import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultProvider } from '#core/runtime/environment-credentials.ts';

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA1');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

test('a function’s credentials are those of its environment', async () => {
  expect(await defaultProvider()()).toEqual({ accessKeyId: 'AKIA1', secretAccessKey: 'secret' });

  vi.stubEnv('AWS_SESSION_TOKEN', 'session');
  expect(await defaultProvider()()).toMatchObject({ sessionToken: 'session' });
});

test('credentials that change while the function lives are read anew', async () => {
  const provide = defaultProvider();
  await provide();

  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA2');

  expect(await provide()).toMatchObject({ accessKeyId: 'AKIA2' });
});

test('an environment without credentials is refused', () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);

  expect(() => defaultProvider()()).toThrow('no credentials in the environment');
});
