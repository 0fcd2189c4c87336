import { orderOf } from '#core/domain/orders/order-of.ts';
import type { Order } from '#core/domain/orders/order.ts';
import type {
  Contact,
  OrderEvent,
  OrderPlaced,
  PlacedLine,
  RefundIssued,
  Survey,
} from '#core/domain/orders/order-event.ts';

/** The moment the samples are looked at: the order is four days old. */
export const sampleNow = '2026-11-22T12:00:00.000Z';

const placedAt = '2026-11-18T09:30:00.000Z';

const eventOf = (eventId: string, occurredAt: string) =>
  ({ eventId, occurredAt, shop: 'hearth', orderId: '100482' }) as const;

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

export const sampleLine = (
  lineId: string,
  name: string,
  amountMinor: number,
  rest: Partial<PlacedLine> = {},
): PlacedLine => ({
  lineId,
  sku: `SKU-${lineId}`,
  name,
  quantity: 1,
  unitPrice: euros(amountMinor),
  category: 'Kitchen',
  imageUrl: `https://static.hearth.example/products/${lineId}.jpg`,
  ...rest,
});

/** One line for each thing that can become of a line. */
export const sampleLines: readonly PlacedLine[] = [
  sampleLine('mill', 'Hand grain mill, beech', 12900),
  sampleLine('tin', 'Loaf tin, 1 kg', 2450, { quantity: 3, category: 'Bakeware' }),
  sampleLine('apron', 'Linen apron, indigo', 4900, { category: 'Textiles' }),
  sampleLine('oven', 'Cast-iron bread oven', 18900, {
    category: 'Bakeware',
    backordered: true,
    promisedDispatchBy: '2026-12-03T11:00:00.000Z',
  }),
  sampleLine('bowl', 'Proving bowl, stoneware', 3950, { backordered: true }),
  sampleLine('course', 'Sourdough course', 5900, {
    kind: 'digital',
    category: 'Courses',
    accessUrl: 'https://access.hearth.example/courses/sourdough',
  }),
  sampleLine('club', 'Bakers’ circle, one year', 3600, {
    kind: 'subscription',
    category: 'Membership',
  }),
  sampleLine('flour', 'Rye flour, wholemeal, 5 kg', 1290, { quantity: 2, category: 'Pantry' }),
];

const contact: Contact = {
  customerId: 'c-17',
  email: 'mia.sommer@mail.example',
  name: 'Mia Sommer',
  locale: 'en-GB',
};

export type Placing = Partial<
  Pick<
    OrderPlaced,
    'lines' | 'gift' | 'risk' | 'contact' | 'shipping' | 'discount' | 'tax' | 'total'
  >
>;

export const placing = (change: Placing = {}): OrderPlaced => {
  const lines = change.lines ?? sampleLines;
  const currency = lines[0]?.unitPrice.currency ?? 'EUR';
  const goods = lines.reduce(
    (sum, { unitPrice, quantity }) => sum + unitPrice.amountMinor * quantity,
    0,
  );
  return {
    ...eventOf('placed', placedAt),
    type: 'OrderPlaced',
    contact,
    lines,
    shipping: { amountMinor: 490, currency },
    discount: { amountMinor: 1000, currency },
    tax: { amountMinor: 8900, currency },
    total: { amountMinor: goods + 490 - 1000, currency },
    promisedDispatchBy: '2026-11-21T11:00:00.000Z',
    ...change,
  };
};

const parcel = {
  carrier: 'Parcel Post',
  trackingNumber: '00340434161094021501',
  trackingUrl: 'https://track.parcel.example/00340434161094021501',
  estimatedDeliveryAt: '2026-11-24T15:00:00.000Z',
} as const;

/** A parcel with one piece of each line. */
export const dispatched = (parcelId: string, lineIds: readonly string[]): OrderEvent => ({
  ...eventOf(`sent-${parcelId}`, '2026-11-19T08:00:00.000Z'),
  type: 'ShipmentDispatched',
  parcelId,
  lines: lineIds.map((lineId) => ({ lineId, quantity: 1 })),
  ...parcel,
});

/** One parcel of everything that needs one. */
export const dispatchedAll = (parcelId: string): OrderEvent => ({
  ...eventOf(`sent-${parcelId}`, '2026-11-19T08:00:00.000Z'),
  type: 'ShipmentDispatched',
  parcelId,
  ...parcel,
});

/** A parcel of which only its contents are known. */
export const dispatchedBarely = (parcelId: string): OrderEvent => ({
  ...eventOf(`sent-${parcelId}`, '2026-11-19T09:00:00.000Z'),
  type: 'ShipmentDispatched',
  parcelId,
  lines: [{ lineId: 'tin', quantity: 2 }],
});

export const delivered = (parcelId: string): OrderEvent => ({
  ...eventOf(`delivered-${parcelId}`, '2026-11-21T10:15:00.000Z'),
  type: 'ShipmentDelivered',
  parcelId,
});

export const attempted = (parcelId: string, pickupPoint?: string): OrderEvent => ({
  ...eventOf(`attempt-${parcelId}`, '2026-11-21T13:40:00.000Z'),
  type: 'DeliveryFailed',
  parcelId,
  ...(pickupPoint === undefined ? {} : { pickupPoint, reason: 'Nobody was at home' }),
});

export const gone = (parcelId: string, status: 'lost' | 'returned_to_sender'): OrderEvent => ({
  ...eventOf(`gone-${parcelId}`, '2026-11-22T07:00:00.000Z'),
  type: 'ShipmentUpdated',
  parcelId,
  status,
});

export const cancelledLines = (lineIds: readonly string[]): OrderEvent => ({
  ...eventOf(`cancel-${lineIds.join('-')}`, '2026-11-20T16:00:00.000Z'),
  type: 'OrderCancelled',
  lines: lineIds.map((lineId) => ({ lineId, quantity: 1 })),
});

export const cancelledWhole: OrderEvent = {
  ...eventOf('cancel', '2026-11-20T16:00:00.000Z'),
  type: 'OrderCancelled',
};

export const refunded = (amountMinor: number): OrderEvent => ({
  ...eventOf('refund', '2026-11-21T09:00:00.000Z'),
  type: 'RefundIssued',
  refundId: 'r-1',
  amount: euros(amountMinor),
  reason: 'cancelled',
});

/** A refund as its event tells it. */
export const refundOf = (
  refundId: string,
  amountMinor: number,
  rest: Partial<Pick<RefundIssued, 'lines' | 'reason'>> = {},
): OrderEvent => ({
  ...eventOf(`refund-${refundId}`, '2026-11-21T09:00:00.000Z'),
  type: 'RefundIssued',
  refundId,
  amount: euros(amountMinor),
  ...rest,
});

export const outForDelivery = (parcelId: string): OrderEvent => ({
  ...eventOf(`out-${parcelId}`, '2026-11-22T06:40:00.000Z'),
  type: 'ShipmentUpdated',
  parcelId,
  status: 'out_for_delivery',
});

export const answered = (survey: Survey, score: number): OrderEvent => ({
  ...eventOf('answered', '2026-11-22T08:00:00.000Z'),
  type: 'SurveyAnswered',
  survey,
  score,
});

export const sentBack = (lineIds: readonly string[]): OrderEvent => ({
  ...eventOf('sent-back', '2026-11-22T09:00:00.000Z'),
  type: 'ReturnRequested',
  returnId: 'back-1',
  lines: lineIds.map((lineId) => ({ lineId, quantity: 1 })),
});

export const promiseMoved = (promisedDispatchBy: string): OrderEvent => ({
  ...eventOf('moved', '2026-11-20T12:00:00.000Z'),
  type: 'OrderAmended',
  promisedDispatchBy,
});

/** @throws when the events tell of no order */
export const sampleOrder = (...events: readonly OrderEvent[]): Order => {
  const order = orderOf(events);
  if (order === undefined) throw new Error('a sample without OrderPlaced');
  return order;
};
