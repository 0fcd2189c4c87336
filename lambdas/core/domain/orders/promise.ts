import type { Instant, OrderEvent } from './order-event.ts';

/** What a shop promises where an event does not say. */
export interface ShopPromise {
  readonly dispatchWithinHours?: number | undefined;
  readonly deliverWithinHours?: number | undefined;
}

const MS_PER_HOUR = 3_600_000;

const after = (at: Instant, hours: number | undefined): Instant | undefined =>
  hours === undefined ? undefined : new Date(Date.parse(at) + hours * MS_PER_HOUR).toISOString();

/** The event with the shop's own promise where it has none. */
export const withPromise = (event: OrderEvent, promise: ShopPromise): OrderEvent => {
  const { occurredAt, type } = event;
  if (type === 'OrderPlaced') {
    const promised = after(occurredAt, promise.dispatchWithinHours);
    return { ...event, promisedDispatchBy: event.promisedDispatchBy ?? promised };
  }
  if (type === 'ShipmentDispatched') {
    const estimated = after(occurredAt, promise.deliverWithinHours);
    return { ...event, estimatedDeliveryAt: event.estimatedDeliveryAt ?? estimated };
  }
  return event;
};
