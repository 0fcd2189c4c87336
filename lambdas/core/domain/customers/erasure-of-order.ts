import type { Address, Instant, OrderEvent, PlacedLine } from '../orders/order-event.ts';
import type { OrderLog } from '../orders/order-log.ts';

/**
 * The event without what tells of a person: names, addresses, words of their own, what a parcel is followed by. Times,
 * ids, lines, amounts and scores stay, so that the order's milestones, its books and every total are what they were.
 * What was taken out before is not there to be taken out again.
 */
export const withoutPerson = (event: OrderEvent): OrderEvent => {
  if (isImpersonal(event)) return event;
  switch (event.type) {
    case 'OrderPlaced':
      return {
        ...event,
        contact: {},
        shipTo: countryOf(event.shipTo),
        lines: event.lines.map(withoutAccess),
        attribution: undefined,
      };
    case 'OrderAmended':
      return { ...event, addedLines: event.addedLines?.map(withoutAccess) };
    case 'ShipmentDispatched':
      return { ...event, trackingNumber: undefined, trackingUrl: undefined };
    case 'OrderCancelled':
    case 'ReturnRequested':
      return { ...event, reason: undefined };
    case 'DeliveryFailed':
      return { ...event, reason: undefined, pickupPoint: undefined };
    case 'SurveyAnswered':
      return { ...event, comment: undefined };
  }
};

/** Types of event with nothing of a person; of any other it is said above what goes. */
const impersonal = {
  ShipmentUpdated: true,
  ShipmentDelivered: true,
  ReturnReceived: true,
  RefundIssued: true,
  PaymentDisputed: true,
  UsageMilestoneReached: true,
  ReviewPosted: true,
  CommissionConfirmed: true,
  CommissionReversed: true,
} as const satisfies Readonly<Partial<Record<OrderEvent['type'], true>>>;

type Impersonal = Extract<OrderEvent, { readonly type: keyof typeof impersonal }>;

const isImpersonal = (event: OrderEvent): event is Impersonal =>
  Object.hasOwn(impersonal, event.type);

/** Totals are by country. */
const countryOf = (address: Address | undefined): Address | undefined =>
  address === undefined ? undefined : { country: address.country };

const withoutAccess = (line: PlacedLine): PlacedLine => ({ ...line, accessUrl: undefined });

/**
 * The order of somebody who is to be forgotten, as nobody's. What is told of it later is kept without a person too.
 *
 * @param requestedAt when it was asked for
 */
export const erasedOrder = (log: OrderLog, requestedAt: Instant): OrderLog =>
  log.erasedAt === undefined
    ? {
        ...log,
        events: log.events.map(withoutPerson),
        grants: undefined,
        erasedAt: requestedAt,
      }
    : log;
