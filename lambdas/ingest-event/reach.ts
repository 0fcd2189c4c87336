import type { ShopConfig } from '#core/contracts/config.ts';
import type { Contact, OrderEvent, Reachable } from '#core/domain/orders/order-event.ts';
import type { AddressReader } from '#core/ports/address-reader.ts';
import type { IdentityHash } from '#core/ports/identity-hash.ts';

export interface ReachDeps {
  readonly addresses: AddressReader;
  readonly hashAddress: IdentityHash;
  readonly shops: Readonly<Record<string, Pick<ShopConfig, 'country'>>>;
}

type Written = Pick<Contact, 'email' | 'phone'>;

/**
 * Where somebody can be reached; an address that cannot be read leaves its channel out.
 *
 * @param countries in which a phone number without a country code may be, the likeliest first
 */
export const reachOf = async (
  { addresses, hashAddress }: Pick<ReachDeps, 'addresses' | 'hashAddress'>,
  { email, phone }: Written,
  countries: readonly (string | undefined)[],
): Promise<Reachable | undefined> => {
  const spelled = email === undefined ? undefined : addresses.email(email);
  const known = countries.flatMap((country) => country ?? []);
  const number = phone === undefined ? undefined : addresses.mobile(phone, known);
  if ((spelled ?? number) === undefined) return undefined;
  return {
    ...(email === undefined || spelled === undefined
      ? {}
      : { email: { address: email.trim(), id: await hashAddress('email', spelled) } }),
    ...(number === undefined
      ? {}
      : { sms: { address: number, id: await hashAddress('sms', number) } }),
  };
};

/** An order with where its customer can be reached; any other event as it is. */
export const withReach = async (deps: ReachDeps, event: OrderEvent): Promise<OrderEvent> => {
  if (event.type !== 'OrderPlaced') return event;
  const { contact, shipTo, shop } = event;
  const reach = await reachOf(deps, contact, [shipTo?.country, deps.shops[shop]?.country]);
  return reach === undefined ? event : { ...event, contact: { ...contact, reach } };
};
