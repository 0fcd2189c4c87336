import * as z from 'zod';
import type { Instant } from '../domain/orders/order-event.ts';

/** A shared secret; `kid` stands in the token, so that keys can be rotated while links are out. */
export interface LinkKey {
  readonly kid: string;
  readonly key: Uint8Array;
}

/** The first signs, all verify. */
export type LinkKeySet = readonly [LinkKey, ...LinkKey[]];

/** Where the keys come from; it decides how long it remembers them. */
export interface LinkKeys {
  all(): Promise<LinkKeySet>;
  /** As they are now, after a token named a key that is not known. */
  renewed(): Promise<LinkKeySet>;
}

/** One key as the secret has it. */
export interface StoredKey {
  readonly kid: string;
  /** Its UTF-8 is the key: 32 bytes at least. */
  readonly key: string;
  /** Absent of the key that the stack was made with. */
  readonly createdAt?: Instant | undefined;
}

/** RFC 7518, 3.2: a key of HS256 is no shorter than its hash. */
export const shortestKeyBytes = 32;

const oneKey = z.object({
  kid: z.string().min(1),
  key: z.string().min(shortestKeyBytes),
  createdAt: z.string().optional(),
});

/** A stack can only generate a secret of one key; each rotation writes them all. */
const secretValue = z.union([
  z.object({ keys: z.tuple([oneKey], oneKey) }).transform(({ keys }) => keys),
  oneKey.transform((key): [z.output<typeof oneKey>] => [key]),
]);

/**
 * The keys in a secret `{ "keys": [{ "kid", "key", "createdAt" }, …] }`, or in one of a single `{ "kid", "key" }`.
 *
 * @throws for any other value, without showing it
 */
export const readStoredKeys = (secretString: string): readonly [StoredKey, ...StoredKey[]] => {
  const parsed = secretValue.safeParse(jsonOf(secretString));
  if (parsed.success) return parsed.data;
  throw new Error(
    `the secret of link keys is not as expected: { "keys": [{ "kid", "key", "createdAt" }] } with ${shortestKeyBytes} characters of key or more; put back an earlier version of it`,
  );
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The keys as they sign and verify. */
export const linkKeySet = ([first, ...others]: readonly [
  StoredKey,
  ...StoredKey[],
]): LinkKeySet => [bytesOf(first), ...others.map(bytesOf)];

const bytesOf = ({ kid, key }: StoredKey): LinkKey => ({
  kid,
  key: new TextEncoder().encode(key),
});
