import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shopKey } from '#core/adapters/shop-key.ts';
import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import { ORDER_TOKEN_AUDIENCE } from '#core/contracts/order-token.ts';
import { sessionAnswer } from '#core/contracts/session-api.ts';
import { DAY_MS, HOUR_MS } from '#rehearsal/input/duration.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import { Rehearsal } from '#rehearsal/rehearsal.ts';
import { storedItems } from './confirmation-story.ts';
import { assembly, temporaryFolder } from './rehearsed.ts';

const START_MS = Date.parse('2026-03-02T09:00:00Z');
const NOW_MS = START_MS + HOUR_MS;

const told = (detailType: string, says: object, atMs = START_MS): TimedEvent => ({
  atMs,
  source: 'oms.hearth',
  detailType,
  detail: {
    eventId: `${detailType}/${JSON.stringify(says).length}/${atMs}`,
    occurredAt: new Date(atMs).toISOString(),
    schemaVersion: SCHEMA_VERSION,
    shop: 'hearth',
    ...says,
  },
});

const money = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

const placed = (orderId: string, atMs: number) =>
  told(
    'OrderPlaced',
    {
      eventId: `${orderId}/placed`,
      orderId,
      contact: { customerId: `c-${orderId}`, email: 'ada@customers.example' },
      lines: [{ lineId: '1', sku: 'HG-ESP-040', quantity: 1, unitPrice: money(34_900) }],
      total: money(34_900),
    },
    atMs,
  );

const upsell = {
  offerId: 'descaler',
  type: 'upsell',
  product: { kind: 'sku', sku: 'HG-DES-500' },
  value: { kind: 'margin', amountMinor: 500_000 },
  creative: { en: { headline: 'Keep it clean', action: 'Add' } },
};

let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await Rehearsal.boot({
    assemblyDir: await assembly(),
    stacks: ['Data', 'Ingestion', 'Confirmation'],
    stateDir: temporaryFolder(),
    startMs: START_MS,
    seed: '1',
  });
  rehearsal.schedule([
    told('CatalogItemUpdated', {
      item: { sku: 'HG-DES-500', name: 'Descaler', category: 'Care', price: money(990) },
    }),
    told('OfferUpdated', { offer: upsell }),
    placed('known', START_MS + 60_000),
  ]);
  await rehearsal.run(NOW_MS);
}, 120_000);
afterAll(() => rehearsal.stop());

interface Claims {
  readonly orderId?: string;
  readonly shop?: string;
  readonly signedAs?: string;
  readonly audience?: string;
  readonly issuedMs?: number;
  readonly seconds?: number;
  readonly customerId?: string;
}

const tokenOf = ({
  orderId = 'known',
  shop = 'hearth',
  signedAs = shop,
  audience = ORDER_TOKEN_AUDIENCE,
  issuedMs = Math.floor(rehearsal.clock.now() / 1000) * 1000,
  seconds = 600,
  customerId = `c-${orderId}`,
}: Claims = {}): Promise<string> => {
  const { key }: { readonly key: string } = JSON.parse(rehearsal.secretValue('ShopTokenKey'));
  const own = shopKey(new TextEncoder().encode(key), signedAs);
  const order = {
    placedAt: new Date(issuedMs).toISOString(),
    currency: 'EUR',
    totalMinor: 34_900,
    lines: [{ sku: 'HG-ESP-040', quantity: 1, category: 'Coffee machines', name: 'Secret lever' }],
    customerId,
  };
  return new SignJWT({ order })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(shop)
    .setSubject(orderId)
    .setAudience(audience)
    .setIssuedAt(issuedMs / 1000)
    .setExpirationTime(issuedMs / 1000 + seconds)
    .sign(new TextEncoder().encode(own));
};

let addresses = 0;

const post = (path: string, body: string, sourceIp?: string) => {
  addresses += 1;
  return rehearsal.http({
    method: 'POST',
    path,
    headers: { 'content-type': 'text/plain', origin: 'https://www.hearth.example' },
    body,
    sourceIp: sourceIp ?? `10.0.0.${addresses}`,
  });
};

const open = async (claims: Claims = {}) =>
  post('/sessions', JSON.stringify({ orderToken: await tokenOf(claims) }));

const opened = async (claims: Claims = {}) =>
  sessionAnswer.parse(JSON.parse((await open(claims)).body));

describe('the confirmation page of an order', () => {
  test('is open to the shop’s page before the order was taken in', async () => {
    const answer = await open({ orderId: 'not-yet' });

    expect(answer).toMatchObject({
      status: 201,
      headers: { 'access-control-allow-origin': 'https://www.hearth.example' },
    });
    expect(sessionAnswer.parse(JSON.parse(answer.body)).offers).toMatchObject([
      { headline: 'Keep it clean', product: { sku: 'HG-DES-500', price: '€9.90' }, state: 'open' },
    ]);
  });

  test('is the same for every token of its order, and another for every other order', async () => {
    const [first, again, other] = [await opened(), await opened(), await opened({ orderId: 'b' })];

    expect({ ...again, sessionToken: '' }).toEqual({ ...first, sessionToken: '' });
    expect(other.sessionId).not.toBe(first.sessionId);
  });

  test('has what was accepted once the order system has added it, and the books have it then', async () => {
    const { sessionId, sessionToken, offers } = await opened();
    const [offer] = offers;
    const impressionId = offer?.impressionId ?? '';
    const accept = JSON.stringify({
      sessionToken,
      interactions: [{ impressionId, kind: 'accepted' }],
    });
    const before = await storedItems(rehearsal, 'Ledger');

    const answers = [
      await post(`/sessions/${sessionId}/interactions`, accept),
      await post(`/sessions/${sessionId}/interactions`, accept),
    ];
    const pending = await storedItems(rehearsal, 'Ledger');
    rehearsal.schedule([
      told(
        'OrderAmended',
        {
          eventId: 'added',
          orderId: 'known',
          addedLines: [
            {
              lineId: '2',
              sku: 'HG-DES-500',
              quantity: 1,
              unitPrice: money(990),
              origin: { sessionId, offerId: 'descaler' },
            },
          ],
          total: money(35_890),
        },
        NOW_MS + 1,
      ),
    ]);
    await rehearsal.run(NOW_MS + 60_000);

    expect(answers.map(({ status, body }) => [status, JSON.parse(body)])).toEqual([
      [200, { offers: [{ impressionId, state: 'pending' }] }],
      [200, { offers: [{ impressionId, state: 'pending' }] }],
    ]);
    expect(pending).toEqual(before);
    const booked = JSON.stringify(await storedItems(rehearsal, 'Ledger'));
    expect(booked).toContain('confirmation_upsell');
    const looked = await rehearsal.http({
      method: 'GET',
      path: `/sessions/${sessionId}`,
      headers: { authorization: `Bearer ${sessionToken}` },
    });
    expect(JSON.parse(looked.body).offers).toMatchObject([{ state: 'confirmed' }]);
    const counts = JSON.stringify(await storedItems(rehearsal, 'OfferCounts'));
    expect(counts).toContain('"accepted":{"N":"1"}');
  });

  test('says so when the order system did not answer in time', async () => {
    const { sessionId, sessionToken, offers } = await opened({ orderId: 'unheard' });
    const interactions = [{ impressionId: offers[0]?.impressionId ?? '', kind: 'accepted' }];
    await post(
      `/sessions/${sessionId}/interactions`,
      JSON.stringify({ sessionToken, interactions }),
    );

    await rehearsal.run(NOW_MS + HOUR_MS / 2);

    const { body } = await rehearsal.http({
      method: 'GET',
      path: `/sessions/${sessionId}`,
      headers: { authorization: `Bearer ${sessionToken}` },
    });
    expect(JSON.parse(body).offers).toMatchObject([{ state: 'expired' }]);
    expect(rehearsal.deadLetters()).toEqual([]);
    expect(rehearsal.denials).toEqual([]);
  });
});

describe('whoever has no right to a page', () => {
  const wrong: readonly (readonly [string, Claims])[] = [
    ['signed by another shop', { signedAs: 'northside' }],
    ['of an unknown shop', { shop: 'elsewhere' }],
    ['for another use', { audience: 'inbox' }],
    ['that has ended', { issuedMs: NOW_MS - DAY_MS }],
    ['that lasts too long', { seconds: 7 * 86_400 }],
  ];

  test.each(wrong)(
    'gets none by a token %s, and learns nothing of the order',
    async (_, claims) => {
      const { status, headers, body } = await open(claims);

      expect(status).toBe(401);
      expect(headers['content-type']).toBe('application/problem+json');
      expect(body).not.toMatch(/HG-ESP|Secret lever|c-known|descaler|Keep it clean/);
    },
  );

  test('gets none by a token that was tampered with, or by none', async () => {
    const [head = '', , signature = ''] = (await tokenOf()).split('.');
    const other = (await tokenOf({ orderId: 'other' })).split('.')[1] ?? '';
    const forged = [head, other, signature].join('.');

    for (const orderToken of [forged, 'x', '..', 'null'])
      expect((await post('/sessions', JSON.stringify({ orderToken }))).status).toBe(401);
    for (const body of ['', '{', '[]', '{"orderToken":5}', '{"token":"x"}'])
      expect((await post('/sessions', body)).status).toBe(400);
  });

  test('of another order learns not even that there is one', async () => {
    const [own, other] = [await opened({ orderId: 'own' }), await opened({ orderId: 'theirs' })];
    const interactions = [{ impressionId: other.offers[0]?.impressionId ?? '', kind: 'accepted' }];

    const asked = await rehearsal.http({
      method: 'GET',
      path: `/sessions/${other.sessionId}`,
      headers: { authorization: `Bearer ${own.sessionToken}` },
    });
    const acted = await post(
      `/sessions/${other.sessionId}/interactions`,
      JSON.stringify({ sessionToken: own.sessionToken, interactions }),
    );

    const nothing = await rehearsal.http({
      method: 'GET',
      path: `/sessions/${'0'.repeat(32)}`,
      headers: { authorization: `Bearer ${own.sessionToken}` },
    });
    expect([asked.status, acted.status, nothing.status]).toEqual([404, 404, 404]);
    expect(asked.body).toBe(nothing.body);
  });

  test('is told off for a megabyte, in whatever it is', async () => {
    const orderToken = 'x'.repeat(1024 * 1024);

    const answers = [
      await post('/sessions', JSON.stringify({ orderToken })),
      await post('/sessions', orderToken),
      await post(`/sessions/${'0'.repeat(32)}/interactions`, orderToken),
    ];

    expect(answers.map(({ status }) => status)).toEqual([413, 413, 413]);
  });

  test('is slowed down when they ask 200 times a second, while others are served', async () => {
    const body = JSON.stringify({ orderToken: 'x' });

    const flood = await Promise.all(
      Array.from({ length: 200 }, () => post('/sessions', body, '192.0.2.1')),
    );
    const others = await open({ orderId: 'another' });

    const slowed = flood.filter(({ status }) => status === 429);
    expect(slowed.length).toBeGreaterThan(100);
    expect(Number(slowed[0]?.headers['retry-after'])).toBeGreaterThan(0);
    expect(new Set(flood.map(({ status }) => status))).toEqual(new Set([401, 429]));
    expect(others.status).toBe(201);
  });
});
