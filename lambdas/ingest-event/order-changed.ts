import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import { customerIdOf } from '#core/domain/customers/reach.ts';
import type { Money } from '#core/domain/money.ts';
import { type Order, type OrderLine, statusOf } from '#core/domain/orders/order.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { OrderLog } from '#core/domain/orders/order-log.ts';

/**
 * What the lake is told of events of an order, each with the order as it was once it was added: as the log has them, in
 * the order in which they came, so that it is told the same again.
 */
export const ordersChanged = (
  { events }: Pick<OrderLog, 'events'>,
  heard: readonly OrderEvent[],
): readonly OutgoingEvent[] => {
  const ids = new Set(heard.map(({ eventId }) => eventId));
  const placedAt = events.findIndex(({ type }) => type === 'OrderPlaced');
  return events.flatMap((event, index) => {
    if (!ids.has(event.eventId)) return [];
    // What came before its order was kept for it.
    const order = orderOf(events.slice(0, Math.max(placedAt, index) + 1));
    return order === undefined ? [] : [changed(order, event)];
  });
};

const changed = (order: Order, event: OrderEvent): OutgoingEvent => {
  const { shop, orderId, placedAt, contact, shipTo, gift } = order;
  const ids = placedIds(event);
  return {
    type: 'OrderChanged',
    detail: {
      eventId: `order-changed/${orderId}/${event.eventId}`,
      occurredAt: event.occurredAt,
      schemaVersion: SCHEMA_VERSION,
      shop,
      orderId,
      change: event.type,
      status: statusOf(order),
      placedAt,
      customerId: customerIdOf(contact),
      country: shipTo?.country,
      isGift: gift,
      ...(ids.length === 0
        ? {}
        : { placed: order.lines.filter(({ lineId }) => ids.includes(lineId)).map(placedLine) }),
      ...said(event),
    },
  };
};

const placedIds = (event: OrderEvent): readonly string[] => {
  if (event.type === 'OrderPlaced') return event.lines.map(({ lineId }) => lineId);
  if (event.type !== 'OrderAmended') return [];
  return (event.addedLines ?? []).map(({ lineId }) => lineId);
};

const placedLine = ({ lineId, sku, category, kind, quantity, total, credit }: OrderLine) => ({
  lineId,
  sku,
  category,
  kind,
  quantity,
  total,
  class: credit?.class ?? 'primary',
  originOrderId: credit?.originOrderId,
});

interface Said {
  readonly lines?: { lineId: string; quantity?: number | undefined }[] | undefined;
  readonly amount?: Money | undefined;
  readonly reason?: string | undefined;
  readonly parcelId?: string | undefined;
  readonly returnId?: string | undefined;
  readonly survey?: string | undefined;
  readonly score?: number | undefined;
}

const linesOf = (
  lines: readonly { readonly lineId: string; readonly quantity?: number | undefined }[] | undefined,
) => lines?.map(({ lineId, quantity }) => ({ lineId, quantity }));

/** Words of the contract alone: what somebody wrote themselves stays out of the lake. */
const said = (event: OrderEvent): Said => ({
  lines: event.type !== 'OrderPlaced' && 'lines' in event ? linesOf(event.lines) : undefined,
  amount: amountOf(event),
  reason: reasonOf(event),
  parcelId: 'parcelId' in event ? event.parcelId : undefined,
  returnId: 'returnId' in event ? event.returnId : undefined,
  survey: event.type === 'SurveyAnswered' ? event.survey : undefined,
  score: scoreOf(event),
});

const amountOf = (event: OrderEvent): Money | undefined => {
  if (event.type === 'OrderPlaced' || event.type === 'OrderAmended') return event.total;
  return 'amount' in event ? event.amount : undefined;
};

const reasonOf = (event: OrderEvent): string | undefined => {
  if (event.type === 'PaymentDisputed') return event.status ?? 'opened';
  if (event.type === 'ShipmentUpdated') return event.status;
  return event.type === 'RefundIssued' ? event.reason : undefined;
};

const scoreOf = (event: OrderEvent): number | undefined => {
  if (event.type === 'SurveyAnswered') return event.score;
  return event.type === 'ReviewPosted' ? event.rating : undefined;
};
