import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';

/** RFC 2104, 3: a key shorter than the hash weakens it. */
const stored = z.object({ key: z.string().min(32) });

/**
 * The key of all addresses' hashes, from a secret `{ key }` with 32 characters at least. It is read once: it can
 * never be changed, as every link between customers and every suppression is kept under a hash that it made.
 */
export const secretsManagerIdentityKey = (
  client: SecretsManagerClient,
  SecretId: string,
): (() => Promise<Uint8Array>) => {
  let cached: Promise<Uint8Array> | undefined;
  const read = async (): Promise<Uint8Array> => {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
    return new TextEncoder().encode(stored.parse(JSON.parse(SecretString)).key);
  };
  return () => {
    cached ??= read().catch((error: unknown) => {
      // A failed read is not kept: the next message asks again.
      cached = undefined;
      throw error;
    });
    return cached;
  };
};
