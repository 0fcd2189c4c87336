import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256Hex } from '#core/adapters/sha256-digest.ts';
import { erasedOrder } from '#core/domain/customers/erasure-of-order.ts';
import { erasedTouch } from '#core/domain/customers/erasure-of-touch.ts';
import {
  idsToForget,
  keptOfCustomer,
  keptOfHistory,
  keptOfIdentity,
} from '#core/domain/customers/erasure.ts';
import { newCustomer } from '#core/domain/customers/customer.ts';
import { newIdentity } from '#core/domain/customers/identity.ts';
import { purchaseOf } from '#core/domain/customers/purchase.ts';
import { transactionsOf } from '#core/domain/ledger/transactions-of.ts';
import { milestonesOf } from '#core/domain/orders/milestones.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { applyEvent } from '#core/domain/orders/order-log.ts';
import { histories } from '#tests/unit/orders/histories.ts';
import { at, dispatched, euros, refunded } from '#tests/unit/orders/order-events.ts';
import {
  customerId,
  guestId,
  logOf,
  personal,
  requestedAt,
  shop,
  toldOfHer,
  touch,
} from './somebody.ts';

const hers = logOf(toldOfHer);
const erased = erasedOrder(hers, requestedAt);

describe('an order whose customer is forgotten', () => {
  test('tells nothing of her', () => {
    const text = JSON.stringify(erased);

    expect(personal.filter((each) => JSON.stringify(hers).includes(each))).not.toEqual([]);
    expect(personal.filter((each) => text.includes(each))).toEqual([]);
  });

  test('keeps its books, whatever happened to it', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const log = logOf(events);

        expect(transactionsOf(erasedOrder(log, requestedAt), sha256Hex)).toEqual(
          transactionsOf(log, sha256Hex),
        );
      }),
    );
  });

  test('keeps its lines, amounts, milestones and country', () => {
    const [before, after] = [orderOf(hers.events), orderOf(erased.events)];

    expect(after?.total).toEqual(before?.total);
    expect(after?.shipTo).toEqual({ country: 'DE' });
    expect(after?.lines.map(({ lineId, quantity, total }) => [lineId, quantity, total])).toEqual(
      before?.lines.map(({ lineId, quantity, total }) => [lineId, quantity, total]),
    );
    expect(after === undefined ? [] : milestonesOf(after)).toEqual(
      before === undefined ? undefined : milestonesOf(before),
    );
  });

  test('is erased twice as once, however it was', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const once = erasedOrder(logOf(events), requestedAt);

        expect(erasedOrder(once, at(99))).toEqual(once);
      }),
    );
  });

  test('takes in a refund of the next week, and books it', () => {
    const applied = applyEvent(erased, refunded(200, { amount: euros(500), reason: 'goodwill' }));
    const log = applied.kind === 'added' ? applied.log : erased;

    expect(transactionsOf(log, sha256Hex).length).toBeGreaterThan(
      transactionsOf(erased, sha256Hex).length,
    );
  });

  test('takes in what happens to it later without the person', () => {
    const applied = applyEvent(erased, dispatched(50, 'P2', { trackingNumber: 'TRACK-2' }));

    expect(applied.kind).toBe('added');
    expect(JSON.stringify(applied)).not.toContain('TRACK-2');
  });

  test('is not told anew by an event that it knows', () => {
    for (const event of toldOfHer) expect(applyEvent(erased, event)).toEqual({ kind: 'known' });
  });

  test('is nobody’s purchase', () => {
    const order = orderOf(erased.events);

    expect(order === undefined ? order : purchaseOf(order)).toBeUndefined();
    expect(order?.contact).toEqual({});
  });
});

describe('a touch whose customer is forgotten', () => {
  const sent = {
    ...touch('100482', customerId),
    outcome: {
      state: 'sent',
      at: at(18),
      messageId: 'm-1',
      locale: 'de-DE',
      inDoubt: false,
      addressId: 'email:mia-hash',
    },
    feedback: { delivered: at(19) },
  } as const;

  test('tells nothing of her, and is counted on', () => {
    const after = erasedTouch(sent);

    expect(personal.filter((each) => JSON.stringify(after).includes(each))).toEqual([]);
    expect(after).toMatchObject({
      purpose: 'service',
      decision: {
        kind: 'send',
        channel: 'email',
        rules: [{ rule: 'quiet-hours', verdict: 'pass' }],
      },
      outcome: { state: 'sent', at: at(18) },
      feedback: { delivered: at(19) },
    });
  });

  test('is erased twice as once', () => {
    expect(erasedTouch(erasedTouch(sent))).toEqual(erasedTouch(sent));
  });

  test('leaves out the words of a provider that refused it', () => {
    const because = 'Email address is not verified: mia.sommer@mail.example';
    const refused = { ...sent, outcome: { state: 'refused', at: at(18), because } } as const;

    expect(JSON.stringify(erasedTouch(refused))).not.toContain('sommer');
  });
});

describe('a customer who is forgotten', () => {
  const before = at(10);
  const after = at(50);
  const consent = (when: string) =>
    ({
      eventId: `e-${when}`,
      purpose: 'marketing',
      channel: 'email',
      state: 'granted',
      basis: 'consent',
      confirmed: false,
      at: when,
      source: 'checkout',
      by: customerId,
    }) as const;
  const facts = (when: string) =>
    ({
      ...newCustomer(shop, customerId),
      version: 3,
      profile: { name: 'Mia' },
      profileAt: when,
      consents: [consent(when)],
      devices: { token: { state: 'active', platform: 'GCM', at: when } },
      cases: { case: { state: 'open', at: when } },
      loyalty: { at: when },
      subscriptions: { sub: { sku: 'MUG', state: 'active', at: when } },
      assignment: { id: customerId, since: when },
      merged: { [guestId]: when },
      sharedAddresses: { 'email:mia-hash': { [guestId]: when } },
    }) as const;

  test('is gone when all of it was said before', () => {
    expect(keptOfCustomer(facts(before), requestedAt)).toBeUndefined();
  });

  test('is who they are now when all of it was said after', () => {
    expect(keptOfCustomer(facts(after), requestedAt)).toEqual(facts(after));
  });

  test('is who came again, with nothing of before', () => {
    const both = { ...facts(before), consents: [consent(before), consent(after)] };

    expect(keptOfCustomer(both, requestedAt)).toEqual({
      ...newCustomer(shop, customerId),
      version: 3,
      consents: [consent(after)],
    });
  });

  test('is no pointer to another any more', () => {
    const pointer = { ...newCustomer(shop, guestId), version: 2, mergedInto: customerId };

    expect(keptOfCustomer(pointer, requestedAt)).toBeUndefined();
  });

  test('is known by the ids that turned out to be theirs up to then', () => {
    const merged = { [guestId]: before, 'guest:later': after };

    expect(idsToForget({ customerId, merged }, requestedAt)).toEqual([customerId, guestId]);
  });

  test('has not given an address that others gave too', () => {
    const identity = { ...newIdentity(shop, 'email:x'), givers: { 'c-17': before, kim: before } };

    expect(keptOfIdentity(identity, ['c-17'], requestedAt)?.givers).toEqual({ kim: before });
    expect(keptOfIdentity(identity, ['c-17', 'kim'], requestedAt)).toBeUndefined();
    expect(keptOfIdentity(identity, ['c-1'], requestedAt)).toBe(identity);
  });

  test('has got and is kept back only what is newer', () => {
    const contact = (when: string) =>
      ({ orderId: 'o', touchId: 't', purpose: 'service', channel: 'email', at: when }) as const;
    const history = { shop, customerId, version: 1, contacts: [contact(before)], held: [] };

    expect(keptOfHistory(history, requestedAt)).toBeUndefined();
    expect(
      keptOfHistory({ ...history, contacts: [contact(before), contact(after)] }, requestedAt)
        ?.contacts,
    ).toEqual([contact(after)]);
  });
});
