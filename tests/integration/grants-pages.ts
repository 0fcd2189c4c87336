import { shopKey } from '#core/adapters/shop-key.ts';
import { sessionAnswer } from '#core/contracts/session-api.ts';
import { orderToken } from '#rehearsal/input/order-tokens.ts';
import { line } from '#rehearsal/input/sample-order.ts';
import { hearth } from '#rehearsal/input/sample-shops.ts';
import { placedOrder } from '#rehearsal/input/shop-orders.ts';
import {
  type Deed,
  type TimedEvent,
  type TimedRequest,
  told,
  toldOfOrder,
} from '#rehearsal/input/timed-event.ts';
import type { HttpAnswer } from '#rehearsal/services/http-answer.ts';
import type { HttpRequest } from '#rehearsal/services/http-event.ts';

const START_MS = Date.parse('2026-03-02T10:00:00Z');

/** What may be offered to whom: each is worth so much that no draw is below the floor. */
export const offersOfStory: readonly TimedEvent[] = [
  {
    offerId: 'course',
    type: 'upsell' as const,
    product: { kind: 'sku' as const, sku: 'HG-CRS-BAR' },
    value: { kind: 'margin' as const, amountMinor: 1_000_000 },
    conditions: { boughtSkus: ['HG-KNI-200'] },
  },
  {
    offerId: 'stone',
    type: 'upsell' as const,
    product: { kind: 'sku' as const, sku: 'HG-KNI-STO' },
    value: { kind: 'margin' as const, amountMinor: 1_000_000 },
    conditions: { boughtSkus: ['HG-BEA-250'] },
  },
  {
    offerId: 'cover',
    type: 'partner' as const,
    partner: 'homecover',
    url: 'https://www.homecover.example/knives',
    value: { kind: 'cpa' as const, amountMinor: 1_000_000 },
    conditions: { boughtSkus: ['HG-KNI-200'] },
  },
].map((offer, at) =>
  told(
    'OfferUpdated',
    { shop: hearth.id, eventId: `offer/${offer.offerId}`, occurredAtMs: START_MS + at * 1000 },
    { offer: { ...offer, creative: { en: { headline: 'Something', action: 'Have it' } } } },
  ),
);

const MINUTE_MS = 60_000;

/**
 * Two look at the pages of their orders: Wei follows a partner's link and takes a course, which the order system adds
 * and the partner pays for; what Lee takes nobody answers.
 */
export const looksOf = async (
  events: readonly TimedEvent[],
  key: string,
): Promise<readonly TimedRequest[]> => {
  const encoder = new TextEncoder();
  const keys = (shop: string) => shopKey(encoder.encode(key), shop);
  const ofStory = events.flatMap((event) => placedOrder(event) ?? []);
  const opened = ['7-held', '4-by-phone'].map(async (orderId) => {
    const placed = ofStory.find((each) => each.orderId === orderId);
    if (placed === undefined) throw new Error(`the story has no order ${orderId}`);
    const atMs = Date.parse(placed.occurredAt) + 5000;
    const request = post('/sessions', { orderToken: await orderToken(placed, atMs, keys) });
    return { atMs, request, follows: (answer: HttpAnswer) => onPage(orderId, atMs, answer) };
  });
  const component = { method: 'GET', path: '/component/releases.json' };
  return [{ atMs: START_MS, request: component }, ...(await Promise.all(opened))];
};

const post = (path: string, body: object): HttpRequest => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'text/plain' },
  body: JSON.stringify(body),
});

const onPage = (orderId: string, atMs: number, { bytes }: HttpAnswer): readonly Deed[] => {
  const page = sessionAnswer.safeParse(JSON.parse(bytes.toString('utf8'))).data;
  if (page === undefined) return [];
  const { sessionId, sessionToken } = page;
  const done = page.offers.flatMap(({ impressionId, href }, at): readonly Deed[] => {
    const actMs = atMs + (at + 1) * MINUTE_MS;
    if (href !== undefined) return [{ atMs: actMs, request: { method: 'GET', path: `/${href}` } }];
    const interactions = (['viewed', 'accepted'] as const).map((kind) => ({ impressionId, kind }));
    const body = { sessionToken, interactions };
    return [{ atMs: actMs, request: post(`/sessions/${sessionId}/interactions`, body) }];
  });
  return orderId === '7-held' ? [...done, ...answered(orderId, sessionId, atMs)] : done;
};

const answered = (orderId: string, sessionId: string, atMs: number): readonly TimedEvent[] => {
  const telling = (eventId: string, minutes: number) => ({
    shop: hearth.id,
    orderId,
    eventId,
    occurredAtMs: atMs + minutes * MINUTE_MS,
  });
  const origin = { sessionId, offerId: 'course' };
  return [
    toldOfOrder('OrderAmended', telling('added', 5), {
      addedLines: [{ lineId: 'L2', ...line('HG-CRS-BAR', 1, { origin }) }],
    }),
    toldOfOrder('CommissionConfirmed', telling('paid', 600), {
      commissionId: 'C1',
      partner: 'homecover',
      amount: { amountMinor: 1200, currency: 'EUR' },
      sessionId,
      offerId: 'cover',
    }),
  ];
};
