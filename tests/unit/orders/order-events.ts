import type {
  DeliveryFailed,
  OrderAmended,
  OrderCancelled,
  OrderPlaced,
  PaymentDisputed,
  PlacedLine,
  RefundIssued,
  ReturnReceived,
  ReturnRequested,
  ReviewPosted,
  ShipmentDelivered,
  ShipmentDispatched,
  ShipmentUpdated,
  SurveyAnswered,
  UsageMilestoneReached,
} from '#core/domain/orders/order-event.ts';

const START_MS = Date.parse('2026-11-18T00:00:00.000Z');
const MS_PER_HOUR = 3_600_000;

/** So many hours into the story; the order is placed at hour 10. */
export const at = (hours: number): string => new Date(START_MS + hours * MS_PER_HOUR).toISOString();

export const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

const ofOrder = (eventId: string, hours: number) =>
  ({ eventId, occurredAt: at(hours), shop: 'hearth', orderId: '100482' }) as const;

/** What a story may say otherwise than its builder: everything but the type. */
type Change<Event> = Partial<Omit<Event, 'type'>>;

export const line = (lineId: string, change: Partial<PlacedLine> = {}): PlacedLine => ({
  lineId,
  sku: `SKU-${lineId}`,
  name: `The ${lineId}`,
  quantity: 1,
  unitPrice: euros(1000),
  ...change,
});

/** One mill and two tins, both in need of a parcel. */
export const placed = (change: Change<OrderPlaced> = {}): OrderPlaced => ({
  ...ofOrder('placed', 10),
  type: 'OrderPlaced',
  contact: { customerId: 'c-17', email: 'mia.sommer@mail.example' },
  lines: [line('mill'), line('tin', { quantity: 2 })],
  total: euros(3000),
  ...change,
});

export const amended = (hours: number, change: Change<OrderAmended>): OrderAmended => ({
  ...ofOrder(`amended-${hours}`, hours),
  type: 'OrderAmended',
  ...change,
});

export const cancelled = (hours: number, change: Change<OrderCancelled> = {}): OrderCancelled => ({
  ...ofOrder(`cancelled-${hours}`, hours),
  type: 'OrderCancelled',
  ...change,
});

export const dispatched = (
  hours: number,
  parcelId: string,
  change: Change<ShipmentDispatched> = {},
): ShipmentDispatched => ({
  ...ofOrder(`dispatched-${parcelId}-${hours}`, hours),
  type: 'ShipmentDispatched',
  parcelId,
  ...change,
});

export const updated = (
  hours: number,
  parcelId: string,
  status: ShipmentUpdated['status'],
  change: Change<ShipmentUpdated> = {},
): ShipmentUpdated => ({
  ...ofOrder(`updated-${parcelId}-${hours}`, hours),
  type: 'ShipmentUpdated',
  parcelId,
  status,
  ...change,
});

export const delivered = (
  hours: number,
  parcelId?: string,
  change: Change<ShipmentDelivered> = {},
): ShipmentDelivered => ({
  ...ofOrder(`delivered-${parcelId ?? 'all'}-${hours}`, hours),
  type: 'ShipmentDelivered',
  parcelId,
  ...change,
});

export const failed = (
  hours: number,
  parcelId: string,
  change: Change<DeliveryFailed> = {},
): DeliveryFailed => ({
  ...ofOrder(`failed-${parcelId}-${hours}`, hours),
  type: 'DeliveryFailed',
  parcelId,
  ...change,
});

export const returned = (
  hours: number,
  lineId: string,
  change: Change<ReturnRequested> = {},
): ReturnRequested => ({
  ...ofOrder(`returned-${hours}`, hours),
  type: 'ReturnRequested',
  returnId: `R-${hours}`,
  lines: [{ lineId, quantity: 1 }],
  ...change,
});

export const received = (
  hours: number,
  returnId: string,
  change: Change<ReturnReceived> = {},
): ReturnReceived => ({
  ...ofOrder(`received-${hours}`, hours),
  type: 'ReturnReceived',
  returnId,
  ...change,
});

export const disputed = (
  hours: number,
  disputeId: string,
  status?: PaymentDisputed['status'],
): PaymentDisputed => ({
  ...ofOrder(`disputed-${disputeId}-${hours}`, hours),
  type: 'PaymentDisputed',
  disputeId,
  status,
});

export const used = (hours: number, lineId?: string): UsageMilestoneReached => ({
  ...ofOrder(`used-${lineId ?? 'any'}-${hours}`, hours),
  type: 'UsageMilestoneReached',
  lineId,
  milestone: 'first-use',
});

export const answered = (
  hours: number,
  score: number,
  change: Change<SurveyAnswered> = {},
): SurveyAnswered => ({
  ...ofOrder(`answered-${hours}`, hours),
  type: 'SurveyAnswered',
  survey: 'csat',
  score,
  ...change,
});

export const reviewed = (hours: number, sku: string, rating?: number): ReviewPosted => ({
  ...ofOrder(`reviewed-${sku}-${hours}`, hours),
  type: 'ReviewPosted',
  sku,
  rating,
});

export const refunded = (hours: number, change: Change<RefundIssued> = {}): RefundIssued => ({
  ...ofOrder(`refunded-${hours}`, hours),
  type: 'RefundIssued',
  refundId: `F-${hours}`,
  amount: euros(1000),
  ...change,
});
