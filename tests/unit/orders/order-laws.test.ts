import fc from 'fast-check';
import { expect, test } from 'vitest';
import { milestonesOf } from '#core/domain/orders/milestones.ts';
import { statusOf, toDeliver, toDispatch, wantedOf } from '#core/domain/orders/order.ts';
import { applyEvent } from '#core/domain/orders/order-log.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { arrivals, histories, logOf, told } from './histories.ts';

test('any order of arrival, with any event twice, ends in the same order', () => {
  fc.assert(
    fc.property(arrivals, ({ history, arriving }) => {
      const log = logOf(arriving);

      expect(log.events).toHaveLength(history.length);
      expect(orderOf(log.events)).toEqual(orderOf(history));
    }),
    { numRuns: 300 },
  );
});

test('any order of arrival ends in the same milestones and the same status', () => {
  fc.assert(
    fc.property(arrivals, ({ history, arriving }) => {
      const order = told(logOf(arriving).events);

      expect(milestonesOf(order)).toEqual(milestonesOf(told(history)));
      expect(statusOf(order)).toBe(statusOf(told(history)));
    }),
  );
});

test('an event that is there already changes nothing', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const log = logOf(history);

      expect(history.map((event) => applyEvent(log, event))).toEqual(
        history.map(() => ({ kind: 'known' })),
      );
    }),
  );
});

test('no quantity is ever negative, and no more is cancelled than was ordered', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const order = told(history);
      const counts = order.lines.flatMap((each) => [
        each.cancelled,
        wantedOf(each),
        toDispatch(order, each),
        toDeliver(order, each),
      ]);

      expect(Math.min(...counts)).toBeGreaterThanOrEqual(0);
      expect(order.lines.every((each) => wantedOf(each) <= each.quantity)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('what is still to arrive is at least what is still to be sent', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const order = told(history);

      for (const each of order.lines)
        expect(toDeliver(order, each)).toBeGreaterThanOrEqual(toDispatch(order, each));
    }),
  );
});

test('milestones come in order of time, each of them once', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const milestones = milestonesOf(told(history));
      const times = milestones.map(({ at }) => at);
      const ids = milestones.map(({ kind, subject }) => `${kind}:${subject}`);

      expect(times).toEqual(times.toSorted());
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});
