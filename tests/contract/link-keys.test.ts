import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, test } from 'vitest';
import { secretsManagerLinkKeys } from '#core/adapters/secrets-manager-link-keys.ts';
import { awsAnswer, awsError, fakeAws } from '#tests/fakes/fake-aws.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const key = 'k'.repeat(32);
const secret = (value: unknown): object => ({ SecretString: JSON.stringify(value) });

/** A secret that is another each time it is read, and a clock to set. */
const setUp = (answer = (reading: number) => awsAnswer(secret({ kid: `k${reading}`, key }))) => {
  const clock = { ms: Date.parse('2026-11-18T09:30:00.000Z') };
  let readings = 0;
  const { calls, config } = fakeAws(() => {
    readings += 1;
    return answer(readings);
  });
  const now = () => new Date(clock.ms);
  const keys = secretsManagerLinkKeys(new SecretsManagerClient(config), 'arn:link-keys', now);
  return { calls, clock, keys };
};

const kidsOf = (set: readonly { readonly kid: string }[]): readonly string[] =>
  set.map(({ kid }) => kid);

test('a secret as the stack made it has one key', async () => {
  const { calls, keys } = setUp();

  expect(await keys.all()).toEqual([{ kid: 'k1', key: new TextEncoder().encode(key) }]);
  expect(calls).toMatchObject([
    { operation: 'GetSecretValue', input: { SecretId: 'arn:link-keys' } },
  ]);
});

test('a secret that was rotated has its keys in order, the one that signs first', async () => {
  const stored = ['b', 'a'].map((kid) => ({ kid, key, createdAt: '2026-11-18T09:30:00.000Z' }));
  const { keys } = setUp(() => awsAnswer(secret({ keys: stored })));

  expect(kidsOf(await keys.all())).toEqual(['b', 'a']);
});

test('the keys are read once for five minutes, also by messages at once', async () => {
  const { calls, clock, keys } = setUp();

  const first = await Promise.all([keys.all(), keys.all()]);
  clock.ms += 5 * MINUTE_MS - 1;
  const last = await keys.all();

  expect([...first, last].map(kidsOf)).toEqual([['k1'], ['k1'], ['k1']]);
  expect(calls).toHaveLength(1);
});

test('a changed key is used after five minutes', async () => {
  const { clock, keys } = setUp();
  await keys.all();

  clock.ms += 5 * MINUTE_MS;

  expect(kidsOf(await keys.all())).toEqual(['k2']);
});

test('the keys are read again for one that is not known, but not for each that somebody invents', async () => {
  const { calls, clock, keys } = setUp();
  await keys.all();

  clock.ms += 10 * SECOND_MS;
  const renewed = await keys.renewed();
  clock.ms += 9 * SECOND_MS;
  await keys.renewed();

  expect(kidsOf(renewed)).toEqual(['k2']);
  expect(calls).toHaveLength(2);
  expect(kidsOf(await keys.all())).toEqual(['k2']);
});

test('a reading that failed is not kept', async () => {
  const fails = breaksOnce();
  const { keys } = setUp((reading) =>
    fails() ? awsError('InternalServiceError') : awsAnswer(secret({ kid: `k${reading}`, key })),
  );

  await expect(keys.all()).rejects.toThrow('InternalServiceError');

  expect(kidsOf(await keys.all())).toEqual(['k2']);
});

test.each([
  ['a key that is too short', { kid: 'k1', key: 'secret-but-short' }],
  ['no keys', { keys: [] }],
  [
    'a key among others that is too short',
    {
      keys: [
        { kid: 'k', key },
        { kid: 'l', key: 'secret-' },
      ],
    },
  ],
])('%s is refused with what is expected, and not shown', async (_, value) => {
  const { keys } = setUp(() => awsAnswer(secret(value)));

  await expect(keys.all()).rejects.toThrow(/expected: \{ "keys".* with 32 characters/);
  await expect(keys.all()).rejects.not.toThrow(/secret-/);
});
