import type { Customer } from '../domain/customers/customer.ts';

/** Knows the shops' customers. */
export interface Customers {
  read(shop: string, customerId: string): Promise<Customer | undefined>;

  /**
   * Stores the customer as the version after `customer.version`.
   *
   * @returns whether it was stored; not when somebody else wrote since `customer` was read
   */
  write(customer: Customer): Promise<boolean>;
}
