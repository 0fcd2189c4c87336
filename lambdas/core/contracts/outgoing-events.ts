import * as z from 'zod';
import { contentKinds, contentRisks, reviewVerdicts } from '../domain/content/content.ts';
import { noticeTouches } from '../domain/orders/notices.ts';
import { allChannels } from '../domain/touches/touch.ts';
import { SCHEMA_VERSION } from './incoming-events.ts';

/** The source of everything that Afterglow itself says on the bus. */
export const AFTERGLOW_SOURCE = 'afterglow';

const instant = z.iso.datetime();

const ofShop = {
  /** The same fact has the same id, however often it is published. */
  eventId: z.string(),
  occurredAt: instant,
  schemaVersion: z.literal(SCHEMA_VERSION),
  shop: z.string(),
};

const common = { ...ofShop, orderId: z.string() };

const money = z.object({ amountMinor: z.int(), currency: z.string() });

const rule = z.object({
  rule: z.string(),
  channel: z.string().optional(),
  verdict: z.enum(['pass', 'refuse', 'hold']),
  because: z.string(),
});

const ofMessage = {
  touch: z.string(),
  touchId: z.string(),
  channel: z.string(),
  messageId: z.string(),
};

/** What Afterglow tells the merchant's other systems, by detail type. None carries an address or a name. */
export const outgoingEvents = {
  /** An order was taken in; its journey may begin. */
  OrderAccepted: z.object({
    ...common,
    placedAt: instant,
    /** When the customer should be told of a delay. */
    deadline: instant.optional(),
  }),
  /** An event was added to its order: what the order's facts are made of. */
  OrderChanged: z.object({
    ...common,
    /** Type of the event. */
    change: z.string(),
    status: z.string(),
    placedAt: instant,
    customerId: z.string().optional(),
    country: z.string().optional(),
    isGift: z.boolean(),
    /** Lines that it placed or added. */
    placed: z
      .array(
        z.object({
          lineId: z.string(),
          sku: z.string(),
          category: z.string().optional(),
          kind: z.string(),
          quantity: z.int(),
          total: money,
          class: z.string(),
          originOrderId: z.string().optional(),
        }),
      )
      .optional(),
    /** Lines that it names. */
    lines: z.array(z.object({ lineId: z.string(), quantity: z.int().optional() })).optional(),
    amount: money.optional(),
    reason: z.string().optional(),
    parcelId: z.string().optional(),
    returnId: z.string().optional(),
    survey: z.string().optional(),
    /** Of an answer, or the stars of a review. */
    score: z.int().optional(),
  }),
  /** A text of a product was drafted, and checked; one that broke a rule is never sent. */
  ContentDrafted: z.object({
    ...ofShop,
    sku: z.string(),
    locale: z.string(),
    kind: z.enum(contentKinds),
    version: z.int().positive(),
    state: z.enum(['refused', 'pending', 'approved', 'rejected', 'retracted']),
    risk: z.enum(contentRisks),
    /** From 0 to 1: the share of its words that its facts bear out. */
    score: z.number(),
    /** Those that it broke. */
    rules: z.array(z.string()),
    model: z.string(),
    prompt: z.string(),
    tokens: z.int(),
    usd: z.number(),
  }),
  /** A text, or a fact that was proposed of a product, was approved, rejected or retracted by a person. */
  ContentDecided: z.object({
    ...ofShop,
    sku: z.string(),
    subject: z.string(),
    verdict: z.enum(reviewVerdicts),
    by: z.string(),
    reason: z.string().optional(),
  }),
  /** Something was booked; a long transaction comes in parts, each of which sums to zero. */
  LedgerEntryPosted: z.object({
    ...common,
    transactionId: z.string(),
    transaction: z.string(),
    entries: z.array(
      z.object({
        entryId: z.string(),
        account: z.string(),
        kind: z.string(),
        class: z.string().optional(),
        lineId: z.string().optional(),
        sku: z.string().optional(),
        category: z.string().optional(),
        amountMinor: z.int(),
        currency: z.string(),
        exponent: z.int(),
        reportingMinor: z.int(),
        reportingCurrency: z.string(),
        reportingExponent: z.int(),
        reverses: z.string().optional(),
        /** Parts of the amount by what brought it; absent of what nothing of ours brought. */
        credits: z
          .array(
            z.object({
              kind: z.enum(['touch', 'session', 'code']),
              id: z.string(),
              orderId: z.string().optional(),
              touch: z.string().optional(),
              channel: z.string().optional(),
              offerId: z.string().optional(),
              amountMinor: z.int(),
              reportingMinor: z.int(),
            }),
          )
          .optional(),
      }),
    ),
  }),
  /** What became of an offer that was taken up: by the order system, by a partner, or by nobody in time. */
  OfferSettled: z.object({
    ...common,
    sessionId: z.string(),
    impressionId: z.string(),
    offerId: z.string(),
    outcome: z.enum(['confirmed', 'refused', 'expired']),
    sku: z.string().optional(),
    reason: z.string().optional(),
  }),
  /** An arm of an experiment shows from here, or would show if the customer were in it. */
  ExposureRecorded: z.object({
    ...ofShop,
    customerId: z.string(),
    experiment: z.string(),
    arm: z.string(),
    orderId: z.string().optional(),
    touch: z.string().optional(),
    touchId: z.string().optional(),
    sessionId: z.string().optional(),
  }),
  /** Service opened or closed a case of a customer. */
  SupportCaseChanged: z.object({
    ...ofShop,
    customerId: z.string(),
    caseId: z.string(),
    state: z.enum(['opened', 'closed']),
    topic: z.string().optional(),
    orderId: z.string().optional(),
  }),
  /** A customer is to be forgotten, under all ids. */
  ErasureDue: z.object({ ...ofShop, customerId: z.string(), requestId: z.string() }),
  /** A customer was forgotten; nothing here tells who. */
  CustomerErased: z.object({ ...ofShop, requestId: z.string() }),
  /** Two customers turned out to be one. */
  CustomersMerged: z.object({ ...ofShop, customerId: z.string(), into: z.string() }),
  TouchDecided: z.object({
    ...common,
    customerId: z.string().optional(),
    purpose: z.string(),
    touch: z.string(),
    touchId: z.string(),
    /** Counts the decisions on the touch: a held one is decided again. */
    turn: z.int().positive(),
    decision: z.enum(['send', 'hold', 'reroute', 'drop']),
    channel: z.string().optional(),
    reason: z.string().optional(),
    /** When a held touch is decided again. */
    until: instant.optional(),
    rules: z.array(rule),
  }),
  /** A decided touch could not go when its turn came: it is decided again. */
  TouchReturned: z.object({
    ...common,
    touch: z.string(),
    touchId: z.string(),
    /** Of the decision that it was sent on its way by. */
    turn: z.int().positive(),
    reason: z.string(),
    /** A channel that turned out to be of no use for it. */
    without: z.enum(allChannels).optional(),
  }),
  /** Something changed what may be sent to a customer: what is held for them is decided again. */
  ContactReviewDue: z.object({
    ...ofShop,
    customerId: z.string(),
    because: z.string(),
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
    /** Parts that an SMS was sent in. */
    segments: z.int().optional(),
    /** What of it depends on the order or the customer. */
    personalised: z.array(z.string()),
    /** Versions of product texts in it, such as `HG-KNI-200 care de-DE v2`. */
    content: z.array(z.string()).optional(),
  }),
  MessageDelivered: z.object({ ...common, ...ofMessage }),
  MessageBounced: z.object({
    ...common,
    ...ofMessage,
    /** A permanent one ends the use of the address. */
    permanent: z.boolean(),
    because: z.string(),
  }),
  MessageComplained: z.object({ ...common, ...ofMessage }),
  MessageClicked: z.object({
    ...common,
    ...ofMessage,
    /** Which of the message's links. */
    link: z.string(),
  }),
  /**
   * A customer who agreed to it should be shown something by advertisers, or no more. Identifiers are hashed as
   * advertisers take them: SHA-256 in hexadecimal of the normalised address.
   */
  AudienceChanged: z.object({
    ...ofShop,
    audience: z.string(),
    change: z.enum(['add', 'remove']),
    emailSha256: z.string().optional(),
    phoneSha256: z.string().optional(),
    /** When an addition ends by itself. */
    expiresAt: instant.optional(),
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
