import { decodeJwt, errors, jwtVerify, type JWTPayload } from 'jose';
import {
  MAX_TOKEN_LENGTH,
  ORDER_TOKEN_AUDIENCE,
  ORDER_TOKEN_SECONDS,
  orderTokenClaims,
} from '../contracts/order-token.ts';
import type { CheckOrderToken, OrderTokenCheck } from '../ports/order-tokens.ts';
import { shopKey } from './shop-key.ts';

/** Clocks of two machines differ. */
const TOLERANCE_SECONDS = 30;

/**
 * Reads the JWT (RFC 7519) by which a shop opens the confirmation page of an order: `orderTokenClaims`, signed by
 * HS256 with the shop's own key. Who it says it is from is believed only to choose the key.
 *
 * @param masters keys that shops' keys are derived from; asked each time
 */
export const joseOrderTokens =
  (masters: () => Promise<readonly Uint8Array[]>): CheckOrderToken =>
  async (token, now) => {
    if (token.length > MAX_TOKEN_LENGTH)
      return invalid(`it has ${token.length} characters, expected ${MAX_TOKEN_LENGTH} at most`);
    const shop = issuerOf(token);
    if (shop === undefined) return invalid('it is no JWT with an iss: the shop’s id');
    for (const master of await masters())
      try {
        const key = new TextEncoder().encode(shopKey(master, shop));
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          audience: ORDER_TOKEN_AUDIENCE,
          issuer: shop,
          currentDate: new Date(now),
          clockTolerance: TOLERANCE_SECONDS,
          requiredClaims: ['exp', 'iat', 'sub', 'order'],
        });
        return checked(payload, Date.parse(now) / 1000);
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
        if (error instanceof errors.JWSSignatureVerificationFailed) continue;
        return invalid(wordsOf(error));
      }
    return invalid('it was not signed by the key of the shop that it names');
  };

const invalid = (because: string): OrderTokenCheck => ({ kind: 'invalid', because });

const issuerOf = (token: string): string | undefined => {
  try {
    const { iss } = decodeJwt(token);
    return typeof iss === 'string' && iss !== '' ? iss : undefined;
  } catch {
    return undefined;
  }
};

const MOST_ISSUES = 5;

const checked = (payload: JWTPayload, nowSeconds: number): OrderTokenCheck => {
  const parsed = orderTokenClaims.safeParse(payload);
  if (!parsed.success)
    return invalid(
      `its claims are not as expected: ${parsed.error.issues
        .slice(0, MOST_ISSUES)
        .map(
          ({ path, code, message }) =>
            // Names of keys that nobody knows come from outside.
            `${path.join('.')}: ${code === 'unrecognized_keys' ? 'expected only the documented keys' : message}`,
        )
        .join('; ')}`,
    );
  const { iss, sub, iat, exp, order } = parsed.data;
  if (exp - iat > ORDER_TOKEN_SECONDS)
    return invalid(`it lasts ${exp - iat} seconds, expected ${ORDER_TOKEN_SECONDS} at most`);
  if (iat > nowSeconds + TOLERANCE_SECONDS) return invalid('iat is in the future');
  return { kind: 'valid', shop: iss, orderId: sub, order };
};

/** Of a claim jose names which and why; of what is no token it says as much. None repeats the token. */
const wordsOf = (error: errors.JOSEError): string => {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `the claim ${error.claim} is ${error.reason === 'missing' ? 'missing' : 'not what was expected'}`;
  if (error instanceof errors.JOSEAlgNotAllowed) return 'it is not signed by HS256';
  return 'it is no signed JWT';
};
