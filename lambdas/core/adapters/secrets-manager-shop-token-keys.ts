import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';

/** RFC 7518, 3.2: a key of HS256 is no shorter than its hash, 32 bytes. */
const key = z.string().min(32);

const stored = z.object({ key, previousKey: key.optional() });

/** A changed key is used after this at the latest. */
const CACHE_MS = 5 * 60 * 1000;

/**
 * The keys that shops sign tokens of their customers with, from a secret `{ key, previousKey? }`: while a key is
 * changed, both are taken.
 */
export const secretsManagerShopTokenKeys = (
  client: SecretsManagerClient,
  SecretId: string,
  now: () => Date,
): (() => Promise<readonly Uint8Array[]>) => {
  let cached:
    { readonly untilMs: number; readonly keys: Promise<readonly Uint8Array[]> } | undefined;
  const read = async (): Promise<readonly Uint8Array[]> => {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
    const { key: current, previousKey } = readSecret(SecretString);
    const encoder = new TextEncoder();
    return [current, previousKey].flatMap((each) =>
      each === undefined ? [] : encoder.encode(each),
    );
  };
  return () => {
    const nowMs = now().getTime();
    if (cached === undefined || cached.untilMs <= nowMs)
      cached = {
        untilMs: nowMs + CACHE_MS,
        keys: read().catch((error: unknown) => {
          // A failed read is not kept: the next request asks again.
          cached = undefined;
          throw error;
        }),
      };
    return cached.keys;
  };
};

/** The secret itself is not shown. */
const readSecret = (secretString: string): z.output<typeof stored> => {
  const parsed = stored.safeParse(jsonOf(secretString));
  if (parsed.success) return parsed.data;
  throw new Error(
    'the secret of shops’ token keys is not as expected: { "key", "previousKey"? } of 32 characters or more each; put back an earlier version of it',
  );
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
