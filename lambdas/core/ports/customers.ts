import type { Customer } from '../domain/customers/customer.ts';

/** Knows the shops' customers. */
export interface Customers {
  /**
   * The customer of this id, or the one that it turned out to be.
   *
   * @throws where ids point to each other in a circle or in an endless row
   */
  read(shop: string, customerId: string): Promise<Customer | undefined>;

  /**
   * Stores the customer as the version after `customer.version`.
   *
   * @returns whether it was stored; not when somebody else wrote since `customer` was read
   */
  write(customer: Customer): Promise<boolean>;
}
