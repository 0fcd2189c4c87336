import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

const taken = new WeakMap<Uint8Array, KeyObject>();

/** HMAC-SHA-256 (RFC 2104) in base64url. The bytes are taken in as a key once: it is most of the work of a signature. */
export const hmacSha256 = (bytes: Uint8Array, text: string): string => {
  const key = taken.get(bytes) ?? createSecretKey(bytes);
  taken.set(bytes, key);
  return createHmac('sha256', key).update(text).digest('base64url');
};
