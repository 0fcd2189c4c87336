import { rateLimit } from '../http/rate-limit.ts';

/**
 * How fast one address may ask a public function. A page asks three times and then waits; offices share an address.
 * By the machine's own clock, which never goes back.
 */
export const publicLimit = () =>
  rateLimit({
    perSecond: 20,
    burst: 60,
    mostAddresses: 10_000,
    nowMs: () => performance.now(),
  });
