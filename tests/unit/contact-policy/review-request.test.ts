import fc from 'fast-check';
import { expect, test } from 'vitest';
import { irrelevanceOf, openSubjects, RETURN_DAYS } from '#core/domain/contact-policy/relevance.ts';
import { keptOf } from '#core/domain/orders/after-delivery.ts';
import { toDeliver } from '#core/domain/orders/order.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { histories, told } from '#tests/unit/orders/histories.ts';
import { answered, at, delivered, placed } from '#tests/unit/orders/order-events.ts';
import { touches } from '#touches/registry.ts';

/** What a request for a review of these lines is judged by, so many hours into the story. */
const asking = (history: readonly OrderEvent[], subjects: readonly string[], hours: number) => ({
  touch: touches['review-request'],
  subjects,
  order: told(history),
  purchases: [],
  now: at(hours),
});

/** The last hour of a history; deliveries may follow, first of what is on its way, then of the rest. */
const LAST = 20;

const requests = fc
  .record({
    history: histories,
    deliveries: fc.subarray([delivered(LAST + 1), delivered(LAST + 2)]),
    subjects: fc.subarray(['mill', 'tin', 'course'], { minLength: 1 }),
    hours: fc.integer({ min: LAST, max: LAST + 24 * (RETURN_DAYS + 2) }),
  })
  .map(({ history, deliveries, subjects, hours }) => ({
    history: [...history, ...deliveries],
    inputs: asking([...history, ...deliveries], subjects, hours),
  }));

type Request = typeof requests extends fc.Arbitrary<infer Each> ? Each : never;

/** Checks every request that goes out; some have to. */
const everyRequestSent = (check: (request: Request) => void): void => {
  let sent = 0;
  fc.assert(
    fc.property(requests, (request) => {
      if (irrelevanceOf(request.inputs) !== undefined) return;
      sent += 1;
      check(request);
    }),
    { numRuns: 2_000 },
  );
  expect(sent).toBeGreaterThan(5);
};

test('a review is never asked for before its lines have come and ten days have passed', () => {
  everyRequestSent(({ inputs: { order, subjects, now } }) => {
    const asked = order.lines.filter(
      (each) => subjects.includes(each.lineId) && keptOf(order, each) > 0,
    );

    expect(asked.length).toBeGreaterThan(0);
    for (const each of asked.filter(({ kind }) => kind === 'physical')) {
      const came = order.parcels
        .filter((parcel) => parcel.lines.some(({ lineId }) => lineId === each.lineId))
        .flatMap(({ deliveredAt }) => deliveredAt ?? []);
      expect(toDeliver(order, each)).toBe(0);
      expect(came.length).toBeGreaterThan(0);
      for (const deliveredAt of came)
        expect(Date.parse(now) - Date.parse(deliveredAt)).toBeGreaterThanOrEqual(
          RETURN_DAYS * 86_400_000,
        );
    }
  });
});

test('a review is never asked for of nothing', () => {
  everyRequestSent(({ inputs }) => {
    expect(openSubjects(inputs)).not.toEqual([]);
  });
});

test('a review is never asked for once a return was opened', () => {
  everyRequestSent(({ history }) => {
    const types = history.map(({ type }) => type);

    expect(types).not.toContain('ReturnRequested');
    expect(types).not.toContain('ReturnReceived');
  });
});

test('a review is never asked for while the payment is disputed or the order in review', () => {
  everyRequestSent(({ inputs: { order } }) => {
    expect(order.disputes.filter(({ status }) => status !== 'won')).toEqual([]);
    expect(order.risk).not.toBe('review');
  });
});

test('a review is never asked for after a bad answer, or of what was reviewed', () => {
  everyRequestSent(({ inputs: { order, subjects } }) => {
    const skus = order.lines
      .filter(({ lineId }) => subjects.includes(lineId))
      .map(({ sku }) => sku);
    const reviewed = order.reviews.map(({ sku }) => sku);
    const last = order.answers.at(-1);

    expect(skus.filter((sku) => !reviewed.includes(sku))).not.toEqual([]);
    expect(last?.survey === 'csat' && last.score <= 2).toBe(false);
    expect(last?.survey === 'nps' && last.score <= 6).toBe(false);
  });
});

test('a review is asked for from somebody who was happy and has said nothing yet', () => {
  const history = [placed(), delivered(14), answered(300, 5)];

  expect(irrelevanceOf(asking(history, ['mill', 'tin'], 14 + 24 * RETURN_DAYS))).toBeUndefined();
});
