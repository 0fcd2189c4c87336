import { SignJWT } from 'jose';
import { ORDER_TOKEN_AUDIENCE, ORDER_TOKEN_SECONDS } from '#core/contracts/order-token.ts';
import type { ShopKeys } from '#rehearsal/input/order-tokens.ts';
import { benchOrder } from './bench-shop.ts';

/** A token for each of so many orders, as the shop's server signs it. */
export const tokensFor = (
  count: number,
  { nowMs, keys }: { readonly nowMs: number; readonly keys: ShopKeys },
): Promise<readonly string[]> =>
  Promise.all(
    Array.from({ length: count }, (_, at) => {
      const { shop, orderId, order } = benchOrder(at, nowMs);
      return new SignJWT({ order })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(shop)
        .setSubject(orderId)
        .setAudience(ORDER_TOKEN_AUDIENCE)
        .setIssuedAt(Math.floor(nowMs / 1000))
        .setExpirationTime(Math.floor(nowMs / 1000) + ORDER_TOKEN_SECONDS)
        .sign(new TextEncoder().encode(keys(shop)));
    }),
  );
