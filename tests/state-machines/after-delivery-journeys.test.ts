import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { at } from '#tests/unit/orders/order-events.ts';
import {
  answered,
  deliveredOrder,
  disputed,
  reviewed,
  sentBack,
  usedFirst,
} from './after-delivery.ts';
import { type Arrival, live, type Lived } from './live-journey.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The order was delivered at hour 36; the stage begins a while after. */
const STARTS_AT = at(60);
const ofOrder = { shop: 'hearth', orderId: '100482' };

/** Also before the stage began: what happened first may be heard of last. */
const hours = fc.integer({ min: 37, max: 600 });

const happening: fc.Arbitrary<OrderEvent> = fc.oneof(
  fc.tuple(hours, fc.constantFrom('mill', 'tin', undefined)).map((args) => usedFirst(...args)),
  fc.tuple(hours, fc.integer({ min: 1, max: 5 })).map((args) => answered(...args)),
  fc.tuple(hours, fc.constantFrom('SKU-mill', 'SKU-tin')).map((args) => reviewed(...args)),
  fc
    .tuple(hours, fc.constantFrom('opened' as const, 'won' as const, 'lost' as const))
    .map((args) => disputed(...args)),
  fc
    .tuple(hours, fc.constantFrom('mill', 'tin'), fc.integer({ min: 1, max: 2 }))
    .map((args) => sentBack(...args)),
);

const arrival = (event: OrderEvent): fc.Arbitrary<readonly Arrival[]> =>
  fc
    .array(fc.integer({ min: 0, max: 20 * 24 }), { minLength: 1, maxLength: 2 })
    .map((delays) => delays.map((hour) => ({ event, afterMs: hour * HOUR_MS })));

/** Everything that may happen after a delivery, each told once or twice, at any time of the stage. */
const arrivals: fc.Arbitrary<readonly Arrival[]> = fc
  .array(happening, { maxLength: 8 })
  .map((events) => events.map((event, index) => ({ ...event, eventId: `e${index}` })))
  .chain((events) => fc.tuple(...events.map(arrival)))
  .map((told) => told.flat());

/** Some of it is known when the stage begins. */
const known = fc
  .array(happening, { maxLength: 3 })
  .map((events) => [
    ...deliveredOrder,
    ...events.map((event, index) => ({ ...event, eventId: `k${index}` })),
  ]);

const inDays = (days: number): string =>
  new Date(Date.parse(STARTS_AT) + days * DAY_MS).toISOString();

const touchName = (touch: string): string => touch.split(':')[0] ?? touch;

const expectGoodEnd = ({ touches, supportTasks, completions, ended }: Lived): void => {
  expect(ended).toMatchObject({ status: 'SUCCEEDED', output: { outcome: completions[0] } });
  expect(completions).toHaveLength(1);
  expect(touches).toEqual([...new Set(touches)]);
  expect(supportTasks).toBe(touches.includes('support-hand-off') ? 1 : 0);
};

describe('whatever happens after a delivery, and whenever it is told', () => {
  const nudgeAfter = fc.constantFrom(null, -1, 0.5, 2, 9);
  const checkInAfter = fc.constantFrom(null, -1, 1, 5, 12);

  test('onboarding ends well and on time, and says nothing twice', async () => {
    const cases = fc.record({ known, arriving: arrivals, nudgeAfter, checkInAfter });
    await fc.assert(
      fc.asyncProperty(cases, async ({ nudgeAfter: nudge, checkInAfter: checkIn, ...told }) => {
        const input = {
          ...ofOrder,
          careLines: ['mill'],
          useLines: nudge === null ? [] : ['mill'],
          nudgeAt: nudge === null ? null : inDays(nudge),
          checkInLines: checkIn === null ? [] : ['mill'],
          checkInAt: checkIn === null ? null : inDays(checkIn),
        };

        const lived = await live({ name: 'onboarding', input, startsAt: STARTS_AT, ...told });

        expectGoodEnd(lived);
        expect(lived.touches.filter((touch) => touch.startsWith('check-in'))).toHaveLength(
          checkIn !== null && lived.completions[0] === 'done' ? 1 : 0,
        );
        const last = Math.max(0, nudge ?? 0, checkIn ?? 0);
        // A date that has passed is waited for a second all the same, and there are two.
        expect(Date.parse(lived.ended.stopDate ?? '')).toBeLessThanOrEqual(
          Date.parse(inDays(last)) + 2000,
        );
      }),
      { numRuns: 200 },
    );
  });

  test('advocacy ends well, and says nothing twice', async () => {
    const cases = fc.record({
      known,
      arriving: arrivals,
      mayRefer: fc.boolean(),
      answerWithinDays: fc.constantFrom(1, 4),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ mayRefer, answerWithinDays, ...told }) => {
        const input = {
          ...ofOrder,
          answerWithinSeconds: (answerWithinDays * DAY_MS) / 1000,
          reviewLines: ['mill', 'tin'],
          reviewWithinSeconds: (7 * DAY_MS) / 1000,
          mayRefer,
        };

        const lived = await live({ name: 'advocacy', input, startsAt: STARTS_AT, ...told });

        expectGoodEnd(lived);
        const asked = lived.touches.map(touchName);
        expect(asked.includes('referral') && !mayRefer).toBe(false);
        expect(asked.includes('referral') && asked.includes('support-hand-off')).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
