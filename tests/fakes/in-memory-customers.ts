import { followMerges } from '#core/adapters/follow-merges.ts';
import { customerKey } from '#core/contracts/tables.ts';
import type { Customer } from '#core/domain/customers/customer.ts';
import type { Customers } from '#core/ports/customers.ts';

export const inMemoryCustomers = (...customers: readonly Customer[]): Customers => {
  const stored = new Map(customers.map((each) => [customerKey(each.shop, each.customerId), each]));
  return {
    read: followMerges(async (shop, customerId) => stored.get(customerKey(shop, customerId))),

    write: async (customer) => {
      const key = customerKey(customer.shop, customer.customerId);
      if ((stored.get(key)?.version ?? 0) !== customer.version) return false;
      stored.set(key, structuredClone({ ...customer, version: customer.version + 1 }));
      return true;
    },
  };
};
