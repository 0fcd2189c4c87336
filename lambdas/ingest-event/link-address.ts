import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import { type Customer, newCustomer } from '#core/domain/customers/customer.ts';
import { type Identity, newIdentity, withGiver } from '#core/domain/customers/identity.ts';
import { mergeCustomers, survivorOf } from '#core/domain/customers/merge-customers.ts';
import type { Instant } from '#core/domain/orders/order-event.ts';
import { retryOnConflict } from '#core/domain/retry-on-conflict.ts';
import type { Customers } from '#core/ports/customers.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { Identities } from '#core/ports/identities.ts';

export interface LinkAddressDeps {
  readonly customers: Customers;
  readonly identities: Identities;
  readonly publisher: EventPublisher;
}

/** Somebody gave an e-mail address. */
export interface Giving {
  readonly shop: string;
  readonly customerId: string;
  readonly addressId: string;
  readonly at: Instant;
}

/**
 * Makes one customer of all who gave the address. One read where that is known; every step can be done again, and
 * what a crash cut off is finished when the event comes again or the address is given next.
 */
export const linkAddress = (deps: LinkAddressDeps, giving: Giving): Promise<true> =>
  retryOnConflict(async () => {
    const { shop, addressId, customerId, at } = giving;
    const known = (await deps.identities.read(shop, addressId)) ?? newIdentity(shop, addressId);
    const given = withGiver(known, customerId, at);
    if (given === known && known.isSettled) return true;
    if (given !== known && !(await deps.identities.write(given))) return undefined;
    if (given.isSettled) return true;
    const survivor = await unite(deps.customers, given);
    if (survivor === undefined) return undefined;
    const merges = mergesOf(given, survivor);
    if (merges.length > 0) await deps.publisher.publish(merges);
    const version = given === known ? known.version : given.version + 1;
    // Who wrote meanwhile settles it.
    await deps.identities.write({ ...given, version, isSettled: true });
    return true;
  });

/**
 * The survivor first gets everything that the others have, then they point to it: what a pointer hides is never
 * missing. A pointer is only written over the very version that was copied, so nothing said meanwhile is lost.
 *
 * @returns who all are now; nobody when somebody else wrote to one of them
 */
const unite = async (
  customers: Customers,
  identity: Identity,
): Promise<Customer['customerId'] | undefined> => {
  const [first, ...rest] = await survivorsOf(customers, identity);
  if (first === undefined) throw new Error('an address that nobody gave cannot be settled');
  const all = [first, ...rest];
  const id = rest.reduce((least, each) => survivorOf(least, each.customerId), first.customerId);
  const survivor = all.find(({ customerId }) => customerId === id) ?? first;
  const others = all.filter((each) => each !== survivor);

  const merged = mergeCustomers(survivor, others, identity);
  if (!isSame(merged, survivor) && !(await customers.write(merged))) return undefined;
  for (const other of others) if (!(await customers.write(pointer(other, id)))) return undefined;
  return id;
};

/** Told once for each that is somebody else now, and again when the address's owners change. */
const mergesOf = ({ shop, givers }: Identity, into: string): readonly OutgoingEvent[] =>
  Object.entries(givers).flatMap(([customerId, occurredAt]) =>
    customerId === into
      ? []
      : [
          {
            type: 'CustomersMerged' as const,
            detail: {
              eventId: `customers-merged/${customerId}/${into}`,
              occurredAt,
              schemaVersion: SCHEMA_VERSION,
              shop,
              customerId,
              into,
            },
          },
        ],
  );

/** What was known of the customer is kept once, with the survivor. */
const pointer = ({ shop, customerId, version }: Customer, mergedInto: string): Customer => ({
  ...newCustomer(shop, customerId),
  version,
  mergedInto,
});

/** The customers that all who gave the address have become by now, each once. */
const survivorsOf = async (
  customers: Customers,
  { shop, givers }: Identity,
): Promise<readonly Customer[]> => {
  const found = await Promise.all(
    Object.keys(givers).map(
      async (id) => (await customers.read(shop, id)) ?? newCustomer(shop, id),
    ),
  );
  return [...new Map(found.map((each) => [each.customerId, each])).values()];
};

/** A merge that adds nothing keeps the order of all keys. */
const isSame = (a: Customer, b: Customer): boolean => JSON.stringify(a) === JSON.stringify(b);
