import type { AddressSuppression } from '../domain/contact-policy/suppression.ts';

/** Remembers addresses that may not be used any more, by their keyed hash, for all shops of the deployment. */
export interface Suppressions {
  /** Of those among these addresses that may not be used: why, and since when. */
  of(addressIds: readonly string[]): Promise<ReadonlyMap<string, AddressSuppression>>;

  /** Keeps the first. */
  add(addressId: string, suppression: AddressSuppression): Promise<void>;

  /** The owner of the address asked for messages again. */
  lift(addressId: string): Promise<void>;
}
