/** How fast one address may ask. */
export interface RateLimitSettings {
  readonly perSecond: number;
  /** At once, after a while of silence. */
  readonly burst: number;
  /** Addresses that are remembered; of more, those that were silent longest are forgotten. */
  readonly mostAddresses: number;
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number;
}

/** What an address may do now: go on, or wait for so many whole seconds. */
export type RateDecision =
  { readonly kind: 'go' } | { readonly kind: 'wait'; readonly seconds: number };

interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

/**
 * A token bucket for each address, in the memory of one instance of a function: a brake on whoever floods it, not an
 * exact limit, as each instance counts for itself.
 */
export const rateLimit = ({ perSecond, burst, mostAddresses, nowMs }: RateLimitSettings) => {
  // A map keeps the order of insertion: the first was silent longest.
  const buckets = new Map<string, Bucket>();
  return (address: string): RateDecision => {
    const atMs = nowMs();
    const before = buckets.get(address) ?? { tokens: burst, atMs };
    const tokens = Math.min(burst, before.tokens + ((atMs - before.atMs) / 1000) * perSecond);
    const isAllowed = tokens >= 1;
    buckets.delete(address);
    buckets.set(address, { tokens: isAllowed ? tokens - 1 : tokens, atMs });
    if (buckets.size > mostAddresses) forgetOldest(buckets);
    return isAllowed
      ? { kind: 'go' }
      : { kind: 'wait', seconds: Math.ceil((1 - tokens) / perSecond) };
  };
};

const forgetOldest = (buckets: Map<string, Bucket>): void => {
  const [oldest] = buckets.keys();
  if (oldest !== undefined) buckets.delete(oldest);
};
