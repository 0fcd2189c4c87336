import { type Order, type Parcel, toDeliver, toDispatch } from './order.ts';
import type {
  DeliveryFailed,
  LineQuantity,
  ShipmentDelivered,
  ShipmentDispatched,
  ShipmentUpdated,
} from './order-event.ts';

export type ParcelEvent = ShipmentDispatched | ShipmentUpdated | ShipmentDelivered | DeliveryFailed;

/** Applies what a carrier or warehouse said of one parcel, known or not. */
export const applyParcelEvent = (order: Order, event: ParcelEvent): Order => {
  switch (event.type) {
    case 'ShipmentDispatched':
      return withParcel(order, event.parcelId, (parcel) => dispatched(order, parcel, event));
    case 'ShipmentUpdated':
      return withParcel(order, event.parcelId, (parcel) => updated(parcel, event));
    case 'DeliveryFailed':
      return withParcel(order, event.parcelId, (parcel) => attempted(parcel, event));
    case 'ShipmentDelivered':
      return parcelsOf(order, event).reduce(
        (now, parcelId) => withParcel(now, parcelId, (parcel) => delivered(now, parcel, event)),
        order,
      );
  }
};

/** A parcel nobody told us of before: what it holds is learnt from the first event that says so. */
const newParcel = (parcelId: string): Parcel => ({
  parcelId,
  lines: [],
  status: 'on_its_way',
  attempts: [],
});

const withParcel = (order: Order, parcelId: string, change: (parcel: Parcel) => Parcel): Order => {
  const known = order.parcels.some((parcel) => parcel.parcelId === parcelId);
  const parcels = known ? order.parcels : [...order.parcels, newParcel(parcelId)];
  return {
    ...order,
    parcels: parcels.map((parcel) => (parcel.parcelId === parcelId ? change(parcel) : parcel)),
  };
};

const dispatched = (order: Order, parcel: Parcel, event: ShipmentDispatched): Parcel => ({
  ...parcel,
  dispatchedAt: parcel.dispatchedAt ?? event.occurredAt,
  lines: contentsOf(parcel, event.lines, () => openLines(order, toDispatch)),
  carrier: event.carrier ?? parcel.carrier,
  trackingNumber: event.trackingNumber ?? parcel.trackingNumber,
  trackingUrl: event.trackingUrl ?? parcel.trackingUrl,
  estimatedDeliveryAt: event.estimatedDeliveryAt ?? parcel.estimatedDeliveryAt,
});

const updated = (parcel: Parcel, event: ShipmentUpdated): Parcel => {
  const estimatedDeliveryAt = event.estimatedDeliveryAt ?? parcel.estimatedDeliveryAt;
  if (parcel.status === 'delivered') return parcel;
  if (event.status === 'lost' || event.status === 'returned_to_sender')
    return { ...parcel, status: event.status, failedAt: event.occurredAt, estimatedDeliveryAt };
  const outForDeliveryAt =
    parcel.outForDeliveryAt ?? (event.status === 'out_for_delivery' ? event.occurredAt : undefined);
  const status = 'on_its_way';
  return { ...parcel, status, failedAt: undefined, estimatedDeliveryAt, outForDeliveryAt };
};

/** The carrier was there: its estimate was kept, and there is none for the next attempt. */
const attempted = (parcel: Parcel, event: DeliveryFailed): Parcel => {
  const { eventId, occurredAt: at, reason, pickupPoint } = event;
  return {
    ...parcel,
    estimatedDeliveryAt: undefined,
    attempts: [...parcel.attempts, { eventId, at, reason, pickupPoint }],
  };
};

/** A second scan of a delivered parcel changes nothing; a lost one that arrives was not lost. */
const delivered = (order: Order, parcel: Parcel, event: ShipmentDelivered): Parcel =>
  parcel.status === 'delivered'
    ? parcel
    : {
        ...parcel,
        status: 'delivered',
        deliveredAt: event.occurredAt,
        failedAt: undefined,
        lines: contentsOf(parcel, event.lines, () => unannounced(order)),
      };

/** @param open asked last: it looks at every parcel for every line */
const contentsOf = (
  parcel: Parcel,
  told: readonly LineQuantity[] | undefined,
  open: () => readonly LineQuantity[],
): readonly LineQuantity[] => {
  if (parcel.lines.length > 0) return parcel.lines;
  return told ?? open();
};

/** What no other parcel took with it; where nothing is left of that, whatever has not arrived. */
const unannounced = (order: Order): readonly LineQuantity[] => {
  const left = openLines(order, toDispatch);
  return left.length === 0 ? openLines(order, toDeliver) : left;
};

type Open = (order: Order, line: Order['lines'][number]) => number;

const openLines = (order: Order, open: Open): readonly LineQuantity[] =>
  order.lines
    .map((line) => ({ lineId: line.lineId, quantity: open(order, line) }))
    .filter(({ quantity }) => quantity > 0);

/** A delivery that names no parcel is taken for every parcel on its way, or for an unannounced one. */
const parcelsOf = (order: Order, { parcelId, eventId }: ShipmentDelivered): readonly string[] => {
  if (parcelId !== undefined) return [parcelId];
  const onTheirWay = order.parcels.filter(({ status }) => status === 'on_its_way');
  return onTheirWay.length === 0
    ? [`unannounced-${eventId}`]
    : onTheirWay.map((parcel) => parcel.parcelId);
};
