import type { DeliveryAttempt, Order, Parcel } from '../orders/order.ts';
import { dayAhead, type LineList, linkOf, listOf, quantityIn, type Viewing } from './line-list.ts';
import { plainText } from './names.ts';

export interface ParcelView {
  readonly items: LineList;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  /** The carrier's page where the shop vouches for it, or else the order's own. */
  readonly trackingUrl: string | null;
  /** The day it should arrive, while it is on its way and that day is still ahead. */
  readonly expected: string | null;
  readonly deliveredOn: string | null;
}

export interface AttemptView {
  readonly on: string;
  /** In the carrier's words. */
  readonly reason: string | null;
  readonly pickupPoint: string | null;
  readonly parcel: ParcelView;
}

/** The parcels that the subjects name. */
export const parcelsTold = ({ parcels }: Order, subjects: readonly string[]): readonly Parcel[] =>
  parcels.filter(({ parcelId }) => subjects.includes(parcelId));

export const parcelView = (order: Order, parcel: Parcel, viewing: Viewing): ParcelView => ({
  items: listOf(order, quantityIn(parcel.lines), viewing),
  carrier: plainText(parcel.carrier ?? '') || null,
  trackingNumber: plainText(parcel.trackingNumber ?? '') || null,
  trackingUrl: linkOf(viewing, parcel.trackingUrl, viewing.orderStatusUrl),
  expected: parcel.status === 'on_its_way' ? dayAhead(parcel.estimatedDeliveryAt, viewing) : null,
  deliveredOn: parcel.deliveredAt === undefined ? null : viewing.formats.day(parcel.deliveredAt),
});

/** The failed attempts that the subjects name as `<parcelId>/<eventId>`. */
export const attemptViews = (
  order: Order,
  subjects: readonly string[],
  viewing: Viewing,
): readonly AttemptView[] =>
  order.parcels.flatMap((parcel) =>
    parcel.attempts
      .filter(({ eventId }) => subjects.includes(`${parcel.parcelId}/${eventId}`))
      .map((attempt) => attemptView(attempt, parcelView(order, parcel, viewing), viewing)),
  );

/** A parcel that waits to be collected is not brought any more, whatever was estimated. */
const attemptView = (
  { at, reason, pickupPoint }: DeliveryAttempt,
  parcel: ParcelView,
  { formats }: Viewing,
): AttemptView => ({
  on: formats.day(at),
  reason: plainText(reason ?? '') || null,
  pickupPoint: plainText(pickupPoint ?? '') || null,
  parcel: pickupPoint === undefined ? parcel : { ...parcel, expected: null },
});
