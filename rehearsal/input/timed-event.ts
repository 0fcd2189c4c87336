import {
  type IncomingDetail,
  type IncomingEventType,
  SCHEMA_VERSION,
  sourceOf,
} from '#core/contracts/incoming-events.ts';
import type { HttpAnswer } from '../services/http-answer.ts';
import type { HttpRequest } from '../services/http-event.ts';

/** An event, and when a rehearsal puts it on the bus. */
export interface TimedEvent {
  /** Milliseconds since 1970. Never before the event happened, often later. */
  readonly atMs: number;
  readonly source: string;
  readonly detailType: string;
  /** The JSON object that the sender wrote, canonical or not. */
  readonly detail: Readonly<Record<string, unknown>>;
  /**
   * The JSON text of the whole envelope, for an event that was captured from a bus. It is delivered
   * as it stands, since `PutEvents` could not set its id, account and partner source.
   */
  readonly envelope?: string;
}

/** The types of event that are about one order. */
export type OrderEventType = {
  readonly [Type in IncomingEventType]: IncomingDetail<Type> extends { readonly orderId: string }
    ? Type
    : never;
}[IncomingEventType];

/** What an event of this type says beyond which event, of which shop and order, it is. */
export type Said<Type extends IncomingEventType> = Omit<
  IncomingDetail<Type>,
  | 'eventId'
  | 'occurredAt'
  | 'schemaVersion'
  | 'shop'
  | (Type extends OrderEventType ? 'orderId' : never)
>;

interface Telling {
  readonly shop: string;
  readonly eventId: string;
  readonly occurredAtMs: number;
  /** How long after it happened the event is sent. @default 0 */
  readonly lagMs?: number;
}

/** A canonical event that is about no order. */
export const told = <Type extends Exclude<IncomingEventType, OrderEventType>>(
  type: Type,
  telling: Telling,
  says: Said<Type>,
): TimedEvent => entry(type, telling, says);

/** A canonical event of one order. */
export const toldOfOrder = <Type extends OrderEventType>(
  type: Type,
  { orderId, ...telling }: Telling & { readonly orderId: string },
  says: Said<Type>,
): TimedEvent => entry(type, telling, { orderId, ...says });

const entry = (
  detailType: string,
  { shop, eventId, occurredAtMs, lagMs = 0 }: Telling,
  says: Readonly<Record<string, unknown>>,
): TimedEvent => ({
  atMs: Math.round(occurredAtMs + lagMs),
  source: sourceOf(shop),
  detailType,
  detail: {
    eventId,
    occurredAt: new Date(occurredAtMs).toISOString(),
    schemaVersion: SCHEMA_VERSION,
    shop,
    ...says,
  },
});

/** What somebody asks of the pages, and when. */
export interface TimedRequest {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly request: HttpRequest;
  /** What the answer leads to. @default nothing */
  readonly follows?: ((answer: HttpAnswer) => readonly Deed[]) | undefined;
}

/** What customers do: something that a shop's systems tell, or something on our pages. */
export type Deed = TimedEvent | TimedRequest;

export const isRequest = (deed: Deed): deed is TimedRequest => 'request' in deed;

/** In order of time; events of one instant stay in the order they are in. */
export const byTime = (a: TimedEvent, b: TimedEvent): number => a.atMs - b.atMs;
