import type { LineCredit } from '../ledger/credit.ts';
import type { Money } from '../money.ts';
import type {
  Address,
  Contact,
  ExchangeRate,
  Instant,
  LineOrigin,
  LineQuantity,
  ProductKind,
  RefundIssued,
  ShippingMethod,
  Survey,
} from './order-event.ts';

export interface OrderLine {
  readonly lineId: string;
  readonly sku: string;
  readonly name: string;
  readonly category?: string | undefined;
  readonly imageUrl?: string | undefined;
  readonly accessUrl?: string | undefined;
  readonly kind: ProductKind;
  readonly unitPrice: Money;
  readonly total: Money;
  /** Pieces ordered, as last amended. */
  readonly quantity: number;
  /** Pieces that will not come: cancelled, or refunded as lost. */
  readonly cancelled: number;
  readonly backordered: boolean;
  /** When the shop last said it would be sent, and since when it says so. */
  readonly promisedDispatchBy?: Instant | undefined;
  readonly promisedAt?: Instant | undefined;
  readonly origin?: LineOrigin | undefined;
  /** What brought it. @default nothing of ours */
  readonly credit?: LineCredit | undefined;
}

export type ParcelStatus = 'on_its_way' | 'delivered' | 'lost' | 'returned_to_sender';

export interface DeliveryAttempt {
  readonly eventId: string;
  readonly at: Instant;
  readonly reason?: string | undefined;
  readonly pickupPoint?: string | undefined;
}

export interface Parcel {
  readonly parcelId: string;
  readonly lines: readonly LineQuantity[];
  readonly status: ParcelStatus;
  readonly dispatchedAt?: Instant | undefined;
  readonly deliveredAt?: Instant | undefined;
  /** When the parcel was reported lost or on its way back. */
  readonly failedAt?: Instant | undefined;
  readonly carrier?: string | undefined;
  readonly trackingNumber?: string | undefined;
  readonly trackingUrl?: string | undefined;
  readonly estimatedDeliveryAt?: Instant | undefined;
  /** When the carrier last said that it is on its last leg. */
  readonly outForDeliveryAt?: Instant | undefined;
  readonly attempts: readonly DeliveryAttempt[];
}

export interface Cancellation {
  readonly eventId: string;
  readonly at: Instant;
  readonly lines: readonly LineQuantity[];
  readonly reason?: string | undefined;
}

export interface Refund {
  readonly refundId: string;
  readonly at: Instant;
  readonly amount: Money;
  readonly lines?: readonly LineQuantity[] | undefined;
  readonly reason?: RefundIssued['reason'];
  /** Pieces that it says will not come any more. */
  readonly withdrawn?: readonly LineQuantity[] | undefined;
}

export interface OrderReturn {
  readonly returnId: string;
  /** When it was asked for, or else received. */
  readonly at: Instant;
  readonly lines: readonly LineQuantity[];
  readonly receivedAt?: Instant | undefined;
}

export interface Dispute {
  readonly disputeId: string;
  readonly at: Instant;
  readonly status: 'opened' | 'won' | 'lost';
  /** Absent: all that the customer has paid. */
  readonly amount?: Money | undefined;
}

/** What a partner pays for the order, and how much of it was taken back. */
export interface Commission {
  readonly commissionId: string;
  readonly at: Instant;
  readonly partner: string;
  readonly amount: Money;
  /** At most the amount, in its currency. */
  readonly reversedMinor: number;
  readonly sessionId?: string | undefined;
  readonly offerId?: string | undefined;
  readonly exchangeRate?: ExchangeRate | undefined;
}

/** A first use that a product reported. */
export interface Activation {
  readonly at: Instant;
  /** Absent: of whichever products report their use. */
  readonly lineId?: string | undefined;
  readonly milestone: string;
}

export interface Answer {
  readonly at: Instant;
  readonly survey: Survey;
  readonly score: number;
  readonly comment?: string | undefined;
}

export interface Review {
  readonly at: Instant;
  readonly sku: string;
  readonly rating?: number | undefined;
}

/** What an event said that does not fit the order; kept to be explained, never acted on. */
export interface Anomaly {
  readonly eventId: string;
  readonly what: string;
}

/** An order as its events so far tell it. Derived, never stored. */
export interface Order {
  readonly shop: string;
  readonly orderId: string;
  readonly placedAt: Instant;
  readonly contact: Contact;
  readonly shipTo?: Address | undefined;
  readonly currency: string;
  readonly total: Money;
  readonly shipping?: Money | undefined;
  readonly discount?: Money | undefined;
  readonly tax?: Money | undefined;
  /** Into the reporting currency, as frozen. Absent: the order is in it. */
  readonly exchangeRate?: ExchangeRate | undefined;
  readonly lines: readonly OrderLine[];
  readonly parcels: readonly Parcel[];
  readonly cancellations: readonly Cancellation[];
  readonly returns: readonly OrderReturn[];
  readonly refunds: readonly Refund[];
  readonly disputes: readonly Dispute[];
  readonly commissions: readonly Commission[];
  readonly activations: readonly Activation[];
  /** In order of time. */
  readonly answers: readonly Answer[];
  readonly reviews: readonly Review[];
  readonly shippingMethod: ShippingMethod;
  readonly risk: 'none' | 'review' | 'passed';
  /** When the review ended; digital access is given from here. */
  readonly clearedAt: Instant;
  readonly promisedDispatchBy?: Instant | undefined;
  /** When the order's promise was last moved, absent while it stands as placed. */
  readonly promiseMovedAt?: Instant | undefined;
  readonly gift: boolean;
  readonly test: boolean;
  readonly anomalies: readonly Anomaly[];
}

const inParcels = (parcels: readonly Parcel[], lineId: string): number =>
  parcels.reduce((total, { lines }) => total + piecesOf(lines, lineId), 0);

const piecesOf = (lines: readonly LineQuantity[], lineId: string): number =>
  lines.reduce((total, line) => (line.lineId === lineId ? total + line.quantity : total), 0);

const sent = ({ status }: Parcel): boolean => status === 'on_its_way' || status === 'delivered';

/** Pieces of the line that are still wanted: ordered and not cancelled. */
export const wantedOf = ({ quantity, cancelled }: OrderLine): number =>
  Math.max(0, quantity - cancelled);

/** Pieces of a physical line that still have to be dispatched; a lost parcel's count again. */
export const toDispatch = (order: Pick<Order, 'parcels'>, line: OrderLine): number =>
  line.kind === 'physical'
    ? Math.max(0, wantedOf(line) - inParcels(order.parcels.filter(sent), line.lineId))
    : 0;

/** Pieces of a physical line that still have to arrive. */
export const toDeliver = (order: Pick<Order, 'parcels'>, line: OrderLine): number => {
  if (line.kind !== 'physical') return 0;
  const arrived = order.parcels.filter(({ status }) => status === 'delivered');
  return Math.max(0, wantedOf(line) - inParcels(arrived, line.lineId));
};

export const isCancelled = ({ lines }: Order): boolean =>
  lines.every((line) => wantedOf(line) === 0);

/** Whether anything the customer still wants has yet to arrive. */
export const isOutstanding = (order: Order): boolean =>
  order.lines.some((line) => toDeliver(order, line) > 0);

/** Lines that need no parcel and are still wanted. */
export const accessLines = ({ lines }: Order): readonly OrderLine[] =>
  lines.filter((line) => line.kind !== 'physical' && wantedOf(line) > 0);

export type OrderStatus =
  'in_review' | 'open' | 'part_dispatched' | 'dispatched' | 'delivered' | 'cancelled';

/** One word for where an order is. `delivered` and `cancelled` are final. */
export const statusOf = (order: Order): OrderStatus => {
  if (isCancelled(order)) return 'cancelled';
  if (order.risk === 'review') return 'in_review';
  if (!isOutstanding(order)) return 'delivered';
  if (!order.parcels.some(sent)) return 'open';
  return order.lines.some((line) => toDispatch(order, line) > 0) ? 'part_dispatched' : 'dispatched';
};
