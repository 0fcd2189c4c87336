import type { Identity } from '../domain/customers/identity.ts';

/** Knows which of a shop's customers gave which e-mail address, by its keyed hash. */
export interface Identities {
  read(shop: string, addressId: string): Promise<Identity | undefined>;

  /**
   * Stores the identity as the version after `identity.version`.
   *
   * @returns whether it was stored; not when somebody else wrote since `identity` was read
   */
  write(identity: Identity): Promise<boolean>;
}
