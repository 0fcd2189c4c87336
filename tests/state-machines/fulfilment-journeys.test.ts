import fc from 'fast-check';
import { expect, test } from 'vitest';
import { milestonesOf } from '#core/domain/orders/milestones.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { arrivals, logOf, told as orderIn } from '#tests/unit/orders/histories.ts';
import { at } from '#tests/unit/orders/order-events.ts';
import { live } from './live-journey.ts';

const HOUR_MS = 3_600_000;

/** What a journey asked for and how it ended, when its events arrive hour by hour in this order. */
const journeyOf = (arriving: readonly OrderEvent[]) =>
  live({
    name: 'fulfilment',
    input: { shop: 'hearth', orderId: '100482', placedAt: at(10), deadline: null },
    startsAt: at(20),
    arriving: arriving.map((event, index) => ({ event, afterMs: index * HOUR_MS })),
  });

test('whatever happens to an order, in whatever order it is told: its journey ends well, and says nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, async ({ arriving }) => {
      const { touches, ended } = await journeyOf(arriving);

      expect(ended).toMatchObject({ status: 'SUCCEEDED' });
      expect(touches).toEqual([...new Set(touches)]);
    }),
    { numRuns: 60 },
  );
});

test('a journey that begins when all is over tells of every delivery and cancellation', async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, async ({ arriving, history }) => {
      const order = orderIn(logOf(arriving).events);
      const owed = milestonesOf(order).flatMap(({ kind, subject }) => {
        if (kind === 'delivered') return [`delivery-notice:${subject}`];
        if (kind === 'lines-cancelled') return [`cancellation:${subject}`];
        return kind === 'access-granted' ? ['digital-access'] : [];
      });
      const isCancelled = milestonesOf(order).some(({ kind }) => kind === 'cancelled');
      // The order itself comes last: everything else was kept for it.
      const last = [...history.slice(1), ...history.slice(0, 1)];

      const { touches } = await journeyOf(last);

      expect(touches).toEqual(expect.arrayContaining(isCancelled ? ['cancellation:order'] : owed));
    }),
    { numRuns: 60 },
  );
});
