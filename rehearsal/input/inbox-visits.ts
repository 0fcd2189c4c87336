import { SignJWT } from 'jose';
import { DAY_MS } from './duration.ts';
import type { TimedEvent, TimedRequest } from './timed-event.ts';

/** Days after the first event on which the app asks. */
const DAYS = [10, 40, 90, 170];

const TOKEN_LIFE_SECONDS = 600;

/**
 * The shops' app asks for the inbox of some customers, with a token that the shop's backend signs.
 *
 * @param key the secret that the shop shares with the deployment
 */
export const inboxVisits = async (
  events: readonly TimedEvent[],
  fromMs: number,
  key: string,
): Promise<readonly TimedRequest[]> => {
  const devices = events.filter(({ detailType }) => detailType === 'DeviceRegistered');
  const visits = devices.flatMap(({ detail }) =>
    DAYS.map((days) =>
      visit(String(detail['shop']), String(detail['customerId']), fromMs + days * DAY_MS, key),
    ),
  );
  return Promise.all(visits);
};

const visit = async (
  shop: string,
  customerId: string,
  atMs: number,
  key: string,
): Promise<TimedRequest> => {
  const issuedAt = Math.floor(atMs / 1000);
  const token = await new SignJWT({ shop })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(customerId)
    .setAudience('inbox')
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + TOKEN_LIFE_SECONDS)
    .sign(new TextEncoder().encode(key));
  return {
    atMs,
    request: { method: 'GET', path: '/inbox', headers: { authorization: `Bearer ${token}` } },
  };
};
