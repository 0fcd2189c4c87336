import * as z from 'zod';
import { text } from './event-fields.ts';

/** The audience of tokens by which a shop opens the confirmation page of an order. */
export const ORDER_TOKEN_AUDIENCE = 'afterglow-confirmation';

/** A token is minted as its page is rendered: a stolen one is of no use for long. */
export const ORDER_TOKEN_SECONDS = 60 * 60;

/** More is refused unread: the lines of the largest order take some kilobytes. */
export const MAX_TOKEN_LENGTH = 24_576;

/** Lines that are looked at; the first of a longer order. */
const MAX_TOKEN_LINES = 200;

const id = text(128);

/** What the shop says of the order, so that its page does not have to wait until the order was taken in. */
export const tokenOrder = z.strictObject({
  placedAt: z.iso.datetime({ offset: true }),
  currency: z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as EUR'),
  totalMinor: z.int().nonnegative(),
  lines: z
    .array(
      z.strictObject({
        sku: id,
        quantity: z.int().positive(),
        category: text(100).optional(),
        name: text(200).optional(),
      }),
    )
    .min(1)
    .max(MAX_TOKEN_LINES),
  /** ISO 3166-1, where the order goes. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'expected an ISO 3166-1 code such as DE')
    .optional(),
  /** BCP 47. @default the shop's first */
  locale: text(35).optional(),
  /** The shop's id of the account; absent of a guest. */
  customerId: id.optional(),
  /** Whether the customer has ordered before, where the shop knows. @default as far as Afterglow knows */
  isReturning: z.boolean().optional(),
  gift: z.boolean().optional(),
});

/**
 * Claims of the order token (RFC 7519), signed by HS256 with the shop's own key: `iss` is the shop, `sub` the order's
 * id, `aud` `ORDER_TOKEN_AUDIENCE`, `exp` at most `ORDER_TOKEN_SECONDS` after `iat`.
 */
export const orderTokenClaims = z.object({
  iss: id,
  sub: id,
  iat: z.int(),
  exp: z.int(),
  order: tokenOrder,
});

export type TokenOrder = z.output<typeof tokenOrder>;
