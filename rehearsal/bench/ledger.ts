import type { Hash } from '#core/domain/ledger/transaction.ts';
import { transactionsOf } from '#core/domain/ledger/transactions-of.ts';
import type { OrderEvent, OrderPlaced } from '#core/domain/orders/order-event.ts';

export interface LedgerFigures {
  readonly orders: number;
  readonly events: number;
  readonly entries: number;
  readonly entriesPerSecond: number;
  /** Of the slowest order, all its events together. */
  readonly slowestMs: number;
}

const PLACED_AT = Date.parse('2026-01-05T10:00:00.000Z');
const MS_PER_HOUR = 3_600_000;

/** Books so many orders of one to ten lines, each with its amendments, cancellations, returns and refunds. */
export const measureLedger = (orders: number, hash: Hash): LedgerFigures => {
  const draw = draws(1);
  const histories = Array.from({ length: orders }, (_, index) => historyOf(`B-${index}`, draw));
  let entries = 0;
  let slowestMs = 0;
  const start = performance.now();
  for (const events of histories) {
    const before = performance.now();
    const transactions = transactionsOf({ events }, hash);
    slowestMs = Math.max(slowestMs, performance.now() - before);
    entries += transactions.reduce((sum, each) => sum + each.entries.length, 0);
  }
  const seconds = (performance.now() - start) / 1000;
  return {
    orders,
    events: histories.reduce((sum, { length }) => sum + length, 0),
    entries,
    entriesPerSecond: Math.round(entries / seconds),
    slowestMs,
  };
};

/** Whole numbers from 0 to below a bound, the same at every run (Lehmer, modulus 2^31 − 1, factor 48271). */
type Draw = (below: number) => number;

const draws = (seed: number): Draw => {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
};

const dollars = (amountMinor: number) => ({ amountMinor, currency: 'USD' });

const historyOf = (orderId: string, draw: Draw): readonly OrderEvent[] => {
  const placed = placedOrder(orderId, draw);
  return [
    placed,
    ...Array.from({ length: draw(5) }, (_, index) => nextEvent(placed, index + 1, draw)),
  ];
};

const placedOrder = (orderId: string, draw: Draw): OrderPlaced => {
  const lines = Array.from({ length: 1 + draw(10) }, (_, index) => ({
    lineId: `${index + 1}`,
    sku: `SKU-${draw(500)}`,
    quantity: 1 + draw(3),
    unitPrice: dollars(100 + draw(20_000)),
  }));
  const sum = lines.reduce((all, line) => all + line.quantity * line.unitPrice.amountMinor, 0);
  const discount = draw(2) * Math.floor(sum / 10);
  return {
    type: 'OrderPlaced',
    eventId: `${orderId}/0`,
    occurredAt: new Date(PLACED_AT).toISOString(),
    shop: 'northside',
    orderId,
    contact: {},
    lines,
    shipping: dollars(595),
    discount: dollars(discount),
    total: dollars(sum - discount + 595),
    exchangeRate: { to: 'EUR', rate: '0.92' },
  };
};

const nextEvent = (
  { shop, orderId, lines }: OrderPlaced,
  place: number,
  draw: Draw,
): OrderEvent => {
  const occurredAt = new Date(PLACED_AT + place * MS_PER_HOUR).toISOString();
  const of = { eventId: `${orderId}/${place}`, occurredAt, shop, orderId };
  const line = lines[draw(lines.length)];
  const named = [{ lineId: line?.lineId ?? '1', quantity: 1 }];
  const amount = line?.unitPrice ?? dollars(100);
  switch (draw(4)) {
    case 0:
      return { ...of, type: 'OrderCancelled', lines: named };
    case 1:
      return { ...of, type: 'ReturnReceived', returnId: `R${place}`, lines: named };
    case 2:
      return {
        ...of,
        type: 'OrderAmended',
        lines: [{ lineId: named[0]?.lineId ?? '1', quantity: draw(4) }],
      };
    default:
      return { ...of, type: 'RefundIssued', refundId: `F${place}`, amount, lines: named };
  }
};
