import * as z from 'zod';
import { productKind } from './product-facts.ts';

/** The one version of the contracts that this deployment reads. */
export const SCHEMA_VERSION = 1;

export const MAX_LINES = 500;

/** DynamoDB takes keys of 2,048 bytes, and an id of this length is legible in a log. */
const MAX_ID_LENGTH = 128;

/** `2026-11-22T12:00:00.000Z`: instants are compared as text, which needs one width. */
const WIDTH = 24;

export const id = z.string().min(1).max(MAX_ID_LENGTH);
export const text = (maxLength: number) => z.string().min(1).max(maxLength);

/** With an offset: a time without a zone is not a time. Read as UTC with milliseconds. */
export const instant = z.iso
  .datetime({ offset: true })
  .transform((at) => new Date(at).toISOString())
  .refine((at) => at.length === WIDTH, 'expected a time of the years 0 to 9999');

export const money = z.strictObject({
  amountMinor: z.int().nonnegative(),
  currency: z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as EUR'),
});

export const decimal = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,12})?$/, 'expected a decimal such as 1.0857');

/** Where the customer took a line up: an offer of the confirmation page. */
const lineOrigin = z.strictObject({ sessionId: id, offerId: id.optional() });

/** What shows which message or page brought the order; several may be known. */
export const attribution = z.strictObject({
  /** `ag_click` of the addresses that the customer came by. */
  clickIds: z.array(id).max(20).optional(),
  /** Codes that were redeemed. */
  codes: z.array(text(64)).max(20).optional(),
});

const lineQuantity = z.strictObject({ lineId: id, quantity: z.int().positive() });
export const lineQuantities = z.array(lineQuantity).min(1).max(MAX_LINES);

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
  origin: lineOrigin.optional(),
});

export const contact = z.strictObject({
  customerId: id.optional(),
  email: z.email().max(254).optional(),
  phone: text(32).optional(),
  name: text(200).optional(),
  locale: text(35).optional(),
});

export const address = z.strictObject({
  city: text(100).optional(),
  postcode: text(20).optional(),
  country: z.string().regex(/^[A-Z]{2}$/, 'expected an ISO 3166-1 code such as DE'),
  /** ISO 3166-2 without the country: `NY`. */
  region: text(10).optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
});

export const common = {
  eventId: id,
  occurredAt: instant,
  schemaVersion: z.literal(SCHEMA_VERSION),
  shop: id,
};
export const ofOrder = { ...common, orderId: id };
export const ofCustomer = { ...common, customerId: id };

/** By the shop's id, or by an address: of a guest, or where only the address is known. */
export const ofPerson = {
  ...common,
  customerId: id.optional(),
  email: z.email().max(254).optional(),
  phone: text(32).optional(),
};

export const namesPerson = (person: {
  readonly customerId?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
}): boolean => (person.customerId ?? person.email ?? person.phone) !== undefined;

export const someone = { error: 'expected a customerId, an email or a phone' };

export const supportCase = z
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

export const placedLines = z
  .array(placedLine)
  .min(1)
  .max(MAX_LINES)
  .refine(lineIdsDiffer, 'expected every lineId once');
