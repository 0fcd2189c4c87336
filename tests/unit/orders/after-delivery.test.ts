import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  completedAt,
  isActivated,
  isDisputed,
  isGivenBack,
  keptOf,
  lastAnswer,
  lastBadAnswer,
  moodOf,
} from '#core/domain/orders/after-delivery.ts';
import { type Order, wantedOf } from '#core/domain/orders/order.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { histories, told } from './histories.ts';
import {
  amended,
  answered,
  at,
  cancelled,
  delivered,
  dispatched,
  disputed,
  line,
  placed,
  received,
  returned,
  reviewed,
  used,
} from './order-events.ts';

const mill = [{ lineId: 'mill', quantity: 1 }];
const tins = (quantity: number) => [{ lineId: 'tin', quantity }];

const after = (...events: readonly OrderEvent[]): Order =>
  told([placed(), delivered(14), ...events]);

const keptAfter = (...events: readonly OrderEvent[]): readonly number[] => {
  const order = after(...events);
  return order.lines.map((each) => keptOf(order, each));
};

describe('what the customer keeps', () => {
  test('is what is wanted and does not go back', () => {
    expect(keptAfter()).toEqual([1, 2]);
    expect(keptAfter(returned(20, 'tin'))).toEqual([1, 1]);
    expect(keptAfter(cancelled(12, { lines: mill }), returned(20, 'tin'))).toEqual([0, 1]);
  });

  test('counts a return once, requested and received', () => {
    expect(keptAfter(returned(20, 'tin'), received(30, 'R-20'))).toEqual([1, 1]);
  });

  test('counts of a received return what came, not what was announced', () => {
    expect(keptAfter(returned(20, 'tin'), received(30, 'R-20', { lines: tins(2) }))).toEqual([
      1, 0,
    ]);
  });

  test('is never less than nothing, nor more than is wanted', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const order = told(history);

        for (const each of order.lines) {
          expect(keptOf(order, each)).toBeGreaterThanOrEqual(0);
          expect(keptOf(order, each)).toBeLessThanOrEqual(wantedOf(each));
        }
      }),
    );
  });

  test('is nothing when all of it was cancelled or goes back', () => {
    const allBack = [returned(20, 'mill'), returned(21, 'tin', { lines: tins(2) })];

    expect(isGivenBack(after(...allBack))).toBe(true);
    expect(isGivenBack(after(cancelled(12, { lines: mill }), ...allBack.slice(1)))).toBe(true);
    expect(isGivenBack(after(...allBack.slice(0, 1)))).toBe(false);
    expect(isGivenBack(after(returned(20, 'mill'), returned(21, 'tin')))).toBe(false);
  });
});

describe('a return', () => {
  test('that is only heard of when it has come back is of everything', () => {
    expect(after(received(20, 'R1')).returns).toEqual([
      {
        returnId: 'R1',
        at: at(20),
        lines: [...mill, ...tins(2)],
        receivedAt: at(20),
      },
    ]);
  });

  test('keeps the time of its request, and gets that of its arrival', () => {
    expect(after(returned(20, 'mill'), received(30, 'R-20')).returns).toEqual([
      { returnId: 'R-20', at: at(20), lines: mill, receivedAt: at(30) },
    ]);
  });

  test('of lines that the order has not is noted', () => {
    const stray = received(20, 'R1', { lines: [{ lineId: 'stray', quantity: 1 }] });

    expect(after(stray).anomalies).toEqual([
      { eventId: stray.eventId, what: 'ReturnReceived names lines that the order has not: stray' },
    ]);
  });
});

describe('a dispute', () => {
  test('is one until the shop has won it, and stays one that it lost', () => {
    expect(isDisputed(after())).toBe(false);
    expect(isDisputed(after(disputed(20, 'D1')))).toBe(true);
    expect(isDisputed(after(disputed(20, 'D1'), disputed(30, 'D1', 'lost')))).toBe(true);
    expect(isDisputed(after(disputed(20, 'D1'), disputed(30, 'D1', 'won')))).toBe(false);
  });

  test('that was won leaves another open', () => {
    const both = after(disputed(20, 'D1'), disputed(21, 'D2'), disputed(30, 'D1', 'won'));

    expect(isDisputed(both)).toBe(true);
  });

  test('is as old as the first that was heard of it', () => {
    expect(after(disputed(20, 'D1'), disputed(30, 'D1', 'lost')).disputes).toEqual([
      { disputeId: 'D1', at: at(20), status: 'lost' },
    ]);
  });
});

describe('a first use', () => {
  test('activates its own line', () => {
    const order = after(used(20, 'mill'));

    expect(order.activations).toEqual([{ at: at(20), lineId: 'mill', milestone: 'first-use' }]);
    expect(isActivated(order, ['mill'])).toBe(true);
    expect(isActivated(order, ['tin'])).toBe(false);
    expect(isActivated(order, ['mill', 'tin'])).toBe(false);
  });

  test('that names no line counts for any', () => {
    expect(isActivated(after(used(20)), ['mill', 'tin'])).toBe(true);
  });
});

describe('an answer', () => {
  test('that was given last counts, whatever came first', () => {
    const [early, late] = [answered(20, 1), answered(30, 5, { comment: 'Better now' })];

    expect(lastAnswer(after(late, early))).toEqual({
      at: at(30),
      survey: 'csat',
      score: 5,
      comment: 'Better now',
    });
    expect(lastAnswer(after())).toBeUndefined();
  });

  test('that was bad is found behind better ones', () => {
    const answers = [answered(20, 1), answered(30, 2), answered(40, 5)];

    expect(lastBadAnswer(after(...answers))).toMatchObject({ at: at(30), score: 2 });
    expect(lastBadAnswer(after(answered(20, 3)))).toBeUndefined();
  });

  test.each([
    ['csat', 1, 'bad'],
    ['csat', 2, 'bad'],
    ['csat', 3, 'neutral'],
    ['csat', 4, 'good'],
    ['csat', 5, 'good'],
    ['nps', 0, 'bad'],
    ['nps', 6, 'bad'],
    ['nps', 7, 'neutral'],
    ['nps', 8, 'neutral'],
    ['nps', 9, 'good'],
    ['nps', 10, 'good'],
  ] as const)('of %s %i is %s', (survey, score, mood) => {
    expect(moodOf({ survey, score })).toBe(mood);
  });
});

test('a review is kept with its stars, and without', () => {
  const { reviews } = after(reviewed(20, 'SKU-mill', 5), reviewed(21, 'SKU-tin'));

  expect(reviews).toEqual([
    { at: at(20), sku: 'SKU-mill', rating: 5 },
    { at: at(21), sku: 'SKU-tin', rating: undefined },
  ]);
});

describe('the time from which all that follows counts', () => {
  test('is the last arrival', () => {
    const order = told([
      placed(),
      dispatched(11, 'P1', { lines: mill }),
      dispatched(11, 'P2', { lines: tins(2) }),
      delivered(20, 'P2'),
      delivered(14, 'P1'),
    ]);

    expect(completedAt(order)).toBe(at(20));
  });

  test('is the clearance of an order that needs no parcel', () => {
    const course = { lines: [line('course', { kind: 'digital' })] };
    const risky = placed({ ...course, risk: 'review' });

    expect(completedAt(told([placed(course)]))).toBe(at(10));
    expect(completedAt(told([risky, amended(16, { risk: 'passed' })]))).toBe(at(16));
  });
});
