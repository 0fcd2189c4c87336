import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { assertKeysSign, joseLinkSigner, verifyLink } from '#core/adapters/jose-link-signer.ts';
import type { LinkKey, LinkKeySet } from '#core/adapters/link-keys.ts';

const old: LinkKey = { kid: 'k1', key: new Uint8Array(32).fill(1) };
const current: LinkKey = { kid: 'k2', key: new Uint8Array(32).fill(2) };

const page = {
  audience: 'order-status',
  shop: 'hearth',
  orderId: '100482',
  touch: 'dispatch-notice',
  issuedAt: '2026-11-22T12:00:00.000Z',
  expiresAt: '2027-05-21T12:00:00.000Z',
} as const;

const message = {
  audience: 'message',
  shop: 'hearth',
  orderId: '100482',
  touchId: 'dispatch-notice:P1',
  customerId: 'c-17',
  channel: 'email',
  expiresAt: '2027-05-21T12:00:00.000Z',
} as const;

const now = '2026-12-24T18:00:00.000Z';

/** Knows the first keys, and the later ones once it is asked to look again. */
const signerWith = (keys: LinkKeySet, renewed: LinkKeySet = keys) =>
  joseLinkSigner({ all: async () => keys, renewed: async () => renewed });

const partsOf = (token: string) => {
  const [header = '', payload = '', signature = ''] = token.split('.');
  return { header, payload, signature };
};

const encoded = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

const decoded = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());

describe('the token of a message', () => {
  const signer = signerWith([current, old]);

  test('says whose message it was, by which channel it came and when it ends', async () => {
    const token = await signer.sign(message);

    expect(await signer.read(token, now)).toEqual({ kind: 'valid', claims: message });
  });

  test('is byte for byte what the library signs', async () => {
    const byTheLibrary = await new SignJWT({
      s: 'hearth',
      o: '100482',
      t: 'dispatch-notice:P1',
      c: 'c-17',
      h: 'email',
    })
      .setAudience('message')
      .setExpirationTime(new Date(message.expiresAt))
      .setProtectedHeader({ alg: 'HS256', kid: 'k2' })
      .sign(current.key);

    expect(await signer.sign(message)).toBe(byTheLibrary);
  });

  test('may name no customer', async () => {
    const token = await signer.sign({ ...message, customerId: undefined });

    expect(await signer.read(token, now)).toMatchObject({
      kind: 'valid',
      claims: { customerId: undefined },
    });
  });

  test('is short: a message has it in each of its links', async () => {
    expect((await signer.sign(message)).length).toBeLessThan(260);
  });

  test('is good as long as the key that signed it is accepted', async () => {
    const token = await signerWith([old]).sign(message);

    expect(await signer.read(token, now)).toMatchObject({ kind: 'valid' });
    expect(await signerWith([current]).read(token, now)).toEqual({
      kind: 'refused',
      shop: 'hearth',
    });
  });

  test('of a key that is newer than those remembered is good', async () => {
    const token = await signerWith([current]).sign(message);

    expect(await signerWith([old], [current, old]).read(token, now)).toMatchObject({
      kind: 'valid',
    });
  });

  test('has expired after its end, and only then', async () => {
    const token = await signer.sign(message);
    const before = '2027-05-21T11:59:59.000Z';

    expect(await signer.read(token, before)).toMatchObject({ kind: 'valid' });
    expect(await signer.read(token, message.expiresAt)).toEqual({
      kind: 'expired',
      shop: 'hearth',
    });
  });

  test('is refused when anything of it was altered', async () => {
    const { header, payload, signature } = partsOf(await signer.sign(message));
    const claims = { s: 'hearth', o: '1', t: 'x', h: 'email', aud: 'message', exp: 4e9 };
    const forged = [
      `${header}.${encoded(claims)}.${signature}`,
      `${header}.${payload}.${signature.slice(0, -2)}AA`,
      `${encoded({ alg: 'none', kid: 'k2' })}.${payload}.`,
      `${encoded({ alg: 'HS256' })}.${payload}.${signature}`,
      `${header}.${payload}`,
      'x',
      '',
    ];

    const readings = await Promise.all(forged.map((token) => signer.read(token, now)));

    expect(readings.map(({ kind }) => kind)).toEqual(forged.map(() => 'refused'));
  });

  test('is no token of a page, nor the other way round', async () => {
    const ofPage = await signer.sign(page);
    const ofMessage = await signer.sign(message);

    expect(await signer.read(ofPage, now)).toMatchObject({ kind: 'refused' });
    await expect(
      verifyLink(ofMessage, { audience: 'order-status', keys: [current], now }),
    ).rejects.toThrow('aud');
  });

  test('cannot be read while the keys cannot, which is not the token’s fault', async () => {
    const broken = async (): Promise<never> => Promise.reject(new Error('throttled'));
    const token = await signer.sign(message);

    await expect(joseLinkSigner({ all: broken, renewed: broken }).read(token, now)).rejects.toThrow(
      'throttled',
    );
  });
});

describe('the token of a page of the shop', () => {
  const check = { audience: 'order-status', keys: [current, old], now } as const;
  const signedBy = (key: LinkKey) => signerWith([key]).sign(page);

  test('says which order of which shop it is for', async () => {
    expect(await verifyLink(await signedBy(current), check)).toEqual({
      shop: 'hearth',
      orderId: '100482',
      touch: 'dispatch-notice',
    });
  });

  test('is the same for the same claims', async () => {
    expect(await signedBy(current)).toBe(await signedBy(current));
  });

  test('names its key, its use and its end, and nobody', async () => {
    const { header, payload } = partsOf(await signedBy(current));

    expect(decoded(header)).toEqual({ alg: 'HS256', kid: 'k2' });
    expect(decoded(payload)).toEqual({
      aud: 'order-status',
      exp: 1_810_900_800,
      iat: 1_795_348_800,
      order: '100482',
      shop: 'hearth',
      touch: 'dispatch-notice',
    });
  });

  test('of the key before is good as long as that key is accepted', async () => {
    const token = await signedBy(old);

    await expect(verifyLink(token, check)).resolves.toMatchObject({ orderId: '100482' });
    await expect(verifyLink(token, { ...check, keys: [current] })).rejects.toThrow(
      'no link key "k1"',
    );
  });

  test('is refused when it was altered, after its end, and for another use', async () => {
    const token = await signedBy(current);
    const { header, signature } = partsOf(token);
    const claims = { shop: 'hearth', order: '1', touch: 't', aud: 'order-status', exp: 4e9 };
    const altered = `${header}.${encoded(claims)}.${signature}`;

    await expect(verifyLink(altered, check)).rejects.toThrow('signature');
    await expect(verifyLink(token, { ...check, now: page.expiresAt })).rejects.toThrow('exp');
    await expect(verifyLink(token, { ...check, audience: 'review' })).rejects.toThrow('aud');
  });
});

test('a key too short for its algorithm is refused, by its id only', async () => {
  const short = { kid: 'k3', key: new Uint8Array(16) };

  await expect(signerWith([short]).sign(page)).rejects.toThrow(
    'link key "k3" has 16 bytes, expected 32 or more',
  );
});

test('keys are tried by signing: two of one name do not pass', async () => {
  await expect(assertKeysSign([current, old], now)).resolves.toBeUndefined();
  await expect(assertKeysSign([current, { ...old, kid: 'k2' }], now)).rejects.toThrow(
    'key "k2" signs links that are then refused',
  );
});
