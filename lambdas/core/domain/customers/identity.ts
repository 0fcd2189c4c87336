import type { Instant } from '../orders/order-event.ts';

/** Ids that gave an address, each with the first instant at which it did. */
export type Givers = Readonly<Record<string, Instant>>;

/** An e-mail address that customers of a shop gave: those who share one are one customer. */
export interface Identity {
  readonly shop: string;
  /** The address's keyed hash. */
  readonly addressId: string;
  readonly version: number;
  readonly givers: Givers;
  /** Whether all who gave it have become one customer. */
  readonly isSettled: boolean;
}

export const newIdentity = (shop: string, addressId: string): Identity => ({
  shop,
  addressId,
  version: 0,
  givers: {},
  isSettled: true,
});

/**
 * An address that more have given than any person has accounts is a placeholder (`none@shop.example`): it names
 * nobody, and merging on would make one customer of a shop's whole list.
 */
const MOST_GIVERS = 25;

/** The identity with one who gave the address; the same comes back when it says nothing new. */
export const withGiver = (identity: Identity, customerId: string, at: Instant): Identity => {
  const givers = new Map(Object.entries(identity.givers));
  const since = givers.get(customerId);
  if (since === undefined && givers.size >= MOST_GIVERS) return identity;
  if (since !== undefined && since <= at) return identity;
  givers.set(customerId, at);
  return { ...identity, givers: Object.fromEntries(givers), isSettled: givers.size < 2 };
};

/** What two know of who gave an address: each with the earlier instant. */
export const joinedGivers = (a: Givers, b: Givers): Givers => {
  const all = new Map(Object.entries(a));
  for (const [id, at] of Object.entries(b)) {
    const known = all.get(id);
    if (known === undefined || at < known) all.set(id, at);
  }
  return Object.fromEntries(all);
};
