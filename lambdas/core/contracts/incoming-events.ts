import * as z from 'zod';
import { contentKinds, proposableFacts, reviewVerdicts } from '../domain/content/content.ts';
import { consentChannels } from '../domain/customers/consent.ts';
import {
  MAX_LINES,
  address,
  attribution,
  common,
  contact,
  decimal,
  id,
  instant,
  lineQuantities,
  money,
  namesPerson,
  ofCustomer,
  ofOrder,
  ofPerson,
  placedLines,
  someone,
  supportCase,
  text,
} from './event-fields.ts';
import { pageEvents } from './page-events.ts';
import { itemFacts, productAttributes, productKind } from './product-facts.ts';

export { MAX_LINES, SCHEMA_VERSION } from './event-fields.ts';

/** EventBridge takes 1 MB; a canonical event of 500 lines takes about 150 KB. */
export const MAX_EVENT_BYTES = 256 * 1024;

const orderPlaced = z
  .strictObject({
    ...ofOrder,
    contact,
    shipTo: address.optional(),
    lines: placedLines,
    total: money,
    shipping: money.optional(),
    discount: money.optional(),
    tax: money.optional(),
    promisedDispatchBy: instant.optional(),
    risk: z.enum(['none', 'review']).optional(),
    gift: z.boolean().optional(),
    shippingMethod: z.enum(['standard', 'express', 'pickup']).optional(),
    test: z.boolean().optional(),
    attribution: attribution.optional(),
    /** What one unit of the order's currency is worth in another, when it was placed. */
    exchangeRate: z
      .strictObject({
        to: z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code'),
        rate: decimal,
      })
      .optional(),
  })
  .superRefine((order, context) => {
    const { total, shipping, discount, tax, lines } = order;
    const amounts = [
      total,
      shipping,
      discount,
      tax,
      ...lines.flatMap((l) => [l.unitPrice, l.total]),
    ];
    const currencies = new Set(amounts.flatMap((amount) => amount?.currency ?? []));
    if (currencies.size > 1)
      context.addIssue({
        code: 'custom',
        path: ['lines'],
        message: `expected one currency in an order, got ${[...currencies].join(' and ')}`,
      });
  });

/**
 * What a shop's systems may tell, by detail type, with the source `oms.<shop>`; and what customers tell Afterglow
 * itself on its pages and by its messages, with the source `afterglow.customer`.
 */
export const incomingEvents = {
  OrderPlaced: orderPlaced,
  OrderAmended: z.strictObject({
    ...ofOrder,
    lines: z
      .array(
        z.strictObject({
          lineId: id,
          quantity: z.int().nonnegative().optional(),
          backordered: z.boolean().optional(),
          promisedDispatchBy: instant.optional(),
        }),
      )
      .max(MAX_LINES)
      .optional(),
    addedLines: placedLines.optional(),
    promisedDispatchBy: instant.optional(),
    risk: z.enum(['passed', 'review']).optional(),
    total: money.optional(),
  }),
  OrderCancelled: z.strictObject({
    ...ofOrder,
    lines: lineQuantities.optional(),
    reason: text(200).optional(),
  }),
  ShipmentDispatched: z.strictObject({
    ...ofOrder,
    parcelId: id,
    lines: lineQuantities.optional(),
    carrier: text(100).optional(),
    trackingNumber: text(100).optional(),
    trackingUrl: z
      .url({ protocol: /^https$/ })
      .max(1000)
      .optional(),
    estimatedDeliveryAt: instant.optional(),
  }),
  ShipmentUpdated: z.strictObject({
    ...ofOrder,
    parcelId: id,
    status: z.enum(['in_transit', 'out_for_delivery', 'delayed', 'lost', 'returned_to_sender']),
    estimatedDeliveryAt: instant.optional(),
  }),
  ShipmentDelivered: z.strictObject({
    ...ofOrder,
    parcelId: id.optional(),
    lines: lineQuantities.optional(),
  }),
  DeliveryFailed: z.strictObject({
    ...ofOrder,
    parcelId: id,
    reason: text(200).optional(),
    pickupPoint: text(200).optional(),
  }),
  ReturnRequested: z.strictObject({
    ...ofOrder,
    returnId: id,
    lines: lineQuantities,
    reason: text(200).optional(),
  }),
  ReturnReceived: z.strictObject({
    ...ofOrder,
    returnId: id,
    lines: lineQuantities.optional(),
  }),
  RefundIssued: z.strictObject({
    ...ofOrder,
    refundId: id,
    amount: money,
    lines: lineQuantities.optional(),
    reason: z.enum(['cancelled', 'returned', 'lost', 'goodwill']).optional(),
  }),
  PaymentDisputed: z.strictObject({
    ...ofOrder,
    disputeId: id,
    status: z.enum(['opened', 'won', 'lost']).optional(),
    amount: money.optional(),
  }),
  UsageMilestoneReached: z.strictObject({
    ...ofOrder,
    lineId: id.optional(),
    milestone: text(100),
  }),
  SurveyAnswered: z
    .strictObject({
      ...ofOrder,
      survey: z.enum(['csat', 'nps']),
      score: z.int().min(0).max(10),
      comment: text(2000).optional(),
    })
    .refine(({ survey, score }) => survey === 'nps' || (score >= 1 && score <= 5), {
      path: ['score'],
      error: 'expected 1 to 5 for csat, 0 to 10 for nps',
    }),
  ReviewPosted: z.strictObject({
    ...ofOrder,
    sku: id,
    rating: z.int().min(1).max(5).optional(),
  }),
  LoyaltyEnrolled: z.strictObject({ ...ofCustomer, tier: text(100).optional() }),
  SubscriptionStarted: z.strictObject({ ...ofCustomer, subscriptionId: id, sku: id }),
  SubscriptionRenewed: z.strictObject({ ...ofCustomer, subscriptionId: id, sku: id }),
  SubscriptionCancelled: z.strictObject({ ...ofCustomer, subscriptionId: id, sku: id }),
  CustomerUpdated: z.strictObject({
    ...ofCustomer,
    profile: z.strictObject({
      email: z.email().max(254).optional(),
      phone: text(32).optional(),
      name: text(200).optional(),
      locale: text(35).optional(),
      timeZone: text(64).optional(),
    }),
  }),
  ConsentChanged: z
    .strictObject({
      ...ofPerson,
      purpose: z.enum(['transactional', 'service', 'marketing']),
      channel: z.enum(consentChannels),
      state: z.enum(['granted', 'withdrawn']),
      basis: z.enum(['consent', 'soft-opt-in']).optional(),
      confirmed: z.boolean().optional(),
      source: text(100),
      legalEntity: text(200).optional(),
      noticeVersion: text(100).optional(),
      orderId: id.optional(),
    })
    .refine(namesPerson, someone),
  DeviceRegistered: z.strictObject({
    ...ofCustomer,
    token: text(4096),
    platform: z.enum(['GCM', 'APNS']),
    timeZone: text(64).optional(),
  }),
  DeviceRemoved: z.strictObject({ ...ofCustomer, token: text(4096) }),
  SupportCaseOpened: supportCase,
  SupportCaseClosed: supportCase,
  /** What a partner pays for an order that was brought to them. */
  CommissionConfirmed: z.strictObject({
    ...ofOrder,
    commissionId: id,
    partner: text(100),
    amount: money,
    sessionId: id.optional(),
    offerId: id.optional(),
  }),
  CommissionReversed: z.strictObject({
    ...ofOrder,
    commissionId: id,
    /** Absent: all of it. */
    amount: money.optional(),
  }),
  /** What the shop's books have and no order: a credit note without one, a bad debt. */
  AdjustmentPosted: z.strictObject({
    ...common,
    adjustmentId: id,
    /** Below zero: what the shop has less. */
    amountMinor: z.int(),
    currency: z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as EUR'),
    reason: text(200),
  }),
  ...pageEvents,
  /** A customer asks to be forgotten. */
  ErasureRequested: z.strictObject({ ...ofPerson, requestId: id }).refine(namesPerson, someone),
  CatalogItemUpdated: z.strictObject({
    ...common,
    item: z.strictObject({
      sku: id,
      name: text(200),
      category: text(100).optional(),
      kind: productKind.optional(),
      imageUrl: z
        .url({ protocol: /^https$/ })
        .max(1000)
        .optional(),
      price: money.optional(),
      facts: itemFacts.optional(),
      attributes: productAttributes.optional(),
    }),
  }),
  /** A person has looked at a text, or at a fact that was proposed of a product. */
  ContentReviewed: z.strictObject({
    ...common,
    sku: id,
    subject: z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('text'),
        locale: text(35),
        kind: z.enum(contentKinds),
        version: z.int().positive(),
      }),
      z.strictObject({
        type: z.literal('fact'),
        fact: z.enum(proposableFacts),
        /** As it was looked at: a proposal that is another by now is not decided. */
        value: z.union([text(100), z.number()]),
      }),
    ]),
    /** `retract` takes back what was approved; what was rejected or retracted is never sent again. */
    verdict: z.enum(reviewVerdicts),
    /** Who it was, as the shop's audit needs it. */
    reviewer: text(100),
    /** Wanted for all but an approval. */
    reason: text(500).optional(),
  }),
} as const;

export type IncomingEventType = keyof typeof incomingEvents;

/** The detail of an event as a shop sends it. */
export type IncomingDetail<Type extends IncomingEventType> = z.input<(typeof incomingEvents)[Type]>;

/** The source that a shop's events carry. */
export const sourceOf = (shop: string): string => `oms.${shop}`;

/** The source of what customers tell Afterglow itself. */
export const CUSTOMER_SOURCE = 'afterglow.customer';

/** An event that a customer caused, as Afterglow puts it on the bus to be taken in like any other. */
export type ToldEvent = {
  readonly [Type in IncomingEventType]: {
    readonly type: Type;
    readonly detail: IncomingDetail<Type>;
  };
}[IncomingEventType];
