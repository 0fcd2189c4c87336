import { describe, expect, test } from 'vitest';
import { disorder } from '#rehearsal/input/disorder.ts';
import { HOUR_MS } from '#rehearsal/input/duration.ts';
import { sampleCases } from '#rehearsal/input/sample-cases.ts';
import { sampleShop } from '#rehearsal/input/sample-shop.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import { assembly, rehearsed, type Rehearsed } from './rehearsed.ts';
import { withoutSignatures } from './without-signatures.ts';

const assemblyDir = await assembly();

/** About fifteen orders of every kind, with catalogue, customers and malformed events. */
const mixedOrders = (seed: string): readonly TimedEvent[] => {
  const named = sampleCases.slice(0, 30).filter((_, at) => at % 3 === 0);
  const ids = new Set([
    ...named.map(({ orderId }) => orderId),
    '20401',
    '20402',
    '20403',
    '70115',
    '70116',
  ]);
  return sampleShop({ seed }).filter(
    ({ detail: { orderId } }) =>
      typeof orderId !== 'string' || ids.has(orderId) || orderId.startsWith('malformed'),
  );
};

describe('fifteen mixed orders', { timeout: 120_000 }, () => {
  const events = mixedOrders('1');
  const undisturbed = rehearsed({ assemblyDir, events });

  test('end the same in every run of one seed, and are others of another', async () => {
    const first = await undisturbed;
    const again = await rehearsed({ assemblyDir, events });

    expect(withoutSignatures(again)).toEqual(withoutSignatures(first));
    expect(mixedOrders('2')).not.toEqual(events);
    expect(first.summary.orders).toBeGreaterThanOrEqual(12);
    expect(first.summary.problems).toEqual([]);
  });

  const touchesOf = ({ touches }: Rehearsed) =>
    touches.map(({ shop, orderId, touchId }) => `${shop}#${orderId} ${touchId}`).toSorted();

  test('get the same messages when events come twice and out of order', async () => {
    const disturbed = disorder(events, { duplicate: 0.1, shuffleMs: HOUR_MS, seed: '1' });

    const run = await rehearsed({ assemblyDir, events: disturbed });

    expect(touchesOf(run)).toEqual(touchesOf(await undisturbed));
    expect(run.summary.problems).toEqual([]);
    expect(run.summary.events).toBeGreaterThan(events.length);
    const confirmed = run.touches.filter(({ touch }) => touch === 'order-confirmation');
    expect(new Set(confirmed.map(({ orderId }) => orderId)).size).toBe(confirmed.length);
    expect(confirmed).toHaveLength(run.summary.orders);
  });

  test('change nothing of what customers get when queues and functions hiccup as well', async () => {
    const run = await rehearsed({ assemblyDir, events, hiccups: 0.3 });

    expect(touchesOf(run)).toEqual(touchesOf(await undisturbed));
    expect(run.outbox).toHaveLength((await undisturbed).outbox.length);
    expect(run.summary.problems).toEqual([]);
    expect(run.tableRequests).toBeGreaterThan((await undisturbed).tableRequests);
  });
});
