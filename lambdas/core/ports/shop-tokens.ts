import type { Instant } from '../domain/orders/order-event.ts';

/** Whose inbox a shop's token opens, or what is wrong with the token: never the token itself. */
export type ShopTokenCheck =
  | { readonly kind: 'valid'; readonly shop: string; readonly customerId: string }
  | { readonly kind: 'invalid'; readonly because: string };

/** Reads a token by which a shop says who its customer is. */
export type CheckShopToken = (token: string, now: Instant) => Promise<ShopTokenCheck>;
