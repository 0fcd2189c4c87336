import type { Order } from '#core/domain/orders/order.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { TouchName } from '#touches/registry.ts';
import {
  answered,
  attempted,
  cancelledLines,
  delivered,
  dispatched,
  dispatchedAll,
  dispatchedBarely,
  outForDelivery,
  placing,
  type Placing,
  refundOf,
  sampleLines,
  sampleOrder,
} from './sample-orders.ts';

/** When a touch tells, and of what. */
interface Telling {
  readonly after: (change: Placing) => readonly OrderEvent[];
  readonly subjects: readonly string[];
}

const placed = (change: Placing): readonly OrderEvent[] => [placing(change)];

/** An order to which everything happened on its way. */
const eventful = (change: Placing): readonly OrderEvent[] => [
  placing(change),
  dispatched('P1', ['mill', 'tin']),
  dispatchedBarely('P2'),
  dispatched('P3', ['apron']),
  attempted('P1', 'Corner shop, Sampleweg 12, 10115 Berlin'),
  delivered('P2'),
];

const underway = (change: Placing): readonly OrderEvent[] => [
  placing(change),
  dispatched('P1', ['mill', 'tin', 'apron']),
];

const arrived = (change: Placing): readonly OrderEvent[] => [
  placing(change),
  dispatchedAll('P1'),
  delivered('P1'),
];

const then =
  (first: Telling['after'], ...events: readonly OrderEvent[]): Telling['after'] =>
  (change) => [...first(change), ...events];

const apronBack = refundOf('r-1', 4900, {
  lines: [{ lineId: 'apron', quantity: 1 }],
  reason: 'returned',
});

const tellings: Readonly<Record<TouchName, Telling>> = {
  'order-confirmation': { after: placed, subjects: [] },
  verification: { after: (change) => placed({ risk: 'review', ...change }), subjects: [] },
  'backorder-notice': { after: eventful, subjects: ['oven/2026-12-03T11:00:00.000Z', 'bowl'] },
  'delay-notice': { after: eventful, subjects: ['2026-11-21T11:00:00.000Z'] },
  'dispatch-notice': { after: eventful, subjects: ['P1', 'P2'] },
  'out-for-delivery': { after: then(underway, outForDelivery('P1')), subjects: ['P1'] },
  'delivery-notice': { after: eventful, subjects: ['P2'] },
  'failed-delivery': { after: eventful, subjects: ['P1/attempt-P1'] },
  cancellation: {
    after: then(eventful, cancelledLines(['apron', 'oven'])),
    subjects: ['cancel-apron-oven'],
  },
  refund: { after: then(eventful, apronBack), subjects: ['r-1'] },
  'digital-access': { after: placed, subjects: ['order'] },
  'care-guide': { after: arrived, subjects: ['mill', 'tin', 'apron', 'course', 'club'] },
  'check-in': { after: arrived, subjects: ['mill'] },
  'activation-nudge': { after: arrived, subjects: ['course'] },
  'upgrade-nudge': { after: arrived, subjects: ['SKU-stone-mill'] },
  'satisfaction-survey': { after: arrived, subjects: ['order'] },
  'support-hand-off': { after: then(arrived, answered('csat', 2)), subjects: ['order'] },
  'review-request': { after: arrived, subjects: ['mill', 'tin', 'apron'] },
  referral: { after: then(arrived, answered('csat', 5)), subjects: ['order'] },
  'loyalty-invitation': { after: arrived, subjects: ['order'] },
  'cross-sell': {
    after: arrived,
    subjects: ['SKU-basket', 'SKU-scraper', 'SKU-peel', 'SKU-unknown'],
  },
  replenishment: { after: arrived, subjects: ['flour'] },
  'subscription-offer': { after: arrived, subjects: ['flour'] },
  'warranty-registration': { after: arrived, subjects: ['mill'] },
  'win-back': { after: arrived, subjects: ['order'] },
  'packaging-insert': { after: placed, subjects: ['mill', 'tin', 'apron'] },
  'consent-confirmation': { after: placed, subjects: ['email'] },
};

/** The order that a touch tells of by itself, placed as the change says. */
export const orderToldBy = (touch: TouchName, change: Placing): Order =>
  sampleOrder(...tellings[touch].after(change));

/** What it tells; of an order of many lines, all of them. */
export const subjectsToldBy = (touch: TouchName, { lines }: Order): readonly string[] => {
  const { subjects } = tellings[touch];
  const areLines = subjects.every((subject) => lines.some(({ lineId }) => lineId === subject));
  return areLines && subjects.length > 0 && lines.length > sampleLines.length
    ? lines.map(({ lineId }) => lineId)
    : subjects;
};
