import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import { purchaseOf } from '#core/domain/customers/purchase.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { textOf } from '#tests/unit/contracts/incoming.ts';
import { arrivals, told } from '#tests/unit/orders/histories.ts';
import {
  answered,
  at,
  cancelled,
  delivered,
  dispatched,
  euros,
  line,
  placed,
  refunded,
  updated,
} from '#tests/unit/orders/order-events.ts';
import { messageOf, setUp } from './set-up.ts';

const mill = { sku: 'SKU-mill', category: undefined, quantity: 1 };
const tins = { sku: 'SKU-tin', category: undefined, quantity: 2 };
const purchase = {
  shop: 'hearth',
  customerId: 'c-17',
  orderId: '100482',
  placedAt: at(10),
  total: euros(3_000),
};
const cancelledMill = cancelled(12, { lines: [{ lineId: 'mill', quantity: 1 }] });

describe('the customer’s other orders', () => {
  test('learn of an order, and of what is cancelled of it', async () => {
    const { ingest, purchases } = setUp();

    await ingest(messageOf(placed()));
    expect(await purchases.of('hearth', ['c-17'])).toEqual([{ ...purchase, lines: [mill, tins] }]);

    await ingest(messageOf(cancelledMill));
    expect(await purchases.of('hearth', ['c-17'])).toEqual([{ ...purchase, lines: [tins] }]);
  });

  test('learn of it as it is when it comes after its own cancellation', async () => {
    const { ingest, purchases } = setUp();

    await ingest(messageOf(cancelledMill));
    expect(await purchases.of('hearth', ['c-17'])).toEqual([]);

    await ingest(messageOf(placed()));
    expect(await purchases.of('hearth', ['c-17'])).toEqual([{ ...purchase, lines: [tins] }]);
  });

  test('are not told of what changes nothing for them', async () => {
    let kept = 0;
    const { ingest } = setUp({
      purchasesBreak: () => {
        kept += 1;
        return false;
      },
    });

    await ingest(messageOf(placed()));
    await ingest(messageOf(dispatched(12, 'P1')));
    await ingest(messageOf(delivered(14, 'P1')));

    expect(kept).toBe(1);
  });

  test('learn nothing of tests and of orders without any customer', async () => {
    const { ingest, purchases } = setUp();

    await ingest(messageOf(placed({ contact: {} })));
    await ingest(messageOf(placed({ orderId: '2', test: true })));

    expect(await purchases.of('hearth', ['c-17', ''])).toEqual([]);
  });

  test('of a guest learn of it under the guest', async () => {
    const { ingest, purchases } = setUp();

    await ingest(messageOf(placed({ contact: { email: 'A@mail.example' } })));

    expect(await purchases.of('hearth', ['guest:email:a@mail.example'])).toMatchObject([
      { orderId: '100482' },
    ]);
  });

  test('learn of the categories that the catalogue has its lines in', async () => {
    const { ingest, purchases } = setUp({
      items: [
        { shop: 'hearth', sku: 'SKU-mill', name: 'Mill', category: 'Mills', updatedAt: at(0) },
      ],
    });

    await ingest(messageOf(placed({ lines: [line('mill')] })));

    expect(await purchases.of('hearth', ['c-17'])).toMatchObject([
      { lines: [{ sku: 'SKU-mill', category: 'Mills' }] },
    ]);
  });
});

describe('a message that comes again after a crash', () => {
  test('between write and purchase still keeps the purchase', async () => {
    const { ingest, purchases } = setUp({ purchasesBreak: breaksOnce() });

    await expect(ingest(messageOf(placed()))).rejects.toThrow('the purchases');
    expect(await ingest(messageOf(placed()))).toMatchObject({ kind: 'known' });

    expect(await purchases.of('hearth', ['c-17'])).toEqual([{ ...purchase, lines: [mill, tins] }]);
  });

  test('does not undo what a later event has said', async () => {
    const { ingest, purchases } = setUp({ purchasesBreak: breaksOnce() });
    await expect(ingest(messageOf(placed()))).rejects.toThrow('the purchases');
    await ingest(messageOf(cancelledMill));

    await ingest(messageOf(placed()));

    expect(await purchases.of('hearth', ['c-17'])).toEqual([{ ...purchase, lines: [tins] }]);
  });

  test('keeps the cancellation that a crash has cut off', async () => {
    let calls = 0;
    const { ingest, purchases } = setUp({
      purchasesBreak: () => {
        calls += 1;
        return calls === 2;
      },
    });
    await ingest(messageOf(placed()));
    await expect(ingest(messageOf(cancelledMill))).rejects.toThrow('the purchases');

    await ingest(messageOf(cancelledMill));

    expect(await purchases.of('hearth', ['c-17'])).toEqual([{ ...purchase, lines: [tins] }]);
  });

  test('tells of the same notice', async () => {
    const { ingest, bus } = setUp();
    await ingest(messageOf(placed()));

    await ingest(messageOf(refunded(20)));
    await ingest(messageOf(refunded(20)));

    const [, notice, review, ...again] = bus.events;
    expect(again).toEqual([notice, review]);
  });
});

describe('a notice', () => {
  test('is due at once, in the words of the contract', async () => {
    const { ingest, bus } = setUp();
    await ingest(messageOf(placed()));

    await ingest(messageOf(refunded(20)));

    const fact = bus.events[1];
    expect(fact).toEqual({
      type: 'NoticeDue',
      detail: {
        eventId: 'notice-due/100482/refund/F-20',
        occurredAt: at(20),
        schemaVersion: 1,
        shop: 'hearth',
        orderId: '100482',
        touch: 'refund',
        subjects: ['F-20'],
      },
    });
    expect(outgoingEvents.NoticeDue.parse(fact?.detail)).toEqual(fact?.detail);
  });

  test('of what came before its order waits for the order', async () => {
    const { ingest, bus } = setUp();

    await ingest(messageOf(updated(12, 'P1', 'out_for_delivery')));
    await ingest(messageOf(answered(15, 1)));
    expect(bus.events).toEqual([]);

    await ingest(messageOf(placed()));
    expect(bus.events).toMatchObject([
      { type: 'OrderAccepted' },
      { type: 'NoticeDue', detail: { touch: 'out-for-delivery', subjects: ['P1'] } },
      { type: 'NoticeDue', detail: { touch: 'support-hand-off', subjects: [at(15)] } },
      { type: 'ContactReviewDue', detail: { because: 'bad-answer' } },
    ]);
  });

  test('is due for each event, not again for those before it', async () => {
    const { ingest, bus } = setUp();
    await ingest(messageOf(placed()));
    await ingest(messageOf(refunded(20)));

    await ingest(messageOf(refunded(30)));
    await ingest(messageOf(delivered(31)));

    expect(bus.events.filter(({ type }) => type === 'NoticeDue')).toMatchObject([
      { detail: { subjects: ['F-20'] } },
      { detail: { subjects: ['F-30'] } },
    ]);
  });

  test('is never due for a test order', async () => {
    const { ingest, bus } = setUp();
    await ingest(messageOf(placed({ test: true })));

    await ingest(messageOf(refunded(20)));

    expect(bus.events).toEqual([]);
  });
});

test('a loyalty membership and a subscription change the customer', async () => {
  const { ingest, customers } = setUp();

  expect(await ingest(textOf('LoyaltyEnrolled'))).toMatchObject({ kind: 'applied' });
  expect(await ingest(textOf('LoyaltyEnrolled'))).toMatchObject({ kind: 'known' });
  expect(await ingest(textOf('SubscriptionStarted'))).toMatchObject({ kind: 'applied' });

  const customer = await customers.read('hearth', 'c-17');
  expect(customer?.loyalty).toBeDefined();
  expect(Object.values(customer?.subscriptions ?? {})).toMatchObject([{ state: 'active' }]);
});

test('in whatever order the events come, the other orders learn of the order as it is', async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, async ({ history, arriving }) => {
      const { ingest, purchases } = setUp();

      for (const event of arriving) await ingest(messageOf(event));

      expect(await purchases.of('hearth', ['c-17'])).toEqual([purchaseOf(told(history))]);
    }),
  );
});
