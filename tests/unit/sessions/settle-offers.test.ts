import { describe, expect, test } from 'vitest';
import type { CommissionConfirmed, OrderAmended } from '#core/domain/orders/order-event.ts';
import type { Session } from '#core/domain/sessions/session.ts';
import { settleOffers, type SettlingEvent } from '#core/sessions/settle-offers.ts';
import { inMemoryOfferCounts } from '#tests/fakes/in-memory-offer-counts.ts';
import { inMemoryOfferHistories } from '#tests/fakes/in-memory-offer-histories.ts';
import { inMemorySessions } from '#tests/fakes/in-memory-sessions.ts';
import { euros, line } from '#tests/unit/orders/order-events.ts';
import { byThePurchase, minute, sessionOf, SESSION_ID, shown } from './sessions.ts';

const pending = { state: 'pending', at: minute(1), validUntil: minute(16) } as const;
const accepted = shown(1, { viewedAt: minute(1), acceptance: pending });
const other = shown(2, { viewedAt: minute(1), acceptance: pending });
const partner = byThePurchase(3, { viewedAt: minute(1), clickedAt: minute(1) });

const setUp = (stored: Session = sessionOf([accepted, other, partner])) => {
  const sessions = inMemorySessions([stored]);
  const counts = inMemoryOfferCounts();
  const histories = inMemoryOfferHistories();
  const unpaid: unknown[] = [];
  const settle = settleOffers({
    sessions,
    counts,
    histories,
    reportUnpaid: (each) => unpaid.push(each),
  });
  const states = async () =>
    (await sessions.find(SESSION_ID))?.offers.map(({ acceptance }) => acceptance?.state);
  return { sessions, counts, histories, unpaid, settle, states };
};

const ofOrder = { eventId: 'e-1', occurredAt: minute(3), shop: 'hearth', orderId: '100482' };

const linesOf = (...offerIds: readonly string[]) =>
  offerIds.map((offerId, index) =>
    line(`L${index}`, { origin: { sessionId: SESSION_ID, offerId } }),
  );

const added = (...offerIds: readonly string[]): OrderAmended => ({
  ...ofOrder,
  type: 'OrderAmended',
  addedLines: linesOf(...offerIds),
});

/** A line of a shop's own page. */
const ofTheirs = line('L1', { origin: { sessionId: 'their-own', offerId: 'offer-1' } });

const commission: CommissionConfirmed = {
  ...ofOrder,
  type: 'CommissionConfirmed',
  commissionId: 'k-1',
  partner: 'trailstay',
  amount: euros(900),
  sessionId: SESSION_ID,
  offerId: 'offer-3',
};

describe('an event of the order system', () => {
  test('with lines of offers settles them all, counts each and tells of each', async () => {
    const { settle, states, counts } = setUp();

    const facts = await settle(added('offer-1', 'offer-2'));

    expect(await states()).toEqual(['confirmed', 'confirmed', undefined]);
    expect(facts).toMatchObject([
      { type: 'OfferSettled', detail: { offerId: 'offer-1', outcome: 'confirmed' } },
      { type: 'OfferSettled', detail: { offerId: 'offer-2', outcome: 'confirmed' } },
    ]);
    expect(await counts.of('hearth', 'returning')).toEqual(
      new Map([
        ['offer-1#returning/strong', { shown: 0, accepted: 1 }],
        ['offer-2#returning/strong', { shown: 0, accepted: 1 }],
      ]),
    );
  });

  test('that is a new order settles an offer of the page of another', async () => {
    const { settle, states } = setUp();

    await settle({
      ...ofOrder,
      type: 'OrderPlaced',
      orderId: '100483',
      contact: {},
      lines: linesOf('offer-1'),
      total: euros(1000),
    });

    expect(await states()).toEqual(['confirmed', 'pending', undefined]);
  });

  test('that comes again counts nothing again and tells the same', async () => {
    const { settle, counts, sessions } = setUp();
    const first = await settle(added('offer-1'));
    const stored = await sessions.find(SESSION_ID);

    const second = await settle(added('offer-1'));

    expect(second).toEqual(first);
    expect(await sessions.find(SESSION_ID)).toEqual(stored);
    expect((await counts.of('hearth', 'returning')).get('offer-1#returning/strong')).toEqual({
      shown: 0,
      accepted: 1,
    });
  });

  test('may refuse what was accepted, and says why', async () => {
    const { settle, states } = setUp();

    const facts = await settle({
      ...ofOrder,
      type: 'OfferRefused',
      sessionId: SESSION_ID,
      offerId: 'offer-1',
      reason: 'sold-out',
    });

    expect(await states()).toEqual(['refused', 'pending', undefined]);
    expect(facts).toMatchObject([{ detail: { outcome: 'refused', reason: 'sold-out' } }]);
  });

  test.each<[string, SettlingEvent]>([
    ['of a session that is not ours', { ...added(), addedLines: [ofTheirs] }],
    ['of another shop', { ...added('offer-1'), shop: 'northside' }],
    ['without an origin', { ...ofOrder, type: 'OrderAmended', addedLines: [line('L1')] }],
    ['that adds nothing', { ...ofOrder, type: 'OrderAmended' }],
    ['that settles nothing', { ...ofOrder, type: 'OrderCancelled' }],
    ['of a commission for something else', { ...commission, offerId: undefined }],
  ])('%s changes nothing', async (_, event) => {
    const { settle, states } = setUp();

    expect(await settle(event)).toEqual([]);
    expect(await states()).toEqual(['pending', 'pending', undefined]);
  });
});

describe('a partner’s commission', () => {
  test('is a success of the offer that was followed, and spends its budget', async () => {
    const { settle, counts, histories } = setUp();

    const facts = await settle(commission);

    expect(facts).toMatchObject([{ detail: { offerId: 'offer-3', outcome: 'confirmed' } }]);
    expect(await counts.spentOf('hearth')).toEqual(new Map([['offer-3', 900]]));
    expect(await histories.of('hearth', ['c-17'])).toEqual([
      { offerId: 'offer-3', kind: 'accepted', at: minute(3) },
    ]);
  });

  test('beyond the budget is reported, and still a success', async () => {
    const { settle, counts, unpaid } = setUp();
    await counts.spend({ shop: 'hearth', offerId: 'offer-3' }, 200, 1000);

    await settle(commission);

    expect(unpaid).toEqual([{ offerId: 'offer-3', amountMinor: 900 }]);
    expect(await counts.spentOf('hearth')).toEqual(new Map([['offer-3', 200]]));
    expect((await counts.of('hearth', 'returning')).get('offer-3#returning/strong')).toEqual({
      shown: 0,
      accepted: 1,
    });
  });
});

test('ten events at once settle each of their offers, and lose none', async () => {
  const offers = Array.from({ length: 6 }, (_, index) =>
    shown(index + 1, { viewedAt: minute(1), acceptance: pending }),
  );
  const { settle, states } = setUp(sessionOf(offers));

  await Promise.all(offers.map(({ offerId }) => settle(added(offerId))));

  expect(await states()).toEqual(offers.map(() => 'confirmed'));
});
