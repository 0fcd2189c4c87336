import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { joseShopTokens } from '#core/adapters/jose-shop-tokens.ts';
import { secretsManagerShopTokenKeys } from '#core/adapters/secrets-manager-shop-token-keys.ts';
import { awsAnswer, awsError, fakeAws } from '#tests/fakes/fake-aws.ts';

const NOW = '2026-11-22T12:00:00.000Z';
const nowSeconds = Date.parse(NOW) / 1000;
const keyOf = (text: string): Uint8Array => new TextEncoder().encode(text.repeat(32));

interface Change {
  readonly key?: Uint8Array;
  readonly audience?: string;
  readonly shop?: unknown;
  readonly customerId?: string | null;
  readonly from?: number;
  readonly seconds?: number;
}

const token = ({
  key = keyOf('a'),
  audience = 'inbox',
  shop = 'hearth',
  customerId = 'c-17',
  from = nowSeconds,
  seconds = 600,
}: Change = {}): Promise<string> => {
  const jwt = new SignJWT({ shop })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(audience)
    .setIssuedAt(from)
    .setExpirationTime(from + seconds);
  return (customerId === null ? jwt : jwt.setSubject(customerId)).sign(key);
};

const check = joseShopTokens(async () => [keyOf('b'), keyOf('a')]);

describe('a token of a shop', () => {
  test('says whose inbox is opened', async () => {
    expect(await check(await token(), NOW)).toEqual({
      kind: 'valid',
      shop: 'hearth',
      customerId: 'c-17',
    });
  });

  test('is taken when it was signed by the key before this one', async () => {
    const changed = joseShopTokens(async () => [keyOf('new'), keyOf('a')]);

    expect(await changed(await token(), NOW)).toMatchObject({ kind: 'valid' });
  });

  test('may last an hour', async () => {
    expect(await check(await token({ seconds: 3600 }), NOW)).toMatchObject({ kind: 'valid' });
  });

  test.each<[string, Change]>([
    ['it was signed by no accepted key', { key: keyOf('x') }],
    ['it has expired', { from: nowSeconds - 700 }],
    ['it lasts 3601 seconds, expected 3600 at most', { seconds: 3601 }],
    ['iat is in the future', { from: nowSeconds + 60 }],
    ['the claim aud is not what was expected', { audience: 'order-status' }],
    ['the claim sub is missing', { customerId: null }],
    ['shop and sub have to be texts', { shop: 7 }],
    ['shop and sub have to be texts', { shop: '' }],
  ])('is not taken: %s', async (because, change) => {
    expect(await check(await token(change), NOW)).toEqual({
      kind: 'invalid',
      because: expect.stringContaining(because),
    });
  });

  test('is not taken unsigned, whatever it says of itself', async () => {
    const unsigned = new UnsecuredJWT({ shop: 'hearth' })
      .setAudience('inbox')
      .setSubject('c-17')
      .setIssuedAt(nowSeconds)
      .setExpirationTime(nowSeconds + 60)
      .encode();

    expect(await check(unsigned, NOW)).toMatchObject({ kind: 'invalid' });
  });

  test('is not taken when somebody wrote in it', async () => {
    const [head, , signature] = (await token()).split('.');
    const claims = { shop: 'hearth', sub: 'c-1', aud: 'inbox', iat: nowSeconds };
    const forged = Buffer.from(JSON.stringify({ ...claims, exp: nowSeconds + 60 }));

    const result = await check(`${head}.${forged.toString('base64url')}.${signature}`, NOW);

    expect(result).toEqual({ kind: 'invalid', because: 'it was signed by no accepted key' });
  });

  test.each(['nothing', 'a.b.c', '', '..'])('is not taken when it is none: %j', async (text) => {
    const result = await check(text, NOW);

    expect(result).toEqual({ kind: 'invalid', because: 'it is no signed JWT' });
  });
});

describe('the keys of shops’ tokens', () => {
  const secret = (...values: readonly object[]) => {
    const { calls, config } = fakeAws(() =>
      awsAnswer({
        SecretString: JSON.stringify(values[Math.min(calls.length, values.length) - 1]),
      }),
    );
    let nowMs = 0;
    const keys = secretsManagerShopTokenKeys(
      new SecretsManagerClient(config),
      'secret',
      () => new Date(nowMs),
    );
    return { calls, keys, wait: (ms: number) => void (nowMs += ms) };
  };

  test('are the one that is used, and while it is changed the one before it', async () => {
    const key = 'k'.repeat(64);
    const previousKey = 'p'.repeat(64);

    const { keys } = secret({ key, previousKey });

    expect((await keys()).map((each) => new TextDecoder().decode(each))).toEqual([
      key,
      previousKey,
    ]);
  });

  test('are read again after five minutes', async () => {
    const { keys, calls, wait } = secret({ key: 'k'.repeat(64) }, { key: 'n'.repeat(64) });

    await keys();
    wait(299_999);
    await keys();
    expect(calls).toHaveLength(1);
    wait(1);

    expect((await keys()).map((each) => new TextDecoder().decode(each))).toEqual(['n'.repeat(64)]);
  });

  test('that are too short are not used', async () => {
    await expect(secret({ key: 'short' }).keys()).rejects.toThrow('of 32 characters or more');
  });

  test('that could not be read are asked for again', async () => {
    const answers = [
      awsError('InternalServiceError'),
      awsAnswer({ SecretString: `{"key":"${'k'.repeat(64)}"}` }),
    ];
    const { config } = fakeAws(() => answers.shift() ?? awsError('none'));
    const keys = secretsManagerShopTokenKeys(
      new SecretsManagerClient(config),
      'secret',
      () => new Date(0),
    );

    await expect(keys()).rejects.toThrow('InternalServiceError');
    expect(await keys()).toHaveLength(1);
  });
});
