import { compareText } from '../compare-text.ts';
import type { LineCredit } from '../ledger/credit.ts';
import { times } from '../money.ts';
import { type Order, type OrderLine, toDispatch, wantedOf } from './order.ts';
import type {
  AmendedLine,
  OrderAmended,
  OrderCancelled,
  OrderEvent,
  OrderPlaced,
  PlacedLine,
  RefundIssued,
  ReturnReceived,
  ReturnRequested,
  LineQuantity,
} from './order-event.ts';
import { heard, isAfterDelivery } from './after-delivery.ts';
import { withForeignAmountsNoted } from './foreign-amounts.ts';
import { applyParcelEvent } from './parcels.ts';

/**
 * The order that its events tell, whatever order they arrived in: events are taken by time, and
 * those of one instant by kind and id. `undefined` while the order itself has not come.
 */
export const orderOf = (events: readonly OrderEvent[]): Order | undefined => {
  const [placed, ...rest] = events.toSorted(byOccurrence);
  if (placed?.type !== 'OrderPlaced') return undefined;
  return rest.reduce(
    (order, event) => applied(withForeignAmountsNoted(order, event), event),
    newOrder(placed),
  );
};

const rank: Readonly<Record<OrderEvent['type'], number>> = {
  OrderPlaced: 0,
  OrderAmended: 1,
  OrderCancelled: 2,
  ShipmentDispatched: 3,
  ShipmentUpdated: 4,
  DeliveryFailed: 5,
  ShipmentDelivered: 6,
  ReturnRequested: 7,
  ReturnReceived: 8,
  RefundIssued: 9,
  PaymentDisputed: 10,
  UsageMilestoneReached: 11,
  SurveyAnswered: 12,
  ReviewPosted: 13,
  CommissionConfirmed: 14,
  CommissionReversed: 15,
};

/** Whether events of the type are an order's. */
export const isOrderEventType = (type: string): type is OrderEvent['type'] =>
  Object.hasOwn(rank, type);

/** The order's placing first, whenever it happened: nothing can be said of an order before it. */
export const byOccurrence = (a: OrderEvent, b: OrderEvent): number =>
  Number(b.type === 'OrderPlaced') - Number(a.type === 'OrderPlaced') ||
  compareText(a.occurredAt, b.occurredAt) ||
  rank[a.type] - rank[b.type] ||
  compareText(a.eventId, b.eventId);

const newOrder = (event: OrderPlaced): Order => ({
  shop: event.shop,
  orderId: event.orderId,
  placedAt: event.occurredAt,
  contact: event.contact,
  shipTo: event.shipTo,
  currency: event.total.currency,
  total: event.total,
  shipping: event.shipping,
  discount: event.discount,
  tax: event.tax,
  exchangeRate: event.exchangeRate,
  lines: event.lines.map((line) => newLine(line, event.occurredAt, event.credit)),
  parcels: [],
  cancellations: [],
  returns: [],
  refunds: [],
  disputes: [],
  commissions: [],
  activations: [],
  answers: [],
  reviews: [],
  shippingMethod: event.shippingMethod ?? 'standard',
  risk: event.risk ?? 'none',
  clearedAt: event.occurredAt,
  promisedDispatchBy: event.promisedDispatchBy,
  gift: event.gift ?? false,
  test: event.test ?? false,
  anomalies: [],
});

const newLine = (line: PlacedLine, at: string, credit?: LineCredit): OrderLine => ({
  lineId: line.lineId,
  sku: line.sku,
  name: line.name ?? line.sku,
  category: line.category,
  imageUrl: line.imageUrl,
  accessUrl: line.accessUrl,
  kind: line.kind ?? 'physical',
  unitPrice: line.unitPrice,
  total: line.total ?? times(line.unitPrice, line.quantity),
  quantity: line.quantity,
  cancelled: 0,
  backordered: line.backordered ?? false,
  promisedDispatchBy: line.promisedDispatchBy,
  promisedAt: line.backordered === true ? at : undefined,
  origin: line.origin,
  credit: line.credit ?? credit,
});

const applied = (order: Order, event: OrderEvent): Order => {
  if (isAfterDelivery(event)) return heard(order, event);
  switch (event.type) {
    case 'OrderPlaced':
      return anomalous(order, event, 'the order was placed a second time; the first stands');
    case 'OrderAmended':
      return amended(withUnknownLinesNoted(order, event), event);
    case 'OrderCancelled':
      return cancelled(withUnknownLinesNoted(order, event), event);
    case 'ReturnRequested':
    case 'ReturnReceived':
      return returned(withUnknownLinesNoted(order, event), event);
    case 'RefundIssued':
      return refunded(withUnknownLinesNoted(order, event), event);
    case 'ShipmentDispatched':
    case 'ShipmentDelivered':
      return applyParcelEvent(withUnknownLinesNoted(order, event), event);
    case 'ShipmentUpdated':
    case 'DeliveryFailed':
      return applyParcelEvent(order, event);
  }
};

const anomalous = (order: Order, { eventId }: OrderEvent, what: string): Order => ({
  ...order,
  anomalies: [...order.anomalies, { eventId, what }],
});

const withUnknownLinesNoted = (
  order: Order,
  event: OrderEvent & { readonly lines?: readonly { readonly lineId: string }[] | undefined },
): Order => {
  const known = new Set(order.lines.map(({ lineId }) => lineId));
  const unknown = (event.lines ?? []).filter(({ lineId }) => !known.has(lineId));
  if (unknown.length === 0) return order;
  const names = unknown.map(({ lineId }) => lineId).join(', ');
  return anomalous(order, event, `${event.type} names lines that the order has not: ${names}`);
};

const amended = (order: Order, event: OrderAmended): Order => {
  const added = (event.addedLines ?? []).filter(
    ({ lineId }) => !order.lines.some((line) => line.lineId === lineId),
  );
  const cleared = event.risk === 'passed' && order.risk === 'review';
  return {
    ...order,
    lines: [
      ...order.lines.map((line) => amendedLine(line, event)),
      ...added.map((line) => newLine(line, event.occurredAt)),
    ],
    total: event.total ?? order.total,
    risk: event.risk ?? order.risk,
    clearedAt: cleared ? event.occurredAt : order.clearedAt,
    ...promise(order, event),
  };
};

const promise = (order: Order, { promisedDispatchBy, occurredAt }: OrderAmended) =>
  promisedDispatchBy === undefined || promisedDispatchBy === order.promisedDispatchBy
    ? {}
    : { promisedDispatchBy, promiseMovedAt: occurredAt };

const amendedLine = (line: OrderLine, { lines, occurredAt }: OrderAmended): OrderLine => {
  const change = lines?.find(({ lineId }) => lineId === line.lineId);
  if (change === undefined) return line;
  const next = { ...line, ...repriced(line, change), ...rescheduled(line, change) };
  const moved =
    next.backordered !== line.backordered || next.promisedDispatchBy !== line.promisedDispatchBy;
  return moved ? { ...next, promisedAt: occurredAt } : next;
};

const repriced = (line: OrderLine, { quantity = line.quantity }: AmendedLine) =>
  quantity === line.quantity ? {} : { quantity, total: times(line.unitPrice, quantity) };

const rescheduled = (line: OrderLine, change: AmendedLine) => ({
  backordered: change.backordered ?? line.backordered,
  promisedDispatchBy: change.promisedDispatchBy ?? line.promisedDispatchBy,
});

const cancelled = (order: Order, event: OrderCancelled): Order => {
  const lines = perLine(event.lines ?? allOf(order)).map((line) => atMostWanted(order, line));
  const { eventId, occurredAt: at, reason } = event;
  return {
    ...withdrawn(order, lines),
    cancellations: [...order.cancellations, { eventId, at, lines, reason }],
  };
};

/** A line that is named twice is taken once, with the sum. */
const perLine = (lines: readonly LineQuantity[]): readonly LineQuantity[] =>
  [...Map.groupBy(lines, ({ lineId }) => lineId)].map(([lineId, same]) => ({
    lineId,
    quantity: same.reduce((total, { quantity }) => total + quantity, 0),
  }));

const allOf = ({ lines }: Order): readonly LineQuantity[] =>
  lines.map((line) => ({ lineId: line.lineId, quantity: wantedOf(line) }));

const atMostWanted = ({ lines }: Order, { lineId, quantity }: LineQuantity): LineQuantity => {
  const line = lines.find((each) => each.lineId === lineId);
  return { lineId, quantity: line === undefined ? 0 : Math.min(quantity, wantedOf(line)) };
};

const withdrawn = (order: Order, gone: readonly LineQuantity[]): Order => ({
  ...order,
  lines: order.lines.map((line) => {
    const pieces = gone
      .filter(({ lineId }) => lineId === line.lineId)
      .reduce((total, { quantity }) => total + quantity, 0);
    return pieces === 0
      ? line
      : { ...line, cancelled: Math.min(line.quantity, line.cancelled + pieces) };
  }),
});

/** A return that is only heard of when it has come back is of what it says, or of everything. */
const returned = (order: Order, event: ReturnRequested | ReturnReceived): Order => {
  const { returnId, occurredAt: at } = event;
  const known = order.returns.find((each) => each.returnId === returnId);
  const receivedAt = event.type === 'ReturnReceived' ? at : known?.receivedAt;
  const lines = event.lines ?? known?.lines ?? allOf(order);
  const next = { returnId, at: known?.at ?? at, lines, receivedAt };
  return {
    ...order,
    returns: [...order.returns.filter((each) => each !== known), next],
  };
};

const refunded = (order: Order, event: RefundIssued): Order => {
  const { refundId, occurredAt: at, amount } = event;
  const { lines, reason } = event;
  const lost = reason === 'lost' ? perLine(lines ?? openOf(order)) : [];
  const gone = lost.map((line) => atMostWanted(order, line));
  const refund = { refundId, at, amount, lines, reason };
  return {
    ...withdrawn(order, gone),
    refunds: [...order.refunds, gone.length === 0 ? refund : { ...refund, withdrawn: gone }],
  };
};

const openOf = (order: Order): readonly LineQuantity[] =>
  order.lines.map((line) => ({ lineId: line.lineId, quantity: toDispatch(order, line) }));
