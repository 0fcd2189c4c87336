import type { LineQuantity } from '#core/domain/orders/order-event.ts';
import { HOUR_MS, parseDuration } from '../duration.ts';
import { type PlacedOrder, valueOf } from '../order-life.ts';
import { placing, sampleOrder, type SampleLine } from '../sample-order.ts';
import type { SampleShop } from '../sample-shops.ts';
import {
  byTime,
  type OrderEventType,
  type Said,
  type TimedEvent,
  toldOfOrder,
} from '../timed-event.ts';

/** One order written out, to show one thing. */
export interface Script {
  readonly orderId: string;
  readonly shop: SampleShop;
  /** What it shows, in one line. */
  readonly about: string;
  readonly placedAt: string;
  readonly lines: readonly SampleLine[];
  readonly says?: Partial<Said<'OrderPlaced'>>;
  /** How the placing comes to the bus. */
  readonly arrival?: Arrival;
  readonly course?: readonly Step[];
}

export interface Arrival {
  /** How long after it happened, such as `5h`. @default at once */
  readonly late?: string;
  /** How long after its first arrival the same event comes again. @default never */
  readonly again?: string;
}

/** Something that happens to the order; `number` sets its event's id apart. */
export type Step = (order: PlacedOrder, number: number) => readonly TimedEvent[];

export interface SampleCase {
  readonly orderId: string;
  readonly shop: string;
  readonly about: string;
  readonly events: readonly TimedEvent[];
}

export const sampleCase = (script: Script): SampleCase => {
  const { orderId, shop, about, placedAt, lines, says, arrival = {}, course = [] } = script;
  const placed = { shop, orderId, placedMs: Date.parse(placedAt), lines };
  const order = sampleOrder(says === undefined ? placed : { ...placed, says });
  const events = [
    ...arriving(placing(order), arrival),
    ...course.flatMap((step, at) => step(order, at + 1)),
  ];
  return { orderId, shop: shop.id, about, events: events.toSorted(byTime) };
};

const arriving = (event: TimedEvent, { late = '0s', again }: Arrival): readonly TimedEvent[] => {
  const first = { ...event, atMs: event.atMs + parseDuration(late) };
  return again === undefined
    ? [first]
    : [first, { ...first, atMs: first.atMs + parseDuration(again) }];
};

/** `elapsed` is from the placing: `1d 6h`. */
export const after =
  <Type extends OrderEventType>(
    elapsed: string,
    type: Type,
    says: Said<Type> | ((order: PlacedOrder) => Said<Type>),
    arrival: Arrival = {},
  ): Step =>
  (order, number) => {
    const { shop, orderId } = order;
    const occurredAtMs = Date.parse(order.occurredAt) + parseDuration(elapsed);
    const telling = { shop, orderId, eventId: `${orderId}/${number}`, occurredAtMs };
    const said = typeof says === 'function' ? says(order) : says;
    return arriving(toldOfOrder(type, telling, said), arrival);
  };

/** Pieces by line: `{ L1: 2 }`. */
export type Pieces = Readonly<Record<string, number>>;

const linesOf = (pieces: Pieces): LineQuantity[] =>
  Object.entries(pieces).map(([lineId, quantity]) => ({ lineId, quantity }));

const allPieces = ({ lines }: PlacedOrder): Pieces =>
  Object.fromEntries(
    lines
      .filter(({ kind = 'physical' }) => kind === 'physical')
      .map(({ lineId, quantity }) => [lineId, quantity]),
  );

/** A parcel leaves with these pieces (all that are physical, if none are given), due in three days. */
export const dispatched = (
  elapsed: string,
  parcelId: string,
  pieces?: Pieces,
  arrival: Arrival = {},
): Step =>
  after(
    elapsed,
    'ShipmentDispatched',
    (order) => {
      const dispatchedMs = Date.parse(order.occurredAt) + parseDuration(elapsed);
      const trackingNumber = `${order.orderId.replaceAll(/\D/g, '')}00${parcelId.slice(-1)}`;
      return {
        parcelId,
        lines: linesOf(pieces ?? allPieces(order)),
        carrier: 'Parcel Post',
        trackingNumber,
        trackingUrl: `https://track.parcel.example/${trackingNumber}`,
        estimatedDeliveryAt: new Date(dispatchedMs + 72 * HOUR_MS).toISOString(),
      };
    },
    arrival,
  );

export const delivered = (elapsed: string, parcelId: string, arrival: Arrival = {}): Step =>
  after(elapsed, 'ShipmentDelivered', { parcelId }, arrival);

export const failed = (elapsed: string, parcelId: string, pickupPoint?: string): Step =>
  after(elapsed, 'DeliveryFailed', {
    parcelId,
    reason: 'nobody was there',
    ...(pickupPoint === undefined ? {} : { pickupPoint }),
  });

export const updated = (
  elapsed: string,
  parcelId: string,
  status: Said<'ShipmentUpdated'>['status'],
): Step => after(elapsed, 'ShipmentUpdated', { parcelId, status });

export const cancelled = (elapsed: string, reason: string, pieces?: Pieces): Step =>
  after(elapsed, 'OrderCancelled', {
    reason,
    ...(pieces === undefined ? {} : { lines: linesOf(pieces) }),
  });

export const amended = (
  elapsed: string,
  says: Said<'OrderAmended'> | ((order: PlacedOrder) => Said<'OrderAmended'>),
): Step => after(elapsed, 'OrderAmended', says);

/** The moment so long after the order, for a promise. */
export const dayAfter = (order: PlacedOrder, elapsed: string): string =>
  new Date(Date.parse(order.occurredAt) + parseDuration(elapsed)).toISOString();

export const returnAsked = (elapsed: string, pieces: Pieces, reason: string): Step =>
  after(elapsed, 'ReturnRequested', { returnId: 'R1', lines: linesOf(pieces), reason });

/** Money back for these pieces, or for the whole order. */
export const refunded = (
  elapsed: string,
  reason: NonNullable<Said<'RefundIssued'>['reason']>,
  pieces?: Pieces,
): Step =>
  after(elapsed, 'RefundIssued', (order) => ({
    refundId: `refund-${reason}`,
    reason,
    ...(pieces === undefined
      ? { amount: order.total }
      : { amount: valueOf(order, linesOf(pieces)), lines: linesOf(pieces) }),
  }));
