import { describe, expect, test } from 'vitest';
import type { IncomingDetail, IncomingEventType } from '#core/contracts/incoming-events.ts';
import type { Session, ShownOffer } from '#core/domain/sessions/session.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { amended, at, line, placed } from '#tests/unit/orders/order-events.ts';
import { messageOf, setUp } from './set-up.ts';

const orderId = placed().orderId;
const origin = { sessionId: 's-1', offerId: 'brush' };

const shown: ShownOffer = {
  impressionId: 's-1-1',
  offerId: 'brush',
  slot: 1,
  type: 'upsell',
  context: 'new/strong',
  headline: 'A brush',
  action: 'Add',
  product: { sku: 'brush', name: 'Brush', price: { amountMinor: 500, currency: 'EUR' } },
  success: 'confirmation',
  valueMinor: 200,
  propensity: 0.4,
  viewedAt: at(10),
  acceptance: { state: 'pending', at: at(10), validUntil: at(11) },
};

const session: Session = {
  shop: 'hearth',
  orderId,
  sessionId: 's-1',
  version: 1,
  locale: 'en-GB',
  currency: 'EUR',
  openedAt: at(10),
  endsAt: at(34),
  isHeldOut: false,
  offers: [shown],
  guides: [],
};

const told = <Type extends IncomingEventType>(
  type: Type,
  detail: Omit<IncomingDetail<Type>, 'schemaVersion' | 'shop'>,
): string =>
  JSON.stringify({
    source: 'oms.hearth',
    'detail-type': type,
    detail: { ...detail, shop: 'hearth', schemaVersion: 1 },
  });

const added = messageOf(amended(11, { addedLines: [line('brush', { origin })] }));
const refused = told('OfferRefused', {
  eventId: 'refused-1',
  occurredAt: at(11),
  orderId,
  ...origin,
  reason: 'payment-declined',
});

const settledIn = (events: readonly { readonly type: string }[]) =>
  events.filter(({ type }) => type === 'OfferSettled');

describe('a product that was accepted on the confirmation page', () => {
  test('is confirmed when the order system adds it, and booked as an upsell', async () => {
    const { ingest, sessions, counts, bus, ledger } = setUp({ sessions: [session] });
    await ingest(messageOf(placed()));
    await ingest(
      told('SessionOpened', { eventId: 's', occurredAt: at(10), orderId, sessionId: 's-1' }),
    );

    await ingest(added);

    const [stored] = sessions.all();
    expect(stored?.offers[0]?.acceptance?.state).toBe('confirmed');
    expect(settledIn(bus.events)).toMatchObject([
      { detail: { sessionId: 's-1', impressionId: 's-1-1', outcome: 'confirmed', sku: 'brush' } },
    ]);
    expect(await counts.of('hearth', 'new')).toEqual(
      new Map([['brush#new/strong', { shown: 0, accepted: 1 }]]),
    );
    const entries = ledger.all().flatMap((transaction) => transaction.entries);
    expect(entries.some((entry) => entry.class === 'confirmation_upsell')).toBe(true);
  });

  test('is confirmed once, however often that is told', async () => {
    const { ingest, counts, bus } = setUp({ sessions: [session] });
    for (const message of [messageOf(placed()), added, added]) await ingest(message);

    expect((await counts.of('hearth', 'new')).get('brush#new/strong')?.accepted).toBe(1);
    expect(new Set(settledIn(bus.events).map((event) => JSON.stringify(event))).size).toBe(1);
  });

  test('is settled also when the order comes after its amendment', async () => {
    const { ingest, sessions } = setUp({ sessions: [session] });
    for (const message of [added, messageOf(placed())]) await ingest(message);

    expect(sessions.all()[0]?.offers[0]?.acceptance?.state).toBe('confirmed');
  });

  test('is told again when telling it broke off', async () => {
    const { ingest, bus } = setUp({ sessions: [session], busBreaks: breaksOnce() });
    await expect(ingest(messageOf(placed()))).rejects.toThrow('bus');
    await ingest(messageOf(placed()));

    await ingest(added);

    expect(settledIn(bus.events)).toHaveLength(1);
  });

  test('is refused with the order system’s reason, and nothing is learnt of it', async () => {
    const { ingest, sessions, counts, bus } = setUp({ sessions: [session] });

    expect(await ingest(refused)).toMatchObject({ kind: 'applied' });

    expect(sessions.all()[0]?.offers[0]?.acceptance).toMatchObject({
      state: 'refused',
      reason: 'payment-declined',
    });
    expect(settledIn(bus.events)).toMatchObject([
      { detail: { outcome: 'refused', reason: 'payment-declined' } },
    ]);
    expect(await counts.of('hearth', 'new')).toEqual(new Map());
  });
});

test('what is taken up on a page of the shop’s own settles nothing here', async () => {
  const { ingest, bus, sessions } = setUp();
  for (const message of [messageOf(placed()), added, refused]) await ingest(message);

  expect(settledIn(bus.events)).toEqual([]);
  expect(sessions.all()).toEqual([]);
});

test('an offer is kept as it was last told', async () => {
  const offer = {
    offerId: 'brush',
    type: 'upsell' as const,
    product: { kind: 'sku' as const, sku: 'brush' },
    value: { kind: 'margin' as const, amountMinor: 200 },
    creative: { en: { headline: 'A brush', action: 'Add' } },
  };
  const { ingest, offers } = setUp();

  const later = { ...offer, stock: 0 };
  await ingest(told('OfferUpdated', { eventId: 'o-2', occurredAt: at(12), offer: later }));
  await ingest(told('OfferUpdated', { eventId: 'o-1', occurredAt: at(11), offer }));

  expect(await offers.of('hearth')).toEqual([
    { shop: 'hearth', ...later, conditions: {}, isActive: true, updatedAt: at(12) },
  ]);
});
