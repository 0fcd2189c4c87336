import { type JWTPayload, SignJWT } from 'jose';
import { joseOrderTokens } from '#core/adapters/jose-order-tokens.ts';
import { joseSessionTokens } from '#core/adapters/jose-session-tokens.ts';
import type { LinkKeySet } from '#core/adapters/link-keys.ts';
import { shopKey } from '#core/adapters/shop-key.ts';
import { ORDER_TOKEN_AUDIENCE, type TokenOrder } from '#core/contracts/order-token.ts';
import { minute } from './sessions.ts';

export const master = new Uint8Array(64).fill(7);
export const previousMaster = new Uint8Array(64).fill(8);

const linkKeys: LinkKeySet = [{ kid: 'k1', key: new Uint8Array(32).fill(1) }];

export const orderTokens = joseOrderTokens(async () => [master, previousMaster]);

export const sessionTokens = joseSessionTokens({
  all: async () => linkKeys,
  renewed: async () => linkKeys,
});

export const tokenOrder = (change: Partial<TokenOrder> = {}): TokenOrder => ({
  placedAt: minute(0),
  currency: 'EUR',
  totalMinor: 45_900,
  lines: [{ sku: 'HG-ESP-100', quantity: 1, category: 'Coffee machines', name: 'Espresso One' }],
  country: 'DE',
  locale: 'en-GB',
  customerId: 'c-17',
  ...change,
});

export interface OrderTokenChange {
  readonly shop?: string;
  readonly orderId?: string;
  readonly order?: unknown;
  /** Whose key signs. @default the shop's own */
  readonly key?: string;
  readonly audience?: string;
  readonly from?: number;
  readonly seconds?: number;
  readonly claims?: JWTPayload;
}

/** A token as a shop's server mints it. */
export const orderToken = ({
  shop = 'hearth',
  orderId = '100482',
  order = tokenOrder(),
  key = shopKey(master, shop),
  audience = ORDER_TOKEN_AUDIENCE,
  from = Date.parse(minute(0)) / 1000,
  seconds = 600,
  claims = {},
}: OrderTokenChange = {}): Promise<string> =>
  new SignJWT({ order, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(shop)
    .setSubject(orderId)
    .setAudience(audience)
    .setIssuedAt(from)
    .setExpirationTime(from + seconds)
    .sign(new TextEncoder().encode(key));
