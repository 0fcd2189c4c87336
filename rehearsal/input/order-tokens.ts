import { SignJWT } from 'jose';
import {
  ORDER_TOKEN_AUDIENCE,
  ORDER_TOKEN_SECONDS,
  type TokenOrder,
} from '#core/contracts/order-token.ts';
import { SECOND_MS } from './duration.ts';
import type { PlacedOrder } from './order-life.ts';

/** The key of a shop's own server, as `npm run shop-key` prints it. */
export type ShopKeys = (shop: string) => string;

/** The token that the shop's server puts on the confirmation page of an order as it renders it. */
export const orderToken = (
  order: PlacedOrder,
  issuedMs: number,
  keys: ShopKeys,
): Promise<string> => {
  const issuedAt = Math.floor(issuedMs / SECOND_MS);
  return new SignJWT({ order: contextOf(order) })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(order.shop)
    .setSubject(order.orderId)
    .setAudience(ORDER_TOKEN_AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ORDER_TOKEN_SECONDS)
    .sign(new TextEncoder().encode(keys(order.shop)));
};

const contextOf = (order: PlacedOrder): TokenOrder => {
  const { occurredAt, total, lines, contact, shipTo, gift } = order;
  const { customerId, locale } = contact;
  return {
    placedAt: occurredAt,
    currency: total.currency,
    totalMinor: total.amountMinor,
    lines: lines.map(({ sku, quantity, category, name }) => ({
      sku,
      quantity,
      ...(category === undefined ? {} : { category }),
      ...(name === undefined ? {} : { name }),
    })),
    ...(shipTo?.country === undefined ? {} : { country: shipTo.country }),
    ...(locale === undefined ? {} : { locale }),
    ...(customerId === undefined ? {} : { customerId }),
    ...(gift === undefined ? {} : { gift }),
  };
};
