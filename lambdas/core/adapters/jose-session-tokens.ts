import { errors, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import type { Instant } from '../domain/orders/order-event.ts';
import type { SessionClaims, SessionTokenCheck, SessionTokens } from '../ports/session-tokens.ts';
import { type LinkKey, type LinkKeys, shortestKeyBytes } from './link-keys.ts';

const algorithm = 'HS256';

/** Signs and reads the tokens of confirmation pages as compact JWS, by the keys that links are signed by. */
export const joseSessionTokens = (keys: LinkKeys): SessionTokens => ({
  sign: async (claims) => {
    const [{ kid, key }] = await keys.all();
    if (key.byteLength < shortestKeyBytes)
      throw new Error(
        `link key "${kid}" has ${key.byteLength} bytes, expected ${shortestKeyBytes} or more`,
      );
    return new SignJWT(claims.use === 'visit' ? { i: claims.impressionId } : {})
      .setProtectedHeader({ alg: algorithm, kid })
      .setAudience(claims.use)
      .setSubject(claims.sessionId)
      .setExpirationTime(new Date(claims.expiresAt))
      .sign(key);
  },

  read: async (token, use, now) => {
    try {
      return { kind: 'valid', claims: await readClaims(token, use, now, keys) };
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof RefusedToken)
        return invalid(wordsOf(error));
      throw error;
    }
  },
});

const invalid = (because: string): SessionTokenCheck => ({ kind: 'invalid', because });

/** Signed by no key of ours, or with claims that we do not make. */
class RefusedToken extends Error {
  override readonly name = 'RefusedToken';
}

const payloads = z.object({ sub: z.string(), i: z.string().optional(), exp: z.number() });

const readClaims = async (
  token: string,
  use: SessionClaims['use'],
  now: Instant,
  keys: LinkKeys,
): Promise<SessionClaims> => {
  const keyFor = async ({ kid }: { readonly kid?: string | undefined }): Promise<Uint8Array> => {
    const named = (each: LinkKey): boolean => each.kid === kid;
    const found = (await keys.all()).find(named) ?? (await keys.renewed()).find(named);
    if (found === undefined) throw new RefusedToken('it was signed by no key that is still used');
    return found.key;
  };
  const { payload } = await jwtVerify(token, keyFor, {
    algorithms: [algorithm],
    audience: use,
    currentDate: new Date(now),
    requiredClaims: ['exp', 'sub'],
  });
  const { data } = payloads.safeParse(payload);
  if (data === undefined) throw new RefusedToken('it has other claims than a page’s');
  const { sub: sessionId, i: impressionId, exp } = data;
  const expiresAt = new Date(exp * 1000).toISOString();
  if (use === 'session') return { use, sessionId, expiresAt };
  if (impressionId === undefined) throw new RefusedToken('it names no offer');
  return { use, sessionId, impressionId, expiresAt };
};

/** Nothing of the token is repeated. */
const wordsOf = (error: errors.JOSEError | RefusedToken): string => {
  if (error instanceof RefusedToken) return error.message;
  if (error instanceof errors.JWTExpired) return 'it has expired: open the page of the order again';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `the claim ${error.claim} is not what was expected`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'it was altered';
  return 'it is no token of ours';
};
