import { expect, test } from 'vitest';
import { joseLinkSigner, verifyLink } from '#core/adapters/jose-link-signer.ts';

const old = { kid: 'k1', key: new Uint8Array(32).fill(1) };
const current = { kid: 'k2', key: new Uint8Array(32).fill(2) };

const claims = {
  audience: 'order-status',
  shop: 'hearth',
  orderId: '100482',
  touch: 'dispatch-notice',
  issuedAt: '2026-11-22T12:00:00.000Z',
  expiresAt: '2027-05-21T12:00:00.000Z',
} as const;

const signedBy = (key: typeof old) => joseLinkSigner(async () => key).sign(claims);

const check = {
  audience: 'order-status',
  keys: [current, old],
  now: '2026-12-24T18:00:00.000Z',
} as const;

test('a link says which order of which shop it is for', async () => {
  const token = await signedBy(current);

  expect(await verifyLink(token, check)).toEqual({
    shop: 'hearth',
    orderId: '100482',
    touch: 'dispatch-notice',
  });
});

test('the same claims give the same link', async () => {
  expect(await signedBy(current)).toBe(await signedBy(current));
});

test('a link names its key, its use and its end, and nobody', async () => {
  const [header = '', payload = ''] = (await signedBy(current)).split('.');
  const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());

  expect(read(header)).toEqual({ alg: 'HS256', kid: 'k2' });
  expect(read(payload)).toEqual({
    aud: 'order-status',
    exp: 1_810_900_800,
    iat: 1_795_348_800,
    order: '100482',
    shop: 'hearth',
    touch: 'dispatch-notice',
  });
});

test('a link of the key before is good as long as that key is accepted', async () => {
  const token = await signedBy(old);

  await expect(verifyLink(token, check)).resolves.toMatchObject({ orderId: '100482' });
  await expect(verifyLink(token, { ...check, keys: [current] })).rejects.toThrow(
    'no link key "k1"',
  );
});

test('an altered link is refused', async () => {
  const [header, , signature] = (await signedBy(current)).split('.');
  const payload = Buffer.from(
    JSON.stringify({ shop: 'hearth', order: '1', touch: 't', aud: 'order-status', exp: 4e9 }),
  ).toString('base64url');

  await expect(verifyLink(`${header}.${payload}.${signature}`, check)).rejects.toThrow('signature');
});

test('a link without a signature is refused', async () => {
  const [, payload] = (await signedBy(current)).split('.');
  const header = Buffer.from('{"alg":"none","kid":"k2"}').toString('base64url');

  await expect(verifyLink(`${header}.${payload}.`, check)).rejects.toThrow('Algorithm');
});

test('a link is refused after its end', async () => {
  const token = await signedBy(current);

  await expect(verifyLink(token, { ...check, now: claims.expiresAt })).rejects.toThrow('exp');
});

test('a link for one use is refused for another', async () => {
  const token = await signedBy(current);

  await expect(verifyLink(token, { ...check, audience: 'unsubscribe' })).rejects.toThrow('aud');
});

test('a key too short for its algorithm is refused, by its id only', async () => {
  const short = { kid: 'k3', key: new Uint8Array(16) };

  await expect(signedBy(short)).rejects.toThrow('link key "k3" has 16 bytes, expected 32 or more');
});
