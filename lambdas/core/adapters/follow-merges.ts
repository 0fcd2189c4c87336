import type { Customer } from '../domain/customers/customer.ts';
import type { Customers } from '../ports/customers.ts';

/** Each hop leads to a lesser id: of 25 ids in random order about four become the least one after another. */
const MOST_HOPS = 20;

/**
 * Reads the customer that an id has become.
 *
 * @param readRecord what is stored under an id, be it a customer or a pointer to one
 * @throws where a pointer leads nowhere, or the row of pointers does not end
 */
export const followMerges =
  (readRecord: Customers['read']): Customers['read'] =>
  async (shop, customerId) => {
    let customer = await readRecord(shop, customerId);
    for (let hops = 0; customer?.mergedInto !== undefined; hops += 1) {
      if (hops === MOST_HOPS)
        throw new Error(
          `customer ${customerId} of ${shop} has been merged ${MOST_HOPS} times in a row: expected an end, look for a circle of mergedInto at ${customer.customerId}`,
        );
      customer = await survivorIn(readRecord, customer);
    }
    return customer;
  };

const survivorIn = async (
  readRecord: Customers['read'],
  { shop, customerId, mergedInto = customerId }: Customer,
): Promise<Customer> => {
  const survivor = await readRecord(shop, mergedInto);
  if (survivor === undefined)
    throw new Error(
      `customer ${customerId} of ${shop} was merged into ${mergedInto}, which is not stored: restore it, or remove the pointer`,
    );
  return survivor;
};
