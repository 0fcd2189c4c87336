import { decodeJwt, errors, jwtVerify, type JWTPayload } from 'jose';
import * as z from 'zod';
import type { LinkAudience, PageAudience } from '../domain/messages/message-links.ts';
import type { Instant } from '../domain/orders/order-event.ts';
import { allChannels } from '../domain/touches/touch.ts';
import type {
  LinkClaims,
  LinkReader,
  LinkSigner,
  MessageClaims,
  PageClaims,
} from '../ports/link-signer.ts';
import { hmacSha256 } from './hmac-sha256.ts';
import { type LinkKey, type LinkKeys, type LinkKeySet, shortestKeyBytes } from './link-keys.ts';

const algorithm = 'HS256';

/** Signs and reads links as compact JWS; the names of a message's claims are short, as each of its links has them. */
export const joseLinkSigner = (keys: LinkKeys): LinkSigner & LinkReader => ({
  sign: async (claims) => {
    const [{ kid, key }] = await keys.all();
    if (key.byteLength < shortestKeyBytes)
      throw new Error(
        `link key "${kid}" has ${key.byteLength} bytes, expected ${shortestKeyBytes} or more`,
      );
    return signed(payloadOf(claims), { kid, key });
  },

  read: async (token, now) => {
    try {
      return { kind: 'valid', claims: await readMessage(token, keys, now) };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { kind: 'expired', shop: shopIn(token) };
      if (error instanceof errors.JOSEError || error instanceof RefusedToken)
        return { kind: 'refused', shop: shopIn(token) };
      throw error;
    }
  },
});

/** Signs by each key and reads it back. @throws when a key does not sign, or the set does not take its token */
export const assertKeysSign = async (keys: LinkKeySet, now: Instant): Promise<void> => {
  const reader = joseLinkSigner(fixedKeys(keys));
  const expiresAt = new Date(Date.parse(now) + 60_000).toISOString();
  for (const key of keys) {
    const token = await joseLinkSigner(fixedKeys([key])).sign({ ...trial, expiresAt });
    const { kind } = await reader.read(token, now);
    if (kind !== 'valid')
      throw new Error(
        `key "${key.kid}" signs links that are then ${kind}: is its kid there twice?`,
      );
  }
};

/** It goes nowhere. */
const trial = {
  audience: 'message',
  shop: 'trial',
  orderId: 'trial',
  touchId: 'trial',
  channel: 'email',
} as const;

const fixedKeys = (keys: LinkKeySet): LinkKeys => ({
  all: async () => keys,
  renewed: async () => keys,
});

/**
 * RFC 7515, 3.1. The library signs by WebCrypto, in another thread: much more work for these few bytes, of which every
 * message has several. Whoever reads them asks the library.
 */
const signed = (payload: JWTPayload, { kid, key }: LinkKey): string => {
  const input = [{ alg: algorithm, kid }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${input}.${hmacSha256(key, input)}`;
};

const payloadOf = (claims: LinkClaims): JWTPayload => ({
  ...(claims.audience === 'message' ? messagePayload(claims) : pagePayload(claims)),
  aud: claims.audience,
  exp: secondsOf(claims.expiresAt),
});

const secondsOf = (at: Instant): number => Math.floor(Date.parse(at) / 1000);

const messagePayload = ({ shop, orderId, touchId, customerId, channel }: MessageClaims) => ({
  s: shop,
  o: orderId,
  t: touchId,
  ...(customerId === undefined ? {} : { c: customerId }),
  h: channel,
});

const pagePayload = ({ shop, orderId, touch, issuedAt }: PageClaims) => ({
  shop,
  order: orderId,
  touch,
  iat: secondsOf(issuedAt),
});

const ofMessage = z.object({
  s: z.string(),
  o: z.string(),
  t: z.string(),
  c: z.string().optional(),
  h: z.enum(allChannels),
  exp: z.number(),
});

const ofPage = z.object({ shop: z.string(), order: z.string(), touch: z.string() });

/** Signed by no key of ours, or with claims that we do not make. */
class RefusedToken extends Error {
  override readonly name = 'RefusedToken';
}

const readMessage = async (token: string, keys: LinkKeys, now: Instant): Promise<MessageClaims> => {
  const payload = await verified(token, 'message', now, async (kid) => {
    const known = (await keys.all()).find((each) => each.kid === kid);
    return known ?? (await keys.renewed()).find((each) => each.kid === kid);
  });
  const parsed = ofMessage.safeParse(payload);
  if (!parsed.success)
    throw new RefusedToken('the token has other claims than a message’s', { cause: parsed.error });
  const { s: shop, o: orderId, t: touchId, c: customerId, h: channel, exp } = parsed.data;
  const expiresAt = new Date(exp * 1000).toISOString();
  return { audience: 'message', shop, orderId, touchId, customerId, channel, expiresAt };
};

const verified = async (
  token: string,
  audience: LinkAudience,
  now: Instant,
  keyNamed: (kid: string | undefined) => Promise<LinkKey | undefined>,
): Promise<JWTPayload> => {
  const keyFor = async ({ kid }: { readonly kid?: string | undefined }): Promise<Uint8Array> => {
    const found = await keyNamed(kid);
    if (found === undefined)
      throw new RefusedToken(`no link key "${kid}": it was dropped, or is not of this deployment`);
    return found.key;
  };
  const { payload } = await jwtVerify(token, keyFor, {
    algorithms: [algorithm],
    audience,
    currentDate: new Date(now),
    requiredClaims: ['exp'],
  });
  return payload;
};

/** What the token says without being believed: good for choosing a design, not for more. */
const shopIn = (token: string): string | undefined => {
  try {
    const { s } = decodeJwt(token);
    return typeof s === 'string' ? s : undefined;
  } catch {
    return undefined;
  }
};

export interface LinkCheck {
  readonly audience: PageAudience;
  /** The keys that are still accepted. */
  readonly keys: readonly LinkKey[];
  readonly now: Instant;
}

/**
 * What a token on a page of the shop entitles to: what the shop's own server does with it.
 *
 * @throws when it was signed by no accepted key, was altered, is for another use or has expired
 */
export const verifyLink = async (
  token: string,
  { audience, keys, now }: LinkCheck,
): Promise<Pick<PageClaims, 'shop' | 'orderId' | 'touch'>> => {
  const named = async (kid: string | undefined): Promise<LinkKey | undefined> =>
    keys.find((each) => each.kid === kid);
  const { shop, order, touch } = ofPage.parse(await verified(token, audience, now, named));
  return { shop, orderId: order, touch };
};
