import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { booksOf } from '#core/domain/ledger/books.ts';
import type { Evidence } from '#core/domain/ledger/evidence.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { breaksOnce } from '#tests/fakes/breaks-once.ts';
import { textOf } from '#tests/unit/contracts/incoming.ts';
import { arrivals } from '#tests/unit/orders/histories.ts';
import {
  amended,
  at,
  cancelled,
  delivered,
  euros,
  line,
  placed,
} from '#tests/unit/orders/order-events.ts';
import { messageOf, setUp } from './set-up.ts';

type World = ReturnType<typeof setUp>;

const balancesOf = async ({ ledger }: World, orderId = '100482') =>
  booksOf(await ledger.ofOrder('hearth', orderId))
    .filter(({ amountMinor }) => amountMinor !== 0)
    .map(({ account, class: ofClass, lineId, amountMinor }) =>
      [account, ofClass, lineId, amountMinor].filter((part) => part !== undefined).join(' '),
    )
    .toSorted();

const taking = async (world: World, ...events: readonly OrderEvent[]): Promise<World> => {
  for (const event of events) await world.ingest(messageOf(event));
  return world;
};

const click: Evidence = {
  kind: 'click',
  id: 'click-1',
  shop: 'hearth',
  customerId: 'c-17',
  orderId: '99',
  touchId: 'cross-sell:TIN',
  touch: 'cross-sell',
  channel: 'email',
  at: at(0),
  expiresAt: at(200),
};

describe('an order that is taken in', () => {
  test('is booked, line by line, and the books are told of', async () => {
    const world = await taking(setUp(), placed());

    expect(await balancesOf(world)).toEqual([
      'receivable 3000',
      'revenue primary mill -1000',
      'revenue primary tin -2000',
    ]);
    expect(world.recorded().map(({ type }) => type)).toEqual(['LedgerEntryPosted', 'OrderChanged']);
  });

  test('is booked once, however often it comes', async () => {
    const world = await taking(setUp(), placed(), placed(), cancelled(12), cancelled(12));

    expect(await balancesOf(world)).toEqual([]);
    expect((await world.ledger.ofOrder('hearth', '100482')).map(({ type }) => type)).toEqual([
      'sale',
      'cancellation',
    ]);
  });

  test('is booked with what came before it', async () => {
    const world = setUp();
    const early = cancelled(12, { lines: [{ lineId: 'tin', quantity: 1 }] });

    await taking(world, early);
    expect(await balancesOf(world)).toEqual([]);

    await taking(world, placed());
    expect(await balancesOf(world)).toEqual([
      'receivable 2000',
      'revenue primary mill -1000',
      'revenue primary tin -1000',
    ]);
    expect(world.recorded().map(({ detail }) => detail.eventId)).toContain(
      'order-changed/100482/cancelled-12',
    );
  });

  test.each(['ledgerBreaks', 'busBreaks'] as const)(
    'is booked and told of in the end when %s cuts it off',
    async (breaks) => {
      const world = setUp({ [breaks]: breaksOnce() });

      await expect(world.ingest(messageOf(placed()))).rejects.toThrow(
        /ledger cannot be|bus did not/,
      );
      await taking(world, placed());

      expect((await balancesOf(world)).length).toBe(3);
      expect(world.recorded().length).toBe(2);
    },
  );

  test('of a test is neither booked nor told of', async () => {
    const world = await taking(setUp(), placed({ test: true }));

    expect(world.ledger.all()).toEqual([]);
    expect(world.recorded()).toEqual([]);
  });

  test('comes to the same balances in whatever order its events come', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ history, arriving }) => {
        const inOrder = await taking(setUp(), ...history);
        const shuffled = await taking(setUp(), ...arriving);

        expect(await balancesOf(shuffled)).toEqual(await balancesOf(inOrder));
      }),
      { numRuns: 40 },
    );
  });
});

describe('what brought an order', () => {
  test('is the click that it names', async () => {
    const world = await taking(
      setUp({ evidence: [click] }),
      placed({
        contact: { customerId: 'somebody-else' },
        attribution: { clickIds: ['click-1', 'unknown'] },
      }),
    );

    const { events } = await world.orders.read('hearth', '100482');
    expect(events[0]).toMatchObject({
      credit: {
        class: 'followup_crosssell',
        originOrderId: '99',
        shares: [{ kind: 'touch', id: 'cross-sell:TIN', orderId: '99', parts: 1 }],
      },
    });
    expect(await balancesOf(world)).toContain('revenue followup_crosssell tin -2000');
  });

  test('is else the last click of its customer, under whichever id they clicked', async () => {
    const world = setUp({ evidence: [{ ...click, customerId: 'a-1' }] });
    const email = 'mia@mail.example';
    await taking(
      world,
      placed({
        eventId: 'p-0',
        orderId: '98',
        occurredAt: at(-300),
        contact: { customerId: 'a-1', email },
      }),
    );

    await taking(world, placed({ contact: { customerId: 'c-17', email } }));
    await taking(
      world,
      placed({ eventId: 'p-2', orderId: '101', contact: { customerId: 'c-17' } }),
    );

    expect(await balancesOf(world, '101')).toContain('revenue followup_crosssell tin -2000');
  });

  test('is no look at where an earlier order is', async () => {
    const world = await taking(
      setUp({ evidence: [{ ...click, touch: 'dispatch-notice', purpose: 'transactional' }] }),
      placed(),
    );

    expect(await balancesOf(world)).toContain('revenue primary tin -2000');
  });

  test('is the page for a line that was taken up in its session', async () => {
    const world = setUp();
    await taking(world, placed());
    await world.ingest(
      textOf('SessionOpened', {
        eventId: 's',
        occurredAt: at(10),
        schemaVersion: 1,
        shop: 'hearth',
        orderId: '100482',
        sessionId: 's-1',
      }),
    );

    await taking(
      world,
      amended(11, {
        addedLines: [line('brush', { origin: { sessionId: 's-1', offerId: 'o-7' } })],
        total: euros(4000),
      }),
    );

    expect(await balancesOf(world)).toContain('revenue confirmation_upsell brush -1000');
    const credits = world.ledger
      .all()
      .flatMap(({ entries }) => entries.flatMap(({ credits: of = [] }) => of));
    expect(credits).toMatchObject([{ kind: 'session', id: 's-1', offerId: 'o-7' }]);
  });

  test('stays as it was when the order was taken in', async () => {
    const world = await taking(setUp(), placed());
    await world.attributions.keep(click);

    await taking(world, placed(), delivered(80, 'P1'));

    expect(await balancesOf(world)).toContain('revenue primary tin -2000');
  });
});

describe('amounts in another currency', () => {
  const foreign = (currency: string) =>
    placed({
      lines: [line('mill', { unitPrice: { amountMinor: 1000, currency } })],
      total: { amountMinor: 1000, currency },
    });

  test('are booked in the reporting currency too, at the rate of the day', async () => {
    const world = await taking(setUp(), foreign('USD'));

    expect(world.ledger.all().flatMap(({ entries }) => entries)).toMatchObject([
      { amountMinor: 1000, currency: 'USD', reportingMinor: 920, reportingCurrency: 'EUR' },
      { amountMinor: -1000, currency: 'USD', reportingMinor: -920, reportingCurrency: 'EUR' },
    ]);
  });

  test('of a commission are booked at a rate of their own', async () => {
    const confirmed = {
      type: 'CommissionConfirmed',
      eventId: 'c',
      occurredAt: at(30),
      shop: 'hearth',
      orderId: '100482',
      commissionId: 'c-1',
      partner: 'Coffee Club',
      amount: { amountMinor: 500, currency: 'USD' },
    } as const;

    const world = await taking(setUp(), placed(), confirmed);

    const entries = world.ledger.all().flatMap((each) => each.entries);
    expect(entries.filter(({ account }) => account === 'commission')).toMatchObject([
      { class: 'partner_commission', amountMinor: -500, reportingMinor: -460 },
    ]);
  });

  test('without a rate park the order, with what to do', async () => {
    const { parked, orders } = await taking(setUp(), foreign('SEK'));

    expect(parked.all).toMatchObject([{ reason: 'no-exchange-rate' }]);
    expect(parked.all[0]?.problem).toContain('add ledger.rates.SEK to afterglow.config.ts');
    expect(orders.writes()).toBe(0);
  });
});

test('an order of more than can be counted is parked and nothing of it stored', async () => {
  const dear = { amountMinor: Number.MAX_SAFE_INTEGER, currency: 'EUR' };

  const { parked, orders, ledger } = await taking(
    setUp(),
    placed({ lines: [line('mill', { quantity: 2, unitPrice: dear })], total: dear }),
  );

  expect(parked.all).toMatchObject([{ reason: 'amount-too-large' }]);
  expect([orders.writes(), ledger.all().length]).toEqual([0, 0]);
});

test('an adjustment is booked for itself, once', async () => {
  const world = setUp();
  const adjustment = textOf('AdjustmentPosted', {
    eventId: 'a',
    occurredAt: at(10),
    schemaVersion: 1,
    shop: 'hearth',
    adjustmentId: 'A563186',
    amountMinor: -1106206,
    currency: 'EUR',
    reason: 'bad debt',
  });

  await world.ingest(adjustment);
  await world.ingest(adjustment);

  expect(await balancesOf(world, 'adjustment/A563186')).toEqual([
    'adjustment 1106206',
    'receivable -1106206',
  ]);
  expect(world.ledger.all().length).toBe(1);
});
