import { describe, expect, test } from 'vitest';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { Order } from '#core/domain/orders/order.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { type DeedKind, deedViews, judge, type Situation } from '#rehearsal/console/order-deeds.ts';

const at = (day: number): string => `2026-03-0${day}T09:00:00.000Z`;
const of = { shop: 'hearth', orderId: 'A-1' };
const price = { amountMinor: 1000, currency: 'EUR' };

const placed: OrderEvent = {
  ...of,
  type: 'OrderPlaced',
  eventId: 'placed',
  occurredAt: at(1),
  contact: { email: 'ada@customers.example' },
  lines: [
    { lineId: 'L1', sku: 'MUG', quantity: 2, unitPrice: price },
    { lineId: 'L2', sku: 'POT', quantity: 1, unitPrice: price },
  ],
  total: { amountMinor: 3000, currency: 'EUR' },
};

const shipped = (quantity: number, lineId = 'L1'): OrderEvent => ({
  ...of,
  type: 'ShipmentDispatched',
  eventId: `shipped-${lineId}-${quantity}`,
  occurredAt: at(2),
  parcelId: `P-${lineId}-${quantity}`,
  lines: [{ lineId, quantity }],
});

const arrived = (parcelId: string): OrderEvent => ({
  ...of,
  type: 'ShipmentDelivered',
  eventId: `arrived-${parcelId}`,
  occurredAt: at(3),
  parcelId,
});

const situation = (events: readonly OrderEvent[], more: Partial<Situation> = {}): Situation => {
  const order: Order | undefined = orderOf([placed, ...events]);
  if (order === undefined) throw new Error('the order was placed');
  return { order, isAsked: false, ...more };
};

const saysOf = (kind: DeedKind, of: Situation): unknown => {
  const judged = judge(kind, of);
  if (typeof judged === 'string') return judged;
  return judged.kind === 'event' ? judged.said.says : judged.link;
};

describe('a deed', () => {
  test('ships the first line as a part, while others are left', () => {
    expect(saysOf('ship-part', situation([]))).toEqual({ lines: [{ lineId: 'L1', quantity: 2 }] });
  });

  test('ships one piece as a part of the last line', () => {
    const left = situation([shipped(1, 'L2')]);

    expect(saysOf('ship-part', left)).toEqual({ lines: [{ lineId: 'L1', quantity: 1 }] });
  });

  test('ships what is left of each line', () => {
    const left = situation([shipped(1)]);

    expect(saysOf('ship-rest', left)).toEqual({
      lines: [
        { lineId: 'L1', quantity: 1 },
        { lineId: 'L2', quantity: 1 },
      ],
    });
  });

  test('cancels what has not left alone', () => {
    expect(saysOf('cancel', situation([shipped(2)]))).toEqual({
      lines: [{ lineId: 'L2', quantity: 1 }],
    });
    expect(saysOf('cancel', situation([]))).toEqual({});
  });

  test('returns what has arrived and is not given back', () => {
    const parcels = [shipped(2), arrived('P-L1-2')];
    const back: OrderEvent = {
      ...of,
      type: 'ReturnRequested',
      eventId: 'back',
      occurredAt: at(4),
      returnId: 'R1',
      lines: [{ lineId: 'L1', quantity: 1 }],
    };

    expect(saysOf('return', situation(parcels))).toEqual({
      lines: [{ lineId: 'L1', quantity: 2 }],
    });
    expect(saysOf('return', situation([...parcels, back]))).toEqual({
      lines: [{ lineId: 'L1', quantity: 1 }],
    });
  });

  test('answers with 3 unless another score is wanted', () => {
    expect(saysOf('answer', situation([], { isAsked: true }))).toEqual({ score: 3 });
    expect(saysOf('answer', situation([], { isAsked: true, score: 5 }))).toEqual({ score: 5 });
  });

  test('closes the case that is open', () => {
    expect(saysOf('close-case', situation([], { openCase: 'c-1' }))).toEqual({ caseId: 'c-1' });
  });

  test('goes by the link of a message to unsubscribe', () => {
    expect(saysOf('unsubscribe', situation([], { unsubscribeLink: '/unsubscribe?t=1' }))).toBe(
      '/unsubscribe?t=1',
    );
  });

  test('that makes no sense is refused, with why', () => {
    const refusals = deedViews(situation([])).flatMap(({ kind, refusal }) =>
      refusal === undefined ? [] : [[kind, refusal]],
    );

    expect(Object.fromEntries(refusals)).toEqual({
      deliver: 'no parcel is on its way: ship something first',
      lose: 'no parcel is on its way: ship something first',
      return: 'nothing has arrived that is not given back already',
      'take-back': 'no return is open: ask to return something first',
      'close-case': 'no case of this order is open',
      answer: 'the customer was not asked yet: the survey goes some days after the delivery',
      unsubscribe: 'no message with a link to unsubscribe has come: only marketing has one',
    });
  });

  test('that ships what has left already is refused', () => {
    const sent = situation([shipped(2), shipped(1, 'L2')]);

    expect(saysOf('ship-part', sent)).toBe('nothing is left to be shipped');
    expect(saysOf('ship-rest', sent)).toBe('nothing is left to be shipped');
    expect(saysOf('cancel', sent)).toBe('everything has left already: ask to return it');
  });
});
