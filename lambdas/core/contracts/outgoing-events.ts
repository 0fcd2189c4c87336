import * as z from 'zod';
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
  StageCompleted: z.object({
    ...common,
    stage: z.string(),
    outcome: z.string(),
  }),
} as const;

export type OutgoingEventType = keyof typeof outgoingEvents;

export type OutgoingEvent = {
  readonly [Type in OutgoingEventType]: {
    readonly type: Type;
    readonly detail: z.output<(typeof outgoingEvents)[Type]>;
  };
}[OutgoingEventType];
