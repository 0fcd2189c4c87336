import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { skewOf } from '#rehearsal/faults/clock-skew.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';

const OCCURRED_MS = Date.parse('2026-03-02T08:00:00Z');

const event = (detailType: string, change: Partial<TimedEvent> = {}): TimedEvent => ({
  atMs: OCCURRED_MS,
  source: 'oms.hearth',
  detailType,
  detail: { eventId: 'e-1', occurredAt: new Date(OCCURRED_MS).toISOString() },
  ...change,
});

const offsetOf = ({ detail }: TimedEvent): number =>
  (Date.parse(String(detail['occurredAt'])) - OCCURRED_MS) / 60_000;

describe('a clock that is wrong', () => {
  test('is wrong by the same for all that its system tells, and by no more than it may be', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 600 }), (seed, minutes) => {
        const skew = skewOf(minutes, seed);
        const told = ['ShipmentDispatched', 'ShipmentDelivered', 'DeliveryFailed'].map((type) =>
          offsetOf(skew(event(type))),
        );

        expect(new Set(told).size).toBe(1);
        expect(Math.abs(told[0] ?? Infinity)).toBeLessThanOrEqual(minutes);
      }),
    );
  });

  test('is before in one system and behind in another', () => {
    const skew = skewOf(600, '1');
    const types = ['OrderPlaced', 'ShipmentDispatched', 'ConsentChanged'];
    const sources = ['oms.hearth', 'oms.northside'];
    const offsets = sources.flatMap((source) =>
      types.map((type) => offsetOf(skew(event(type, { source })))),
    );

    expect(offsets.some((each) => each < 0)).toBe(true);
    expect(offsets.some((each) => each > 0)).toBe(true);
    expect(new Set(offsets).size).toBe(offsets.length);
  });

  test('changes nothing but when it happened', () => {
    const before = event('OrderPlaced');
    const { detail, ...others } = skewOf(600, '1')(before);

    expect({ ...others, detail: { ...detail, occurredAt: before.detail['occurredAt'] } }).toEqual(
      before,
    );
  });

  test.each([
    ['what was captured from a bus', event('OrderPlaced', { envelope: '{}' })],
    ['what has no time', event('OrderPlaced', { detail: {} })],
    ['what has a time that is none', event('OrderPlaced', { detail: { occurredAt: 'soon' } })],
  ])('leaves %s', (_, left) => {
    expect(skewOf(600, '1')(left)).toBe(left);
  });

  test('is right when nothing is said of it', () => {
    const told = event('OrderPlaced');

    expect(skewOf(0, '1')(told)).toBe(told);
  });
});
