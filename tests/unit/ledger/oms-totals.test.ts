import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OrderEvent, PlacedLine } from '#core/domain/orders/order-event.ts';
import {
  amended,
  cancelled,
  line,
  placed,
  received,
  refunded,
} from '#tests/unit/orders/order-events.ts';
import { balanceOf, booked } from './booked.ts';

/** What becomes of one line: what is told of it, and what the shop has less of it in the end. */
interface Fate {
  readonly line: PlacedLine;
  readonly events: readonly OrderEvent[];
  readonly lessMinor: number;
  /** Whether nothing of it will come, and the shop says so. */
  readonly isGone: boolean;
}

const money = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

const hour = fc.integer({ min: 8, max: 20 });

const fateOf = (lineId: string): fc.Arbitrary<Fate> =>
  fc
    .record({
      quantity: fc.integer({ min: 1, max: 4 }),
      unitMinor: fc.integer({ min: 1, max: 5000 }),
      pieces: fc.integer({ min: 1, max: 4 }),
      hours: fc.tuple(hour, hour),
      share: fc.integer({ min: 0, max: 100 }),
      kind: fc.constantFrom(
        'kept',
        'amended',
        'cancelled',
        'cancelled-refunded',
        'returned',
        'returned-refunded',
        'refunded',
        'lost',
      ),
    })
    .map(({ quantity, unitMinor, pieces: some, hours: [first, second], share, kind }) => {
      const pieces = Math.min(some, quantity);
      const lines = [{ lineId, quantity: pieces }];
      const worth = unitMinor * pieces;
      const paid = Math.floor((worth * share) / 100);
      const amount = money(paid);
      const returnId = `R-${lineId}`;
      const fates: Readonly<Record<typeof kind, readonly [readonly OrderEvent[], number]>> = {
        kept: [[], 0],
        amended: [[amended(first, { lines: [{ lineId, quantity: quantity - pieces }] })], worth],
        cancelled: [[cancelled(first, { lines })], worth],
        'cancelled-refunded': [
          [cancelled(first, { lines }), refunded(second, { reason: 'cancelled', lines, amount })],
          worth,
        ],
        returned: [[received(first, returnId, { lines })], worth],
        'returned-refunded': [
          [
            received(first, returnId, { lines }),
            refunded(second, { reason: 'returned', lines, amount }),
          ],
          paid,
        ],
        refunded: [[refunded(first, { lines, amount })], paid],
        lost: [[refunded(first, { reason: 'lost', lines, amount })], paid],
      };
      const [events, lessMinor] = fates[kind];
      const isGone =
        pieces === quantity &&
        ['amended', 'cancelled', 'cancelled-refunded', 'lost'].includes(kind);
      return {
        line: line(lineId, { quantity, unitPrice: money(unitMinor) }),
        events,
        lessMinor,
        isGone,
      };
    });

const orders = fc
  .record({
    fates: fc.tuple(fateOf('a'), fateOf('b'), fateOf('c')),
    shippingMinor: fc.integer({ min: 1, max: 900 }),
    places: fc.infiniteStream(fc.nat()),
  })
  .map(({ fates, shippingMinor, places }) => {
    const lines = fates.map((fate) => fate.line);
    const soldMinor =
      lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.amountMinor * quantity, 0) +
      shippingMinor;
    const events = fates
      .flatMap((fate) => fate.events)
      .map((event, index) => ({ ...event, eventId: `e${index}` }));
    const first = placed({ lines, shipping: money(shippingMinor), total: money(soldMinor) });
    const arriving = events.reduce<readonly OrderEvent[]>(
      (queue, event) => queue.toSpliced(Number(places.next().value) % (queue.length + 1), 0, event),
      [first],
    );
    const isNothingLeft =
      fates.every((fate) => fate.isGone) && events.some(({ type }) => type === 'OrderCancelled');
    const lessMinor = fates.reduce((sum, fate) => sum + fate.lessMinor, 0);
    return { arriving, leftMinor: soldMinor - lessMinor - (isNothingLeft ? shippingMinor : 0) };
  });

test('what is left in the books is what the order system has: sold, less what was cancelled and paid back', () => {
  fc.assert(
    fc.property(orders, ({ arriving, leftMinor }) => {
      const transactions = booked(arriving);

      expect(balanceOf(transactions, 'receivable')).toBe(leftMinor);
      expect(balanceOf(transactions, 'goodwill')).toBe(0);
      expect(balanceOf(transactions, 'difference')).toBe(0);
    }),
    { numRuns: 500 },
  );
});

test('whatever is paid back without a cancellation or a return, the books end at sales less payments', () => {
  const refunds = fc.array(
    fc.record({
      hours: hour,
      amountMinor: fc.integer({ min: 0, max: 3000 }),
      reason: fc.constantFrom(undefined, 'cancelled', 'returned', 'lost', 'goodwill'),
      lines: fc.constantFrom(
        undefined,
        [{ lineId: 'mill', quantity: 1 }],
        [
          { lineId: 'tin', quantity: 2 },
          { lineId: 'stray', quantity: 1 },
        ],
      ),
    }),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(refunds, (paid) => {
      const transactions = booked([
        placed(),
        ...paid.map(({ hours, amountMinor, reason, lines }, index) =>
          refunded(hours, { eventId: `e${index}`, amount: money(amountMinor), reason, lines }),
        ),
      ]);
      const backMinor = paid.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

      expect(balanceOf(transactions, 'receivable')).toBe(3000 - backMinor);
      expect(balanceOf(transactions, 'goodwill')).toBe(Math.max(0, backMinor - 3000));
      expect(balanceOf(transactions, 'revenue')).toBe(Math.min(0, backMinor - 3000));
    }),
    { numRuns: 300 },
  );
});
