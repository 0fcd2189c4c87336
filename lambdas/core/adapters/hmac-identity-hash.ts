import type { IdentityHash } from '../ports/identity-hash.ts';
import { hmacSha256 } from './hmac-sha256.ts';

/** `email:` and 43 characters. */
export const hmacIdentityHash =
  (key: () => Promise<Uint8Array>): IdentityHash =>
  async (kind, address) =>
    `${kind}:${hmacSha256(await key(), `${kind}:${address}`)}`;
