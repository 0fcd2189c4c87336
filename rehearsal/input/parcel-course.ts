import type { LineQuantity } from '#core/domain/orders/order-event.ts';
import { between, clamp, logNormal } from './draws.ts';
import { DAY_MS, HOUR_MS } from './duration.ts';
import { ACCIDENTS_UNTIL_DAYS, ESTIMATE_DAYS, transitHours } from './fulfilment-rates.ts';
import { idWithin, type Life, valueOf } from './order-life.ts';
import type { TimedEvent } from './timed-event.ts';

/** What is packed together. */
export interface PackedParcel {
  /** Tells the parcels of an order apart: `1`, `2`, `2-again`. */
  readonly name: string;
  readonly lines: readonly LineQuantity[];
  readonly dispatchedMs: number;
}

export interface Course {
  readonly events: readonly TimedEvent[];
  /** When it was in the customer's hands; absent when it never was, and was refunded. */
  readonly arrivedMs?: number;
}

/** From the warehouse's door until it has arrived or its content has been refunded. */
export const courseOf = (life: Life, parcel: PackedParcel): Course => {
  const isEarly = parcel.dispatchedMs - life.placedMs <= ACCIDENTS_UNTIL_DAYS * DAY_MS;
  const befalls = (exception: 'lost' | 'transit-delayed' | 'failed-attempt'): boolean =>
    isEarly && life.befalls(exception, parcel.name);
  const departure = [dispatch(life, parcel), scan(life, parcel)];
  const rest = befalls('lost')
    ? loss(life, parcel)
    : arrival(life, parcel, {
        isDelayed: befalls('transit-delayed'),
        hasFailedAttempt: befalls('failed-attempt'),
      });
  return { ...rest, events: [...departure, ...rest.events] };
};

const idOf = ({ order }: Life, { name }: PackedParcel): string =>
  idWithin(order.orderId, `-${name}`);

const instant = (ms: number): string => new Date(Math.round(ms)).toISOString();

const dispatch = (life: Life, parcel: PackedParcel): TimedEvent => {
  const { name, lines, dispatchedMs } = parcel;
  const trackingNumber = String(Math.floor(between(life.random(`tracking/${name}`), 1e11, 1e12)));
  return life.tell('ShipmentDispatched', `dispatched-${name}`, dispatchedMs, {
    parcelId: idOf(life, parcel),
    lines: [...lines],
    carrier: 'Parcel Post',
    trackingNumber,
    trackingUrl: `https://track.parcel.example/${trackingNumber}`,
    estimatedDeliveryAt: instant(dispatchedMs + ESTIMATE_DAYS * DAY_MS),
  });
};

const scan = (life: Life, parcel: PackedParcel): TimedEvent => {
  const at = parcel.dispatchedMs + between(life.random(`scan/${parcel.name}`), 3, 9) * HOUR_MS;
  return life.tell('ShipmentUpdated', `in-transit-${parcel.name}`, at, {
    parcelId: idOf(life, parcel),
    status: 'in_transit',
  });
};

/** Between 12 hours and 6 days. */
const transitMs = (life: Life, { name }: PackedParcel): number =>
  clamp(logNormal(life.random(`transit/${name}`), transitHours), 12, 144) * HOUR_MS;

const arrival = (
  life: Life,
  parcel: PackedParcel,
  {
    isDelayed,
    hasFailedAttempt,
  }: { readonly isDelayed: boolean; readonly hasFailedAttempt: boolean },
): Course => {
  const draw = life.random(`delay/${parcel.name}`);
  const planned = parcel.dispatchedMs + transitMs(life, parcel);
  const doorMs = life.atWork(planned + (isDelayed ? between(draw, 2, 4) * DAY_MS : 0));
  const delays = isDelayed ? [delay(life, parcel, doorMs)] : [];
  const rest = hasFailedAttempt
    ? failedAttempt(life, parcel, doorMs)
    : delivery(life, parcel, doorMs);
  const lastLeg = life.befalls('told-on-last-leg', parcel.name)
    ? [outForDelivery(life, parcel, doorMs)]
    : [];
  return { ...rest, events: [...delays, ...lastLeg, ...rest.events] };
};

/** In the morning of the day, as the van leaves the depot. */
const outForDelivery = (life: Life, parcel: PackedParcel, doorMs: number): TimedEvent => {
  const aheadMs = between(life.random(`last-leg/${parcel.name}`), 1, 5) * HOUR_MS;
  const leftMs = Math.max(parcel.dispatchedMs + HOUR_MS, doorMs - aheadMs);
  return life.tell('ShipmentUpdated', `last-leg-${parcel.name}`, leftMs, {
    parcelId: idOf(life, parcel),
    status: 'out_for_delivery',
  });
};

const delivery = (life: Life, parcel: PackedParcel, arrivedMs: number): Course => {
  const parcelId = idOf(life, parcel);
  return {
    events: [life.tell('ShipmentDelivered', `delivered-${parcel.name}`, arrivedMs, { parcelId })],
    arrivedMs,
  };
};

const delay = (life: Life, parcel: PackedParcel, doorMs: number): TimedEvent =>
  life.tell('ShipmentUpdated', `delayed-${parcel.name}`, parcel.dispatchedMs + 11 * HOUR_MS, {
    parcelId: idOf(life, parcel),
    status: 'delayed',
    estimatedDeliveryAt: instant(doorMs + DAY_MS),
  });

const failedAttempt = (life: Life, parcel: PackedParcel, doorMs: number): Course => {
  const { name } = parcel;
  const parcelId = idOf(life, parcel);
  const nextMs = life.atWork(doorMs + between(life.random(`retry/${name}`), 20, 28) * HOUR_MS);
  const first = life.tell('DeliveryFailed', `failed-${name}-1`, doorMs, {
    parcelId,
    reason: 'nobody was there',
  });
  const rest = life.befalls('second-failed-attempt', name)
    ? returnToSender(life, parcel, nextMs)
    : delivery(life, parcel, nextMs);
  return { ...rest, events: [first, ...rest.events] };
};

/** A week at the pick-up point, then back; the shop cancels what it held and pays it back. */
const returnToSender = (life: Life, parcel: PackedParcel, doorMs: number): Course => {
  const { name, lines } = parcel;
  const draw = life.random(`sender/${name}`);
  const backMs = life.atWork(doorMs + between(draw, 7, 9) * DAY_MS);
  const cancelledMs = backMs + between(draw, 4, 30) * HOUR_MS;
  const parcelId = idOf(life, parcel);
  return {
    events: [
      life.tell('DeliveryFailed', `failed-${name}-2`, doorMs, {
        parcelId,
        reason: 'nobody was there',
        pickupPoint: 'Parcel shop, Station Street 4',
      }),
      life.tell('ShipmentUpdated', `returned-${name}`, backMs, {
        parcelId,
        status: 'returned_to_sender',
      }),
      life.tell('OrderCancelled', `cancelled-${name}`, cancelledMs, {
        lines: [...lines],
        reason: 'could not be delivered',
      }),
      refund(life, parcel, 'cancelled', cancelledMs + between(draw, 1, 48) * HOUR_MS),
    ],
  };
};

/** No scan for a week, then a second parcel for three in five; money back for the others. */
const loss = (life: Life, parcel: PackedParcel): Course => {
  const { name } = parcel;
  const draw = life.random(`loss/${name}`);
  const lostMs = parcel.dispatchedMs + between(draw, 7, 10) * DAY_MS;
  const lost = life.tell('ShipmentUpdated', `lost-${name}`, lostMs, {
    parcelId: idOf(life, parcel),
    status: 'lost',
  });
  if (draw() < 0.6) {
    const remedy = replacement(life, parcel, lostMs + between(draw, 12, 48) * HOUR_MS);
    return { ...remedy, events: [lost, ...remedy.events] };
  }
  return { events: [lost, refund(life, parcel, 'lost', lostMs + between(draw, 1, 4) * DAY_MS)] };
};

/** Nothing befalls a replacement. */
const replacement = (life: Life, { name, lines }: PackedParcel, fromMs: number): Course => {
  const again = { name: `${name}-again`, lines, dispatchedMs: life.atWork(fromMs) };
  const arrived = delivery(life, again, life.atWork(again.dispatchedMs + transitMs(life, again)));
  return { ...arrived, events: [dispatch(life, again), ...arrived.events] };
};

const refund = (
  life: Life,
  { name, lines }: PackedParcel,
  reason: 'cancelled' | 'lost',
  atMs: number,
): TimedEvent =>
  life.tell('RefundIssued', `refund-${name}`, atMs, {
    refundId: idWithin(life.order.orderId, `-refund-${name}`),
    amount: valueOf(life.order, lines),
    lines: [...lines],
    reason,
  });
