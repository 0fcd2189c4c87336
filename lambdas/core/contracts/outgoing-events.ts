import * as z from 'zod';
import { noticeTouches } from '../domain/orders/notices.ts';
import { SCHEMA_VERSION } from './incoming-events.ts';

/** The source of everything that Afterglow itself says on the bus. */
export const AFTERGLOW_SOURCE = 'afterglow';

const instant = z.iso.datetime();

const common = {
  /** The same fact has the same id, however often it is published. */
  eventId: z.string(),
  occurredAt: instant,
  schemaVersion: z.literal(SCHEMA_VERSION),
  shop: z.string(),
  orderId: z.string(),
};

const money = z.object({ amountMinor: z.int(), currency: z.string() });

const rule = z.object({
  rule: z.string(),
  channel: z.string().optional(),
  verdict: z.enum(['pass', 'refuse']),
  because: z.string(),
});

/** What Afterglow tells the merchant's other systems, by detail type. None carries an address or a name. */
export const outgoingEvents = {
  /** An order was taken in; its journey may begin. */
  OrderAccepted: z.object({
    ...common,
    placedAt: instant,
    /** When the customer should be told of a delay. */
    deadline: instant.optional(),
  }),
  TouchDecided: z.object({
    ...common,
    touch: z.string(),
    touchId: z.string(),
    decision: z.enum(['send', 'hold', 'reroute', 'drop']),
    channel: z.string().optional(),
    reason: z.string().optional(),
    rules: z.array(rule),
  }),
  MessageSent: z.object({
    ...common,
    touch: z.string(),
    touchId: z.string(),
    channel: z.string(),
    /** The provider's id of the message. */
    messageId: z.string(),
    /** Whether a crash leaves open that the customer got it before. */
    inDoubt: z.boolean(),
  }),
  /** A stage ended, or was passed over; the outcome says how or why. The next one may begin. */
  StageCompleted: z.object({
    ...common,
    stage: z.string(),
    outcome: z.string(),
  }),
  /** Something happened that the customer is told of whatever stage the order is in. */
  NoticeDue: z.object({
    ...common,
    touch: z.enum(noticeTouches),
    subjects: z.array(z.string()),
  }),
  /** The warehouse should put a card into the order's first parcel. */
  InsertRequested: z.object({
    ...common,
    touchId: z.string(),
    language: z.string(),
    /** What stands on the card, line by line. */
    text: z.string(),
    lines: z.array(z.object({ lineId: z.string(), sku: z.string(), quantity: z.int() })),
  }),
  /** A person should look at the order: what an agent needs to know of it. */
  SupportTaskRequested: z.object({
    ...common,
    customerId: z.string().optional(),
    reason: z.enum(['bad-answer']),
    priority: z.enum(['high', 'normal']),
    answer: z
      .object({ survey: z.string(), score: z.int(), comment: z.string().optional(), at: instant })
      .optional(),
    order: z.object({
      placedAt: instant,
      status: z.string(),
      total: money,
      locale: z.string().optional(),
      isGift: z.boolean(),
    }),
    lines: z.array(
      z.object({
        lineId: z.string(),
        sku: z.string(),
        name: z.string(),
        quantity: z.int(),
        kept: z.int(),
      }),
    ),
    parcels: z.array(
      z.object({
        parcelId: z.string(),
        status: z.string(),
        carrier: z.string().optional(),
        trackingNumber: z.string().optional(),
        dispatchedAt: instant.optional(),
        deliveredAt: instant.optional(),
      }),
    ),
    returns: z.array(z.object({ returnId: z.string(), at: instant })),
    refunds: z.array(z.object({ refundId: z.string(), at: instant, amount: money })),
    /** What the customer was told of the order, and how that ended. */
    touches: z.array(z.object({ touchId: z.string(), at: instant, outcome: z.string() })),
  }),
} as const;

export type OutgoingEventType = keyof typeof outgoingEvents;

export type OutgoingEvent = {
  readonly [Type in OutgoingEventType]: {
    readonly type: Type;
    readonly detail: z.output<(typeof outgoingEvents)[Type]>;
  };
}[OutgoingEventType];
