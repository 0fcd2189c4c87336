import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, test } from 'vitest';
import { secretsManagerLinkKeys } from '#core/adapters/secrets-manager-link-keys.ts';
import { awsAnswer, awsError, fakeAws } from '#tests/fakes/fake-aws.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';

const MINUTE_MS = 60_000;
const secret = (kid: string, key = 'k'.repeat(32)): object => ({
  SecretString: JSON.stringify({ kid, key }),
});

/** A secret that is another each time it is read, and a clock to set. */
const setUp = (answer = (reading: number) => awsAnswer(secret(`k${reading}`))) => {
  const clock = { ms: Date.parse('2026-11-18T09:30:00.000Z') };
  let readings = 0;
  const { calls, config } = fakeAws(() => {
    readings += 1;
    return answer(readings);
  });
  const now = () => new Date(clock.ms);
  const current = secretsManagerLinkKeys(new SecretsManagerClient(config), 'arn:link-keys', now);
  return { calls, clock, current };
};

test('the key is read from its secret', async () => {
  const { calls, current } = setUp();

  expect(await current()).toEqual({ kid: 'k1', key: new TextEncoder().encode('k'.repeat(32)) });
  expect(calls).toMatchObject([
    { operation: 'GetSecretValue', input: { SecretId: 'arn:link-keys' } },
  ]);
});

test('the key is read once for five minutes, also by messages at once', async () => {
  const { calls, clock, current } = setUp();

  const first = await Promise.all([current(), current()]);
  clock.ms += 5 * MINUTE_MS - 1;
  const last = await current();

  expect([...first, last].map(({ kid }) => kid)).toEqual(['k1', 'k1', 'k1']);
  expect(calls).toHaveLength(1);
});

test('a changed key is used after five minutes', async () => {
  const { clock, current } = setUp();
  await current();

  clock.ms += 5 * MINUTE_MS;

  expect(await current()).toMatchObject({ kid: 'k2' });
});

test('a reading that failed is not kept', async () => {
  const fails = breaksOnce();
  const { current } = setUp((reading) =>
    fails() ? awsError('InternalServiceError') : awsAnswer(secret(`k${reading}`)),
  );

  await expect(current()).rejects.toThrow('InternalServiceError');

  expect(await current()).toMatchObject({ kid: 'k2' });
});

test('a key that is too short is refused, and not shown', async () => {
  const { current } = setUp(() => awsAnswer(secret('k1', 'secret-but-short')));

  await expect(current()).rejects.toThrow(/32/);
  await expect(current()).rejects.not.toThrow(/secret-but-short/);
});
