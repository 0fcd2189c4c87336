import { createHmac } from 'node:crypto';

/**
 * The key that one shop signs the tokens of its confirmation pages by: the UTF-8 bytes of this text. A shop that has
 * its own can make none of another's: HMAC-SHA-256 (RFC 2104) of the shop's id, by the deployment's key.
 *
 * @param master the key of the shops' tokens, or the one before it
 * @returns 43 characters of base64url
 */
export const shopKey = (master: Uint8Array, shop: string): string =>
  createHmac('sha256', master).update(`confirmation/${shop}`).digest('base64url');
