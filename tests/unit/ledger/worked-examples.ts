import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import {
  amended,
  cancelled,
  disputed,
  euros,
  line,
  placed,
  received,
  refunded,
} from '#tests/unit/orders/order-events.ts';
import { commissioned, uncommissioned } from './order-histories.ts';

export interface WorkedExample {
  /** What the order system says last. */
  readonly told: string;
  /** What it had said of the order before. */
  readonly after: string;
  /** The last of them is the one whose transaction is shown. */
  readonly events: readonly OrderEvent[];
}

const mugs = line('mug', { quantity: 2 });
const jug = line('jug', { unitPrice: euros(3000) });

/** Two mugs at 10.00, a jug at 30.00, shipping 5.00. */
const order = placed({ lines: [mugs, jug], shipping: euros(500), total: euros(5500) });

const one = (lineId: string) => [{ lineId, quantity: 1 }];
const paid = (hours: number, amountMinor: number, change: Parameters<typeof refunded>[1]) =>
  refunded(hours, { amount: euros(amountMinor), ...change });

/** By the order in which docs/ledger.md has them. */
export const workedExamples: readonly WorkedExample[] = [
  { told: 'placed', after: '–', events: [order] },
  {
    told: 'placed with discount 10.00, total 45.00',
    after: '–',
    events: [{ ...order, discount: euros(1000), total: euros(4500) }],
  },
  {
    told: 'placed with tax 5.50, total 60.50: the tax is on top',
    after: '–',
    events: [{ ...order, tax: euros(550), total: euros(6050) }],
  },
  {
    told: 'placed with tax 8.78, total 55.00: the tax is inside',
    after: '–',
    events: [{ ...order, tax: euros(878) }],
  },
  {
    told: 'placed with total 54.50: nothing explains it',
    after: '–',
    events: [{ ...order, total: euros(5450) }],
  },
  {
    told: 'a mug more',
    after: 'placed',
    events: [order, amended(11, { lines: [{ lineId: 'mug', quantity: 3 }] })],
  },
  {
    told: 'a mug less',
    after: 'placed',
    events: [order, amended(11, { lines: [{ lineId: 'mug', quantity: 1 }] })],
  },
  {
    told: 'a lamp at 20.00 added, total 75.00',
    after: 'placed',
    events: [
      order,
      amended(11, {
        addedLines: [line('lamp', { unitPrice: euros(2000) })],
        total: euros(7500),
      }),
    ],
  },
  {
    told: 'total 52.00 and nothing else',
    after: 'placed',
    events: [order, amended(11, { total: euros(5200) })],
  },
  {
    told: 'a mug cancelled',
    after: 'placed',
    events: [order, cancelled(11, { lines: one('mug') })],
  },
  { told: 'the order cancelled', after: 'placed', events: [order, cancelled(11)] },
  {
    told: '10.00 refunded as cancelled, for a mug',
    after: 'a mug cancelled',
    events: [
      order,
      cancelled(11, { lines: one('mug') }),
      paid(12, 1000, { reason: 'cancelled', lines: one('mug') }),
    ],
  },
  {
    told: '12.00 refunded as cancelled, for a mug',
    after: 'a mug cancelled',
    events: [
      order,
      cancelled(11, { lines: one('mug') }),
      paid(12, 1200, { reason: 'cancelled', lines: one('mug') }),
    ],
  },
  {
    told: 'a mug cancelled',
    after: '10.00 refunded as cancelled, for a mug',
    events: [
      order,
      paid(11, 1000, { reason: 'cancelled', lines: one('mug') }),
      cancelled(12, { lines: one('mug') }),
    ],
  },
  {
    told: '10.00 refunded as lost, for a mug',
    after: 'placed',
    events: [order, paid(11, 1000, { reason: 'lost', lines: one('mug') })],
  },
  {
    told: 'the jug came back',
    after: 'placed',
    events: [order, received(11, 'R1', { lines: one('jug') })],
  },
  {
    told: '30.00 refunded as returned, for the jug',
    after: 'the jug came back',
    events: [
      order,
      received(11, 'R1', { lines: one('jug') }),
      paid(12, 3000, { reason: 'returned', lines: one('jug') }),
    ],
  },
  {
    told: '25.00 refunded as returned, for the jug: a fee was kept',
    after: 'the jug came back',
    events: [
      order,
      received(11, 'R1', { lines: one('jug') }),
      paid(12, 2500, { reason: 'returned', lines: one('jug') }),
    ],
  },
  {
    told: '35.00 refunded as returned, for the jug: with shipping',
    after: 'the jug came back, two mugs cancelled',
    events: [
      order,
      cancelled(11, { lines: [{ lineId: 'mug', quantity: 2 }] }),
      received(12, 'R1', { lines: one('jug') }),
      paid(13, 3500, { reason: 'returned', lines: one('jug') }),
    ],
  },
  {
    told: '6.00 refunded without a reason, for the jug',
    after: 'placed',
    events: [order, paid(11, 600, { lines: one('jug') })],
  },
  {
    told: '11.00 refunded as goodwill, for nothing in particular',
    after: 'placed',
    events: [order, paid(11, 1100, { reason: 'goodwill' })],
  },
  {
    told: '60.00 refunded',
    after: 'placed',
    events: [order, paid(11, 6000, {})],
  },
  {
    told: 'payment disputed',
    after: 'a mug cancelled',
    events: [order, cancelled(11, { lines: one('mug') }), disputed(12, 'D1')],
  },
  {
    told: 'dispute won',
    after: 'payment disputed',
    events: [order, disputed(11, 'D1'), disputed(12, 'D1', 'won')],
  },
  {
    told: 'dispute lost',
    after: 'payment disputed',
    events: [order, disputed(11, 'D1'), disputed(12, 'D1', 'lost')],
  },
  {
    told: 'commission of 7.00 confirmed',
    after: 'placed',
    events: [order, commissioned(11)],
  },
  {
    told: '2.00 of the commission reversed',
    after: 'commission of 7.00 confirmed',
    events: [order, commissioned(11), uncommissioned(12, { amount: euros(200) })],
  },
];
