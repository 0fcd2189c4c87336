import type { TokenOrder } from '../contracts/order-token.ts';
import type { Instant } from '../domain/orders/order-event.ts';

/** Whose confirmation page a shop's token opens, or what is wrong with the token: never the token itself. */
export type OrderTokenCheck =
  | {
      readonly kind: 'valid';
      readonly shop: string;
      readonly orderId: string;
      readonly order: TokenOrder;
    }
  | { readonly kind: 'invalid'; readonly because: string };

/** Reads a token by which a shop says which order its customer has just placed. */
export type CheckOrderToken = (token: string, now: Instant) => Promise<OrderTokenCheck>;
