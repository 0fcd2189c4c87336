import { toCustomer } from '#core/adapters/dynamo-customers.ts';
import { toOrderLog } from '#core/adapters/dynamo-order-logs.ts';
import { personalRecords } from '#core/adapters/personal-records.ts';
import type { PersonalRows } from '#core/adapters/personal-rows.ts';
import { writtenAddresses } from '#core/adapters/written-addresses.ts';
import { customerIdOf } from '#core/domain/customers/reach.ts';
import type { Instant } from '#core/domain/orders/order-event.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import { idsOfPerson } from '#core/privacy/erase-person.ts';
import type { StateRows } from './state-rows.ts';

export interface Person {
  readonly shop: string;
  readonly customerIds: readonly string[];
}

/** Whether somebody is named by an e-mail address, and not by the shop's id. */
export const isEmail = (who: string): boolean => writtenAddresses.email(who) !== undefined;

/** The ids of whoever has this one, in each of the shops that know them. */
export const personOfId = async (
  rows: PersonalRows,
  shops: readonly string[],
  customerId: string,
  requestedAt: Instant,
): Promise<readonly Person[]> => {
  const records = personalRecords(rows);
  const people = await Promise.all(
    shops.map(async (shop) => {
      const customerIds = await idsOfPerson(records, { shop, customerId, requestedAt });
      const isKnown =
        (await records.customer(shop, customerId)) !== undefined ||
        (await Promise.all(customerIds.map((id) => records.purchases(shop, id)))).flat().length > 0;
      return isKnown ? [{ shop, customerIds }] : [];
    }),
  );
  return people.flat();
};

/** The ids of whoever gave an e-mail address in any spelling, to each of the shops. */
export const personOfEmail = async (
  rows: StateRows,
  shops: readonly string[],
  email: string,
  requestedAt: Instant,
): Promise<readonly Person[]> => {
  const wanted = writtenAddresses.email(email);
  const isTheirs = (address: string | undefined): boolean =>
    address !== undefined && writtenAddresses.email(address) === wanted;
  const ofOrders = (await rows.all('orders')).map(toOrderLog).flatMap(({ shop, events }) => {
    const contact = orderOf(events)?.contact;
    const customerId = contact === undefined ? undefined : customerIdOf(contact);
    return customerId !== undefined && isTheirs(contact?.email) ? [{ shop, customerId }] : [];
  });
  const ofProfiles = (await rows.all('customers'))
    .map(toCustomer)
    .filter(({ profile }) => isTheirs(profile.email));
  const found = [...ofOrders, ...ofProfiles].filter(({ shop }) => shops.includes(shop));
  const people = await Promise.all(
    found.map(({ shop, customerId }) => personOfId(rows, [shop], customerId, requestedAt)),
  );
  return [...new Map(people.flat().map((each) => [JSON.stringify(each), each])).values()];
};
