import { createHmac } from 'node:crypto';
import type { IdentityHash } from '../ports/identity-hash.ts';

/** HMAC-SHA256 (RFC 2104) in base64url without padding: `email:` and 43 characters. */
export const hmacIdentityHash =
  (key: () => Promise<Uint8Array>): IdentityHash =>
  async (kind, address) =>
    `${kind}:${createHmac('sha256', await key())
      .update(`${kind}:${address}`)
      .digest('base64url')}`;
