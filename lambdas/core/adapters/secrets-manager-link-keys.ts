import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { LinkKey } from './jose-link-signer.ts';

const stored = z.object({ kid: z.string().min(1), key: z.string().min(32) });

/** A changed key is used after this at the latest. */
const CACHE_MS = 5 * 60 * 1000;

/** The key that signs links now, from a secret `{ kid, key }` with 32 characters of key at least. */
export const secretsManagerLinkKeys = (
  client: SecretsManagerClient,
  SecretId: string,
  now: () => Date,
): (() => Promise<LinkKey>) => {
  let cached: { readonly untilMs: number; readonly key: Promise<LinkKey> } | undefined;
  const read = async (): Promise<LinkKey> => {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
    const { kid, key } = stored.parse(JSON.parse(SecretString));
    return { kid, key: new TextEncoder().encode(key) };
  };
  return () => {
    const nowMs = now().getTime();
    if (cached === undefined || cached.untilMs <= nowMs)
      cached = { untilMs: nowMs + CACHE_MS, key: read() };
    const { key } = cached;
    key.catch(() => {
      // A failed read is not kept: the next message asks again.
      cached = undefined;
    });
    return key;
  };
};
