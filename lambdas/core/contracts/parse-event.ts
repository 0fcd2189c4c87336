import * as z from 'zod';
import type { CatalogItem } from '../domain/catalogue/catalog-item.ts';
import type { ContentKind, ProposableFact, ReviewVerdict } from '../domain/content/content.ts';
import type {
  ConsentChanged,
  CustomerEvent,
  SupportCaseEvent,
} from '../domain/customers/customer.ts';
import type { AdjustmentPosted } from '../domain/ledger/adjustment-posted.ts';
import type { Offer } from '../domain/offers/offer.ts';
import type { Instant, OrderEvent } from '../domain/orders/order-event.ts';
import type { PageEvent } from '../domain/orders/page-event.ts';
import {
  CUSTOMER_SOURCE,
  incomingEvents,
  type IncomingEventType,
  MAX_EVENT_BYTES,
  SCHEMA_VERSION,
  sourceOf,
} from './incoming-events.ts';

export interface CatalogItemUpdated {
  readonly type: 'CatalogItemUpdated';
  readonly eventId: string;
  readonly shop: string;
  readonly item: CatalogItem;
}

/** What a person says of a text, or of a fact that was proposed of a product. */
export interface ContentReviewed {
  readonly type: 'ContentReviewed';
  readonly eventId: string;
  readonly occurredAt: Instant;
  readonly shop: string;
  readonly sku: string;
  readonly subject:
    | {
        readonly type: 'text';
        readonly locale: string;
        readonly kind: ContentKind;
        readonly version: number;
      }
    | { readonly type: 'fact'; readonly fact: ProposableFact; readonly value: string | number };
  readonly verdict: ReviewVerdict;
  readonly reviewer: string;
  readonly reason?: string | undefined;
}

export interface OfferUpdated {
  readonly type: 'OfferUpdated';
  readonly eventId: string;
  readonly shop: string;
  readonly offer: Offer;
}

/** A customer asks to be forgotten. */
export interface ErasureRequested extends Person {
  readonly type: 'ErasureRequested';
  readonly eventId: string;
  readonly occurredAt: Instant;
  readonly shop: string;
  /** The shop's, to tell what became of it. */
  readonly requestId: string;
}

/** Whom an event is about, when it does not have to say it by the shop's id. */
export interface Person {
  readonly customerId?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}

type OfPerson<Event> = Omit<Event, 'customerId'> & Person;

/** About someone who may be named by an address alone. */
export type PersonEvent = OfPerson<ConsentChanged> | OfPerson<SupportCaseEvent>;

export type IncomingEvent =
  | OrderEvent
  | Exclude<CustomerEvent, ConsentChanged | SupportCaseEvent>
  | PersonEvent
  | PageEvent
  | AdjustmentPosted
  | ErasureRequested
  | CatalogItemUpdated
  | ContentReviewed
  | OfferUpdated;

export type ParkReason =
  | 'not-json'
  | 'too-large'
  | 'not-an-event'
  | 'needs-adapter'
  | 'unknown-event-type'
  | 'unknown-shop'
  | 'wrong-schema-version'
  | 'invalid'
  | 'event-id-reused'
  | 'no-exchange-rate'
  | 'unknown-content'
  | 'content-state'
  | 'amount-too-large'
  | 'order-too-large';

/** Why an event is parked: `problem` says what was got, what was expected and what to do. */
export interface Refusal {
  readonly reason: ParkReason;
  readonly problem: string;
}

export type Parsed =
  { readonly ok: true; readonly event: IncomingEvent } | ({ readonly ok: false } & Refusal);

/** The detail's type stands in the envelope; an event of ours carries it. */
const typed =
  <Type extends string>(type: Type) =>
  <Detail extends object>(detail: Detail) => ({ type, ...detail });

const readers = {
  OrderPlaced: incomingEvents.OrderPlaced.transform(typed('OrderPlaced')),
  OrderAmended: incomingEvents.OrderAmended.transform(typed('OrderAmended')),
  OrderCancelled: incomingEvents.OrderCancelled.transform(typed('OrderCancelled')),
  ShipmentDispatched: incomingEvents.ShipmentDispatched.transform(typed('ShipmentDispatched')),
  ShipmentUpdated: incomingEvents.ShipmentUpdated.transform(typed('ShipmentUpdated')),
  ShipmentDelivered: incomingEvents.ShipmentDelivered.transform(typed('ShipmentDelivered')),
  DeliveryFailed: incomingEvents.DeliveryFailed.transform(typed('DeliveryFailed')),
  ReturnRequested: incomingEvents.ReturnRequested.transform(typed('ReturnRequested')),
  RefundIssued: incomingEvents.RefundIssued.transform(typed('RefundIssued')),
  ReturnReceived: incomingEvents.ReturnReceived.transform(typed('ReturnReceived')),
  PaymentDisputed: incomingEvents.PaymentDisputed.transform(typed('PaymentDisputed')),
  UsageMilestoneReached: incomingEvents.UsageMilestoneReached.transform(
    typed('UsageMilestoneReached'),
  ),
  SurveyAnswered: incomingEvents.SurveyAnswered.transform(typed('SurveyAnswered')),
  ReviewPosted: incomingEvents.ReviewPosted.transform(typed('ReviewPosted')),
  LoyaltyEnrolled: incomingEvents.LoyaltyEnrolled.transform(typed('LoyaltyEnrolled')),
  SubscriptionStarted: incomingEvents.SubscriptionStarted.transform(typed('SubscriptionStarted')),
  SubscriptionRenewed: incomingEvents.SubscriptionRenewed.transform(typed('SubscriptionRenewed')),
  SubscriptionCancelled: incomingEvents.SubscriptionCancelled.transform(
    typed('SubscriptionCancelled'),
  ),
  CustomerUpdated: incomingEvents.CustomerUpdated.transform(typed('CustomerUpdated')),
  ConsentChanged: incomingEvents.ConsentChanged.transform(typed('ConsentChanged')),
  DeviceRegistered: incomingEvents.DeviceRegistered.transform(typed('DeviceRegistered')),
  DeviceRemoved: incomingEvents.DeviceRemoved.transform(typed('DeviceRemoved')),
  SupportCaseOpened: incomingEvents.SupportCaseOpened.transform(typed('SupportCaseOpened')),
  SupportCaseClosed: incomingEvents.SupportCaseClosed.transform(typed('SupportCaseClosed')),
  CommissionConfirmed: incomingEvents.CommissionConfirmed.transform(typed('CommissionConfirmed')),
  CommissionReversed: incomingEvents.CommissionReversed.transform(typed('CommissionReversed')),
  AdjustmentPosted: incomingEvents.AdjustmentPosted.transform(typed('AdjustmentPosted')),
  SessionOpened: incomingEvents.SessionOpened.transform(typed('SessionOpened')),
  SessionViewed: incomingEvents.SessionViewed.transform(typed('SessionViewed')),
  OfferShown: incomingEvents.OfferShown.transform(typed('OfferShown')),
  OfferClicked: incomingEvents.OfferClicked.transform(typed('OfferClicked')),
  OfferAccepted: incomingEvents.OfferAccepted.transform(typed('OfferAccepted')),
  OfferDismissed: incomingEvents.OfferDismissed.transform(typed('OfferDismissed')),
  OfferRefused: incomingEvents.OfferRefused.transform(typed('OfferRefused')),
  OfferUpdated: incomingEvents.OfferUpdated.transform(({ eventId, shop, occurredAt, offer }) => ({
    type: 'OfferUpdated' as const,
    eventId,
    shop,
    offer: { shop, ...offer, updatedAt: occurredAt },
  })),
  ContentReviewed: incomingEvents.ContentReviewed.refine(
    ({ verdict, reason }) => verdict === 'approve' || reason !== undefined,
    { path: ['reason'], error: 'a reason, unless it approves' },
  ).transform(typed('ContentReviewed')),
  ErasureRequested: incomingEvents.ErasureRequested.transform(typed('ErasureRequested')),
  CatalogItemUpdated: incomingEvents.CatalogItemUpdated.transform(
    ({ eventId, shop, occurredAt, item }) => ({
      type: 'CatalogItemUpdated' as const,
      eventId,
      shop,
      item: { shop, ...item, updatedAt: occurredAt },
    }),
  ),
} satisfies Readonly<Record<IncomingEventType, z.ZodType<IncomingEvent>>>;

const envelope = z.object({
  source: z.string(),
  'detail-type': z.string(),
  detail: z.record(z.string(), z.unknown()),
});

/**
 * Reads an EventBridge envelope from its JSON text into an event of ours.
 *
 * @param shops the shops this deployment serves
 */
export const parseEvent = (text: string, shops: readonly string[]): Parsed => {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_EVENT_BYTES)
    return refused(
      'too-large',
      `the event has ${bytes} bytes, at most ${MAX_EVENT_BYTES} are read: leave out what is not in the contract, or split it`,
    );
  const json = parseJson(text);
  if (json === undefined)
    return refused('not-json', 'the message is not JSON: expected an EventBridge event');
  const parsed = envelope.safeParse(json);
  return parsed.success
    ? parseDetail(parsed.data, shops)
    : refused('not-an-event', `expected an EventBridge event: ${inWords(parsed.error)}`);
};

const refused = (reason: ParkReason, problem: string): Parsed => ({ ok: false, reason, problem });

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isIncomingType = (type: string): type is keyof typeof incomingEvents =>
  Object.hasOwn(incomingEvents, type);

const parseDetail = (
  { source, 'detail-type': type, detail }: z.output<typeof envelope>,
  shops: readonly string[],
): Parsed => {
  const foreign = adapterFor(source);
  if (foreign !== undefined)
    return refused(
      'needs-adapter',
      `${type} from ${source} is not canonical: it needs the ${foreign} adapter, which turns it into ${Object.keys(incomingEvents).join(', ')}`,
    );
  if (!isIncomingType(type))
    return refused(
      'unknown-event-type',
      `got detail-type ${quoted(type)} from ${quoted(source)}, expected one of ${Object.keys(incomingEvents).join(', ')}`,
    );
  const problem = problemOfOrigin(source, detail, shops);
  if (problem !== undefined) return { ok: false, ...problem };

  const parsed = readers[type].safeParse(detail);
  return parsed.success
    ? { ok: true, event: parsed.data }
    : refused('invalid', `${type}: ${inWords(parsed.error, detail)}`);
};

const quoted = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 120);

const problemOfOrigin = (
  source: string,
  { shop, schemaVersion }: Readonly<Record<string, unknown>>,
  shops: readonly string[],
): Refusal | undefined => {
  if (schemaVersion !== SCHEMA_VERSION)
    return {
      reason: 'wrong-schema-version',
      problem: `got schemaVersion ${quoted(schemaVersion)}, expected ${SCHEMA_VERSION}: send the version that the schema registry shows`,
    };
  if (typeof shop !== 'string' || !shops.includes(shop))
    return {
      reason: 'unknown-shop',
      problem: `got shop ${quoted(shop)}, expected one of ${shops.join(', ')}: add it to afterglow.config.ts or correct the sender`,
    };
  return source === sourceOf(shop) || source === CUSTOMER_SOURCE
    ? undefined
    : {
        reason: 'unknown-shop',
        problem: `got source ${quoted(source)} for shop ${quoted(shop)}, expected ${quoted(sourceOf(shop))}`,
      };
};

/** The adapter that an event of a known foreign system needs before it can be read. */
const adapterFor = (source: string): string | undefined => {
  if (source.startsWith('aws.partner/shopify.com')) return 'Shopify';
  if (source.startsWith('aws.partner/commercetools.com')) return 'commercetools';
  return source.startsWith('aws.partner/') ? source.split('/')[1] : undefined;
};

/** Names each wrong key; says what was got where the schema library does not. */
const inWords = (error: z.ZodError, detail?: unknown): string =>
  error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'event'}: ${issue.message}${gotFor(issue, detail)}`)
    .join('; ');

/** Lengths and kinds only: what was got may be an address. */
const gotFor = ({ path, code, message }: z.core.$ZodIssue, detail: unknown): string => {
  if (detail === undefined || /got|received/.test(message) || code === 'unrecognized_keys')
    return '';
  const value = path.reduce<unknown>(
    (inner, key) => new Map<PropertyKey, unknown>(Object.entries(Object(inner))).get(String(key)),
    detail,
  );
  if (typeof value === 'string') return `, got ${value.length} characters`;
  if (Array.isArray(value)) return `, got ${value.length}`;
  return typeof value === 'object' && value !== null ? ', got an object' : `, got ${quoted(value)}`;
};
