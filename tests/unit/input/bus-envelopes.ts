import {
  CUSTOMER_SOURCE,
  type IncomingDetail,
  SCHEMA_VERSION,
} from '#core/contracts/incoming-events.ts';
import type { PlacedOrder } from '#rehearsal/input/order-life.ts';
import { productOf } from '#rehearsal/input/sample-catalogue.ts';
import type { Envelope } from '#rehearsal/services/event-bus.ts';

/** An event of the confirmation page as it stands on the bus. */
const envelopeOf = (
  type: string,
  detail: IncomingDetail<'OfferAccepted' | 'OfferClicked'>,
): Envelope => ({
  source: CUSTOMER_SOURCE,
  'detail-type': type,
  time: `${detail.occurredAt.slice(0, 19)}Z`,
  detail,
});

const ofPage = ({ shop, orderId, occurredAt }: PlacedOrder, offerId: string, afterMs: number) => ({
  shop,
  orderId,
  sessionId: `session-${orderId}`,
  impressionId: `session-${orderId}-${offerId}`,
  offerId,
  occurredAt: new Date(Date.parse(occurredAt) + afterMs).toISOString(),
});

const MINUTE_MS = 60_000;

type Adds = NonNullable<IncomingDetail<'OfferAccepted'>['adds']>;

/** A minute after the order, for 15 minutes. */
export const accepted = (
  order: PlacedOrder,
  sku: string,
  { eventId = 'accepted', ...more }: Partial<Adds> & { readonly eventId?: string } = {},
): Envelope => {
  const common = ofPage(order, `offer-${sku}`, MINUTE_MS);
  const detail: IncomingDetail<'OfferAccepted'> = {
    ...common,
    schemaVersion: SCHEMA_VERSION,
    eventId: `${common.impressionId}/${eventId}`,
    adds: {
      sku,
      quantity: 1,
      unitPrice: productOf(sku).price,
      to: 'order',
      validUntil: new Date(Date.parse(common.occurredAt) + 15 * MINUTE_MS).toISOString(),
      ...more,
    },
  };
  return envelopeOf('OfferAccepted', detail);
};

export const clicked = (order: PlacedOrder, offerId: string): Envelope => {
  const common = ofPage(order, offerId, MINUTE_MS);
  return envelopeOf('OfferClicked', {
    ...common,
    schemaVersion: SCHEMA_VERSION,
    eventId: `${common.impressionId}/clicked`,
  });
};
