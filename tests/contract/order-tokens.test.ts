import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { joseOrderTokens } from '#core/adapters/jose-order-tokens.ts';
import { shopKey } from '#core/adapters/shop-key.ts';
import { MAX_TOKEN_LENGTH } from '#core/contracts/order-token.ts';
import { minute } from '#tests/unit/sessions/sessions.ts';
import {
  master,
  orderToken,
  type OrderTokenChange,
  orderTokens,
  previousMaster,
  tokenOrder,
} from '#tests/unit/sessions/tokens.ts';

const now = minute(0);
const nowSeconds = Date.parse(now) / 1000;

describe('the key of a shop', () => {
  test('is what anybody can derive who has the deployment’s key', () => {
    const expected = createHmac('sha256', Buffer.from(master))
      .update('confirmation/hearth', 'utf8')
      .digest('base64url');

    expect(shopKey(master, 'hearth')).toBe(expected);
    expect(expected).toHaveLength(43);
  });

  test('is another for another shop, and for another key of the deployment', () => {
    const keys = [master, previousMaster].flatMap((key) => [
      shopKey(key, 'hearth'),
      shopKey(key, 'northside'),
    ]);

    expect(new Set(keys).size).toBe(4);
  });
});

describe('the token of an order', () => {
  test('says which order of which shop it is, and all of it that is needed', async () => {
    expect(await orderTokens(await orderToken(), now)).toEqual({
      kind: 'valid',
      shop: 'hearth',
      orderId: '100482',
      order: tokenOrder(),
    });
  });

  test('is taken by the key before this one, while keys are changed', async () => {
    const key = shopKey(previousMaster, 'hearth');

    expect(await orderTokens(await orderToken({ key }), now)).toMatchObject({ kind: 'valid' });
  });

  test.each<[string, OrderTokenChange]>([
    ['is a guest’s', { order: { ...tokenOrder(), customerId: undefined } }],
    ['lasts an hour', { seconds: 3600 }],
    ['comes from a clock half a minute ahead', { from: nowSeconds + 30 }],
    ['ended half a minute ago by ours', { from: nowSeconds - 629 }],
  ])('is taken when it %s', async (_, change) => {
    expect(await orderTokens(await orderToken(change), now)).toMatchObject({ kind: 'valid' });
  });

  test.each<[string, OrderTokenChange]>([
    ['it was not signed by the key of the shop', { key: shopKey(master, 'northside') }],
    ['it was not signed by the key of the shop', { key: 'k'.repeat(43) }],
    ['it was not signed by the key of the shop', { key: new TextDecoder().decode(master) }],
    ['it has expired', { from: nowSeconds - 700 }],
    ['it lasts 3601 seconds, expected 3600 at most', { seconds: 3601 }],
    ['iat is in the future', { from: nowSeconds + 31 }],
    ['the claim aud is not what was expected', { audience: 'inbox' }],
    ['order.lines: ', { order: { ...tokenOrder(), lines: [] } }],
    ['order.currency: expected an ISO 4217 code', { order: tokenOrder({ currency: 'euro' }) }],
    ['order: expected only the documented keys', { order: { ...tokenOrder(), email: 'a@b.c' } }],
    ['the claim order is missing', { claims: { order: undefined } }],
  ])('is not taken: %s', async (because, change) => {
    const token = await orderToken(change);

    const check = await orderTokens(token, now);

    expect(check).toEqual({ kind: 'invalid', because: expect.stringContaining(because) });
    expect(JSON.stringify(check)).not.toContain(token);
  });

  test('says nothing of an order that is refused', async () => {
    const order = {
      ...tokenOrder({ customerId: 'somebody' }),
      totalMinor: -1,
      email: 'a@b.example',
    };

    const check = JSON.stringify(await orderTokens(await orderToken({ order }), now));

    expect(check).not.toMatch(/somebody|example|HG-ESP/);
  });

  test.each(['nothing', 'a.b.c', '', '..', 'ä'])(
    'is not taken when it is none: %j',
    async (text) => {
      expect(await orderTokens(text, now)).toMatchObject({ kind: 'invalid' });
    },
  );

  test('is not taken unsigned, nor with an issuer that is none', async () => {
    const claims = { iss: 'hearth', sub: '1', iat: nowSeconds, exp: nowSeconds + 60 };
    const unsigned = new UnsecuredJWT({ ...claims, order: tokenOrder() })
      .setAudience('afterglow-confirmation')
      .encode();

    expect(await orderTokens(unsigned, now)).toMatchObject({ kind: 'invalid' });
    expect(await orderTokens(await orderToken({ shop: '' }), now)).toEqual({
      kind: 'invalid',
      because: 'it is no JWT with an iss: the shop’s id',
    });
  });

  test('is refused unread when it is too long', async () => {
    const check = joseOrderTokens(() => Promise.reject(new Error('no key is needed')));

    expect(await check('x'.repeat(MAX_TOKEN_LENGTH + 1), now)).toMatchObject({ kind: 'invalid' });
  });

  test('fails where the keys cannot be read: nobody is let in, and nobody is told off', async () => {
    const check = joseOrderTokens(() => Promise.reject(new Error('no secret')));

    await expect(check(await orderToken(), now)).rejects.toThrow('no secret');
  });

  test('of one shop never speaks for another', async () => {
    const shops = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);
    await fc.assert(
      fc.asyncProperty(shops, shops, async (shop, signer) => {
        const token = await orderToken({ shop, key: shopKey(master, signer) });

        const { kind } = await orderTokens(token, now);

        expect(kind).toBe(shop === signer ? 'valid' : 'invalid');
      }),
      { numRuns: 50 },
    );
  });

  test('is not taken when a single letter of it was changed', async () => {
    const token = await orderToken();
    await fc.assert(
      fc.asyncProperty(
        fc.nat(token.length - 1),
        fc.constantFrom('a', 'X', '0', '9', '-', '_', '.'),
        async (place, letter) => {
          const changed = token.slice(0, place) + letter + token.slice(place + 1);
          // The last letter has bits that mean nothing (RFC 4648, 3.5).
          fc.pre(changed !== token && place < token.length - 1);

          expect(await orderTokens(changed, now)).toMatchObject({ kind: 'invalid' });
        },
      ),
      { numRuns: 100 },
    );
  });
});
