import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hmacIdentityHash } from '#core/adapters/hmac-identity-hash.ts';
import { secretsManagerIdentityKey } from '#core/adapters/secrets-manager-identity-key.ts';
import { writtenAddresses } from '#core/adapters/written-addresses.ts';
import { awsAnswer, awsError, fakeAws } from '#tests/fakes/fake-aws.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';

const { email, mobile } = writtenAddresses;

describe('an e-mail address', () => {
  test.each([
    [' Mia.Sommer@Mail.Example ', 'mia.sommer@mail.example'],
    ['mia@MÜNCHEN.example', 'mia@xn--mnchen-3ya.example'],
    ['mia@xn--mnchen-3ya.example', 'mia@xn--mnchen-3ya.example'],
    ['mia@mail.example.', 'mia@mail.example'],
    ['ｍｉａ@mail.example', 'mia@mail.example'],
    ['"mia@home"@mail.example', '"mia@home"@mail.example'],
  ])('%j is read as %j', (written, address) => {
    expect(email(written)).toBe(address);
  });

  test('of Gmail is one mailbox, whatever its dots, its tag and which of the two names', () => {
    for (const written of [
      'miasommer@gmail.com',
      'Mia.Sommer@gmail.com',
      'm.i.a.sommer+shop+2026@googlemail.com',
    ])
      expect(email(written)).toBe('miasommer@gmail.com');
  });

  test('of any other service keeps dots and tag, which may be another person’s', () => {
    expect(email('mia.sommer+shop@mail.example')).toBe('mia.sommer+shop@mail.example');
    expect(email('mia.sommer@gmail.com.example')).toBe('mia.sommer@gmail.com.example');
  });

  test.each(['', 'mia', '@mail.example', 'mia@', 'mia@exa mple'])('%j is none', (written) => {
    expect(email(written)).toBeUndefined();
  });

  test('that was read once is read as it is', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (written) => {
        const once = email(written);

        expect(once).toBeDefined();
        expect(email(once ?? '')).toBe(once);
        expect(email(` ${written.toUpperCase()} `)).toBe(once);
      }),
    );
  });
});

describe('a phone number', () => {
  test.each([
    ['0151 12345678', ['DE'], '+4915112345678'],
    ['+49 (0)151-12345678', ['US'], '+4915112345678'],
    ['0049 151 12345678', ['DE'], '+4915112345678'],
    ['(312) 555-0142', ['US'], '+13125550142'],
    ['07400 123456', ['GB', 'DE'], '+447400123456'],
    ['+44 7400 123456', [], '+447400123456'],
  ])('%j in %j is %s', (written, countries, number) => {
    expect(mobile(written, countries)).toBe(number);
  });

  test('that does not fit the first country is read in the next', () => {
    expect(mobile('0151 12345678', ['AT', 'DE'])).toBe('+4915112345678');
  });

  test.each([
    ['a landline, which takes no SMS', '030 5550100', ['DE']],
    ['too short', '12', ['DE']],
    ['no number', 'call me', ['DE']],
    ['a number among words', 'call 0151 12345678', ['DE']],
    ['one with an extension', '+49 151 12345678 ext. 5', ['DE']],
    ['one of no country', '0151 12345678', []],
    ['one of a country that is none', '0151 12345678', ['XX']],
  ])('is not read from %s', (_, written, countries) => {
    expect(mobile(written, countries)).toBeUndefined();
  });
});

describe('the keyed hash of an address', () => {
  const keyOf = (text: string) => async () => new TextEncoder().encode(text);
  const hash = hmacIdentityHash(keyOf('k'.repeat(32)));

  test('is named by its kind, and is the same each time', async () => {
    const first = await hash('email', 'mia@mail.example');

    expect(first).toMatch(/^email:[\w-]{43}$/);
    expect(await hash('email', 'mia@mail.example')).toBe(first);
  });

  test('is HMAC-SHA256 of kind and address', async () => {
    // printf 'email:mia@mail.example' | openssl dgst -sha256 -hmac "$(printf 'k%.0s' {1..32})" -binary | basenc --base64url
    expect(await hash('email', 'mia@mail.example')).toBe(
      'email:gFG_6VqqZxgvA-KFxeXOVtqPvnXAqF5yDPJC4OVCurg',
    );
  });

  test('is another by another key, for another address and for another use', async () => {
    const other = hmacIdentityHash(keyOf('o'.repeat(32)));

    const hashes = await Promise.all([
      hash('email', 'mia@mail.example'),
      hash('email', 'ada@mail.example'),
      hash('sms', 'mia@mail.example'),
      other('email', 'mia@mail.example'),
    ]);

    expect(new Set(hashes.map((each) => each.split(':')[1])).size).toBe(4);
  });
});

describe('the key of the hashes', () => {
  const setUp = (answer = () => awsAnswer({ SecretString: `{"key":"${'k'.repeat(32)}"}` })) => {
    const { calls, config } = fakeAws(answer);
    const key = secretsManagerIdentityKey(new SecretsManagerClient(config), 'arn:identity-key');
    return { calls, key };
  };

  test('is read from its secret once, also by messages at once', async () => {
    const { calls, key } = setUp();

    const keys = [...(await Promise.all([key(), key()])), await key()];

    expect(keys.map((each) => new TextDecoder().decode(each))).toEqual(
      Array.from({ length: 3 }, () => 'k'.repeat(32)),
    );
    expect(calls).toMatchObject([
      { operation: 'GetSecretValue', input: { SecretId: 'arn:identity-key' } },
    ]);
  });

  test('is asked for again after a reading that failed', async () => {
    const fails = breaksOnce();
    const { calls, key } = setUp(() =>
      fails()
        ? awsError('InternalServiceError')
        : awsAnswer({ SecretString: `{"key":"${'k'.repeat(32)}"}` }),
    );

    await expect(key()).rejects.toThrow('InternalServiceError');

    expect(await key()).toHaveLength(32);
    expect(calls).toHaveLength(2);
  });

  test('is refused when it is too short, and not shown', async () => {
    const { key } = setUp(() => awsAnswer({ SecretString: '{"key":"secret-but-short"}' }));

    await expect(key()).rejects.toThrow(/32/);
    await expect(key()).rejects.not.toThrow(/secret-but-short/);
  });
});
