import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type LinkKeys, type LinkKeySet, linkKeySet, readStoredKeys } from './link-keys.ts';

/** A new key signs after this at the latest. */
const CACHE_MS = 5 * 60 * 1000;

/** Tokens that name keys of their own invention make for one reading in this time. */
const RENEWAL_MS = 10 * 1000;

/** The keys of links, from their secret. Readings at the same time are one. */
export const secretsManagerLinkKeys = (
  client: SecretsManagerClient,
  SecretId: string,
  now: () => Date,
): LinkKeys => {
  let cached: { readonly atMs: number; readonly keys: Promise<LinkKeySet> } | undefined;
  const read = async (): Promise<LinkKeySet> => {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
    return linkKeySet(readStoredKeys(SecretString));
  };
  const noOlderThan = (ageMs: number): Promise<LinkKeySet> => {
    const nowMs = now().getTime();
    if (cached === undefined || cached.atMs + ageMs <= nowMs)
      cached = { atMs: nowMs, keys: read() };
    const { keys } = cached;
    keys.catch(() => {
      // A failed read is not kept: the next message asks again.
      cached = undefined;
    });
    return keys;
  };
  return { all: () => noOlderThan(CACHE_MS), renewed: () => noOlderThan(RENEWAL_MS) };
};
