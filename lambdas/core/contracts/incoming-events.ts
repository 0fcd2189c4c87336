import * as z from 'zod';
import { consentChannels } from '../domain/customers/consent.ts';
import { itemFacts, productKind } from './product-facts.ts';

/** The one version of the contracts that this deployment reads. */
export const SCHEMA_VERSION = 1;

/** EventBridge takes 1 MB; a canonical event of 500 lines takes about 150 KB. */
export const MAX_EVENT_BYTES = 256 * 1024;

export const MAX_LINES = 500;

/** DynamoDB takes keys of 2,048 bytes, and an id of this length is legible in a log. */
const MAX_ID_LENGTH = 128;

/** `2026-11-22T12:00:00.000Z`: instants are compared as text, which needs one width. */
const WIDTH = 24;

const id = z.string().min(1).max(MAX_ID_LENGTH);
const text = (maxLength: number) => z.string().min(1).max(maxLength);

/** With an offset: a time without a zone is not a time. Read as UTC with milliseconds. */
const instant = z.iso
  .datetime({ offset: true })
  .transform((at) => new Date(at).toISOString())
  .refine((at) => at.length === WIDTH, 'expected a time of the years 0 to 9999');

const money = z.strictObject({
  amountMinor: z.int().nonnegative(),
  currency: z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as EUR'),
});

const lineQuantity = z.strictObject({ lineId: id, quantity: z.int().positive() });
const lineQuantities = z.array(lineQuantity).min(1).max(MAX_LINES);

const placedLine = z.strictObject({
  lineId: id,
  sku: id,
  quantity: z.int().positive(),
  unitPrice: money,
  total: money.optional(),
  name: text(200).optional(),
  category: text(100).optional(),
  imageUrl: z
    .url({ protocol: /^https$/ })
    .max(1000)
    .optional(),
  kind: productKind.optional(),
  backordered: z.boolean().optional(),
  promisedDispatchBy: instant.optional(),
  accessUrl: z
    .url({ protocol: /^https$/ })
    .max(1000)
    .optional(),
});

const contact = z.strictObject({
  customerId: id.optional(),
  email: z.email().max(254).optional(),
  phone: text(32).optional(),
  name: text(200).optional(),
  locale: text(35).optional(),
});

const address = z.strictObject({
  city: text(100).optional(),
  postcode: text(20).optional(),
  country: z.string().regex(/^[A-Z]{2}$/, 'expected an ISO 3166-1 code such as DE'),
  /** ISO 3166-2 without the country: `NY`. */
  region: text(10).optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
});

const common = {
  eventId: id,
  occurredAt: instant,
  schemaVersion: z.literal(SCHEMA_VERSION),
  shop: id,
};
const ofOrder = { ...common, orderId: id };
const ofCustomer = { ...common, customerId: id };

/** By the shop's id, or by an address: of a guest, or where only the address is known. */
const ofPerson = {
  ...common,
  customerId: id.optional(),
  email: z.email().max(254).optional(),
  phone: text(32).optional(),
};

const namesPerson = (person: {
  readonly customerId?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}): boolean => (person.customerId ?? person.email ?? person.phone) !== undefined;

const someone = { error: 'expected a customerId, an email or a phone' };

const supportCase = z
  .strictObject({
    ...ofPerson,
    caseId: id,
    /** What it is about, in the service desk's own words: `where-is-my-order`. */
    topic: text(100).optional(),
    orderId: id.optional(),
  })
  .refine(namesPerson, someone);

const lineIdsDiffer = (lines: readonly { readonly lineId: string }[]): boolean =>
  new Set(lines.map(({ lineId }) => lineId)).size === lines.length;

const placedLines = z
  .array(placedLine)
  .min(1)
  .max(MAX_LINES)
  .refine(lineIdsDiffer, 'expected every lineId once');

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
    }),
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
