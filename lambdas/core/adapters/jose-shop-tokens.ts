import { errors, jwtVerify, type JWTPayload } from 'jose';
import * as z from 'zod';
import type { CheckShopToken, ShopTokenCheck } from '../ports/shop-tokens.ts';

const INBOX_AUDIENCE = 'inbox';

/** A token is made for one visit: a stolen one is of no use for long. */
const MOST_SECONDS = 60 * 60;

/** Clocks of two machines differ. */
const TOLERANCE_SECONDS = 30;

const claims = z.object({
  shop: z.string().min(1),
  sub: z.string().min(1),
  iat: z.number(),
  exp: z.number(),
});

/**
 * Reads a JWT (RFC 7519) that a shop signed by HS256: audience `inbox`, `shop`, `sub` (the customer's id), `iat`
 * and an `exp` at most an hour after it.
 *
 * @param keys those that are accepted; asked each time
 */
export const joseShopTokens =
  (keys: () => Promise<readonly Uint8Array[]>): CheckShopToken =>
  async (token, now) => {
    const accepted = await keys();
    let wrong: ShopTokenCheck = invalid('it was signed by no accepted key');
    for (const key of accepted)
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          audience: INBOX_AUDIENCE,
          currentDate: new Date(now),
          clockTolerance: TOLERANCE_SECONDS,
          requiredClaims: ['exp', 'iat', 'sub', 'shop'],
        });
        return checked(payload, Date.parse(now) / 1000);
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
        if (error instanceof errors.JWSSignatureVerificationFailed) continue;
        wrong = invalid(wordsOf(error));
      }
    return wrong;
  };

const invalid = (because: string): ShopTokenCheck => ({ kind: 'invalid', because });

const checked = (payload: JWTPayload, nowSeconds: number): ShopTokenCheck => {
  const { data } = claims.safeParse(payload);
  if (data === undefined) return invalid('shop and sub have to be texts, iat and exp numbers');
  const { shop, sub, iat, exp } = data;
  if (exp - iat > MOST_SECONDS)
    return invalid(`it lasts ${exp - iat} seconds, expected ${MOST_SECONDS} at most`);
  if (iat > nowSeconds + TOLERANCE_SECONDS) return invalid('iat is in the future');
  return { kind: 'valid', shop, customerId: sub };
};

/** Of a claim jose names which and why; of what is no token it says as much. None repeats the token. */
const wordsOf = (error: errors.JOSEError): string => {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `the claim ${error.claim} is ${error.reason === 'missing' ? 'missing' : 'not what was expected'}`;
  if (error instanceof errors.JOSEAlgNotAllowed) return 'it is not signed by HS256';
  return 'it is no signed JWT';
};
