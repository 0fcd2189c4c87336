import { compareText } from '../compare-text.ts';
import type { Instant } from '../orders/order-event.ts';
import { withStatement } from './consent.ts';
import type { Assignment, Customer, SharedAddresses } from './customer.ts';
import { type Identity, joinedGivers } from './identity.ts';
import { isLater } from './later-fact.ts';

/** A guest's id is made of the address's keyed hash; no shop gives such ids, as nobody can guess it. */
const GUEST = 'guest:';

export const guestIdOf = (addressId: string): string => `${GUEST}${addressId}`;

export const isGuest = (customerId: string): boolean => customerId.startsWith(GUEST);

/** Which of two ids stands for both: one that the shop gave above a guest's, then the lesser. */
export const survivorOf = (a: string, b: string): string => {
  if (isGuest(a) !== isGuest(b)) return isGuest(a) ? b : a;
  return compareText(a, b) <= 0 ? a : b;
};

/**
 * The customer with everything that is known of others who turned out to be the same, by an address that all of
 * them gave. Each fact is the one that was said last; consent is judged by `consentOf`, which keeps the strictest;
 * experiments go on with the id that was known first. Merging again, or in another order, changes nothing.
 */
export const mergeCustomers = (
  into: Customer,
  others: readonly Customer[],
  { addressId, givers }: Pick<Identity, 'addressId' | 'givers'>,
): Customer => {
  const all = others.reduce(joined, into);
  const sharedAddresses = joinedAddresses(all.sharedAddresses ?? {}, { [addressId]: givers });
  const since = knownSince(sharedAddresses, into.customerId);
  const merged = Object.fromEntries(
    Object.keys(all.merged).map((id) => [id, since.get(id) ?? all.merged[id] ?? '']),
  );
  const { assignment } = all;
  return {
    ...all,
    assignment: firstOf(assignment === undefined ? [] : [assignment], sharedAddresses),
    merged,
    sharedAddresses,
  };
};

/** Of two assignments the one that was made first. */
export const earlier = (a: Assignment, b: Assignment): Assignment =>
  (compareText(a.since, b.since) || compareText(a.id, b.id)) <= 0 ? a : b;

const firstOf = (
  assignments: readonly Assignment[],
  addresses: SharedAddresses,
): Assignment | undefined =>
  [
    ...assignments,
    ...Object.values(addresses).flatMap((givers) =>
      Object.entries(givers).map(([id, since]) => ({ id, since })),
    ),
  ].reduce<Assignment | undefined>((a, b) => (a === undefined ? b : earlier(a, b)), undefined);

const joined = (into: Customer, from: Customer): Customer => ({
  ...into,
  ...latestProfile(into, from),
  consents: from.consents.reduce(withStatement, into.consents),
  devices: latestOf(into.devices, from.devices),
  cases: latestOf(into.cases, from.cases),
  subscriptions: latestOf(into.subscriptions, from.subscriptions),
  ...latestLoyalty(into, from),
  ...firstAssignment(into, from),
  merged: { ...into.merged, ...from.merged, [from.customerId]: '' },
  sharedAddresses: joinedAddresses(into.sharedAddresses ?? {}, from.sharedAddresses ?? {}),
});

const latestProfile = (a: Customer, b: Customer): Pick<Customer, 'profile' | 'profileAt'> => {
  const { profile, profileAt } = isLater(toldProfile(b), toldProfile(a)) ? b : a;
  return { profile, profileAt };
};

/** A customer whose profile nobody told has an empty one from before all others. */
const toldProfile = ({ profile, profileAt = '' }: Customer) => ({ at: profileAt, profile });

const latestLoyalty = ({ loyalty: a }: Customer, { loyalty: b }: Customer) => ({
  loyalty: b !== undefined && isLater(b, a) ? b : a,
});

const firstAssignment = ({ assignment: a }: Customer, { assignment: b }: Customer) => ({
  assignment: a === undefined || b === undefined ? (a ?? b) : earlier(a, b),
});

const latestOf = <Fact extends { readonly at: Instant; readonly state?: string | undefined }>(
  a: Readonly<Record<string, Fact>>,
  b: Readonly<Record<string, Fact>>,
): Readonly<Record<string, Fact>> => {
  const all = new Map(Object.entries(a));
  for (const [id, fact] of Object.entries(b)) if (isLater(fact, all.get(id))) all.set(id, fact);
  return Object.fromEntries(all);
};

const joinedAddresses = (a: SharedAddresses, b: SharedAddresses): SharedAddresses => {
  const all = new Map(Object.entries(a));
  for (const [id, givers] of Object.entries(b))
    all.set(id, joinedGivers(all.get(id) ?? {}, givers));
  return Object.fromEntries(all);
};

/**
 * Since when each customer is known to be the survivor: the earliest instant at which addresses that two and
 * two had given by then led from one to the other. It follows from who gave what when, not from what came first.
 */
const knownSince = (addresses: SharedAddresses, survivor: string): ReadonlyMap<string, Instant> => {
  const since = new Map([[survivor, '']]);
  const groups = Object.entries(addresses).map(([id, givers]) => ownedBy(guestIdOf(id), givers));
  let isGrowing = true;
  while (isGrowing) {
    isGrowing = groups.map((givers) => spreadWithin(givers, since)).includes(true);
  }
  return since;
};

/** A guest is nothing but the address: it was theirs before they said so. */
const ownedBy = (guest: string, givers: Readonly<Record<string, Instant>>) =>
  Object.entries(givers).map(([id, at]) => ({ id, at: id === guest ? '' : at }));

/** Whether any became known, or known earlier, by an address that a known one gave. */
const spreadWithin = (
  givers: readonly { readonly id: string; readonly at: Instant }[],
  since: Map<string, Instant>,
): boolean => {
  const [first] = givers
    .flatMap(({ id, at }) => {
      const known = since.get(id);
      return known === undefined ? [] : [later(known, at)];
    })
    .toSorted(compareText);
  if (first === undefined) return false;
  const news = givers.filter(({ id, at }) => {
    const known = since.get(id);
    return known === undefined || later(first, at) < known;
  });
  for (const { id, at } of news) since.set(id, later(first, at));
  return news.length > 0;
};

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);
