import { jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import type { LinkAudience } from '../domain/messages/message-links.ts';
import type { LinkClaims, LinkSigner } from '../ports/link-signer.ts';
import type { Instant } from '../domain/orders/order-event.ts';

/** A shared secret; `kid` stands in the token, so that keys can be rotated while links are out. */
export interface LinkKey {
  readonly kid: string;
  readonly key: Uint8Array;
}

const algorithm = 'HS256';

/** RFC 7518, 3.2: a key of HS256 is no shorter than its hash. */
const shortestKeyBytes = 32;

/** Signs links as compact JWS. `currentKey` is asked each time: it decides how long it remembers. */
export const joseLinkSigner = (currentKey: () => Promise<LinkKey>): LinkSigner => ({
  sign: async ({ audience, shop, orderId, touch, issuedAt, expiresAt }) => {
    const { kid, key } = await currentKey();
    if (key.byteLength < shortestKeyBytes)
      throw new Error(
        `link key "${kid}" has ${key.byteLength} bytes, expected ${shortestKeyBytes} or more`,
      );
    return new SignJWT({ shop, order: orderId, touch })
      .setProtectedHeader({ alg: algorithm, kid })
      .setAudience(audience)
      .setIssuedAt(new Date(issuedAt))
      .setExpirationTime(new Date(expiresAt))
      .sign(key);
  },
});

const payload = z.object({ shop: z.string(), order: z.string(), touch: z.string() });

export interface LinkCheck {
  readonly audience: LinkAudience;
  /** The keys that are still accepted. */
  readonly keys: readonly LinkKey[];
  readonly now: Instant;
}

/**
 * What a token entitles to.
 *
 * @throws when it was signed by no accepted key, was altered, is for another use or has expired
 */
export const verifyLink = async (
  token: string,
  { audience, keys, now }: LinkCheck,
): Promise<Pick<LinkClaims, 'shop' | 'orderId' | 'touch'>> => {
  const keyFor = ({ kid }: { readonly kid?: string | undefined }): Uint8Array => {
    const found = keys.find((each) => each.kid === kid);
    if (found === undefined)
      throw new Error(`no link key "${kid}"; accepted: ${keys.map((each) => each.kid).join(', ')}`);
    return found.key;
  };
  const { payload: claims } = await jwtVerify(token, keyFor, {
    algorithms: [algorithm],
    audience,
    currentDate: new Date(now),
    requiredClaims: ['exp'],
  });
  const { shop, order, touch } = payload.parse(claims);
  return { shop, orderId: order, touch };
};
