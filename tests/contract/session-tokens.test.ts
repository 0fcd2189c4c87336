import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { joseLinkSigner } from '#core/adapters/jose-link-signer.ts';
import { joseSessionTokens } from '#core/adapters/jose-session-tokens.ts';
import type { LinkKey, LinkKeySet } from '#core/adapters/link-keys.ts';
import { minute, SESSION_ID } from '#tests/unit/sessions/sessions.ts';

const old: LinkKey = { kid: 'k1', key: new Uint8Array(32).fill(1) };
const current: LinkKey = { kid: 'k2', key: new Uint8Array(32).fill(2) };

const tokensOf = (keys: LinkKeySet, renewed: LinkKeySet = keys) =>
  joseSessionTokens({ all: async () => keys, renewed: async () => renewed });

const tokens = tokensOf([current, old]);
const now = minute(0);
const expiresAt = minute(24 * 60);
const session = { use: 'session', sessionId: SESSION_ID, expiresAt } as const;
const visit = { ...session, use: 'visit', impressionId: `${SESSION_ID}-2` } as const;

describe('the tokens of a page', () => {
  test.each([session, visit])('say what they are for: %j', async (claims) => {
    const token = await tokens.sign(claims);

    expect(await tokens.read(token, claims.use, now)).toEqual({ kind: 'valid', claims });
  });

  test('are the same for the same', async () => {
    expect(await tokens.sign(visit)).toBe(await tokens.sign({ ...visit }));
  });

  test('are for one use alone', async () => {
    const refused = { kind: 'invalid', because: 'the claim aud is not what was expected' };

    expect(await tokens.read(await tokens.sign(session), 'visit', now)).toEqual(refused);
    expect(await tokens.read(await tokens.sign(visit), 'session', now)).toEqual(refused);
  });

  test('end with the session', async () => {
    const token = await tokens.sign(session);

    expect(await tokens.read(token, 'session', minute(24 * 60 - 1))).toMatchObject({
      kind: 'valid',
    });
    expect(await tokens.read(token, 'session', expiresAt)).toEqual({
      kind: 'invalid',
      because: 'it has expired: open the page of the order again',
    });
  });

  test('hold on while keys are rotated: an older one is read, a newer one looked for', async () => {
    const byOld = await tokensOf([old]).sign(session);
    const byNew = await tokensOf([current]).sign(session);

    expect(await tokens.read(byOld, 'session', now)).toMatchObject({ kind: 'valid' });
    expect(await tokensOf([old], [current, old]).read(byNew, 'session', now)).toMatchObject({
      kind: 'valid',
    });
  });

  test('are refused when their key was dropped, or has their key’s name alone', async () => {
    const dropped = await tokensOf([old]).sign(session);
    const forged = await tokensOf([{ ...current, key: new Uint8Array(32).fill(9) }]).sign(session);

    expect(await tokensOf([current]).read(dropped, 'session', now)).toEqual({
      kind: 'invalid',
      because: 'it was signed by no key that is still used',
    });
    expect(await tokens.read(forged, 'session', now)).toEqual({
      kind: 'invalid',
      because: 'it was altered',
    });
  });

  test('are not those of messages, though the keys are the same', async () => {
    const signer = joseLinkSigner({ all: async () => [current], renewed: async () => [current] });
    const link = await signer.sign({
      audience: 'message',
      shop: 'hearth',
      orderId: '100482',
      touchId: 'care-guide',
      channel: 'email',
      expiresAt,
    });

    expect(await tokens.read(link, 'session', now)).toMatchObject({ kind: 'invalid' });
    expect(await signer.read(await tokens.sign(session), now)).toMatchObject({ kind: 'refused' });
  });

  test('of a link name their offer', async () => {
    const nameless = await new SignJWT({})
      .setProtectedHeader({ alg: 'HS256', kid: 'k2' })
      .setAudience('visit')
      .setSubject(SESSION_ID)
      .setExpirationTime(new Date(expiresAt))
      .sign(current.key);

    expect(await tokens.read(nameless, 'visit', now)).toEqual({
      kind: 'invalid',
      because: 'it names no offer',
    });
  });

  test.each(['', 'x', 'a.b.c', '..'])('are not %j', async (text) => {
    const check = await tokens.read(text, 'session', now);

    expect(check.kind).toBe('invalid');
  });

  test('are not taken unsigned', async () => {
    const unsigned = new UnsecuredJWT({})
      .setAudience('session')
      .setSubject(SESSION_ID)
      .setExpirationTime(new Date(expiresAt))
      .encode();

    expect(await tokens.read(unsigned, 'session', now)).toMatchObject({ kind: 'invalid' });
  });

  test('are not signed by a key that is too short', async () => {
    const short = tokensOf([{ kid: 'k9', key: new Uint8Array(31) }]);

    await expect(short.sign(session)).rejects.toThrow('link key "k9" has 31 bytes, expected 32');
  });

  test('fail where the keys cannot be read', async () => {
    const away = () => Promise.reject(new Error('no secret'));
    const blind = joseSessionTokens({ all: away, renewed: away });

    await expect(blind.read(await tokens.sign(session), 'session', now)).rejects.toThrow(
      'no secret',
    );
  });
});
