import type { ContactHistory } from '../domain/contact-policy/contact-history.ts';

/** Remembers what each customer lately got and what is held back for them: caps are kept by it. */
export interface ContactLog {
  /** The newest write; an empty history of version 0 for a customer nothing is known of. */
  read(shop: string, customerId: string): Promise<ContactHistory>;

  /**
   * Stores the history as the version after `history.version`.
   *
   * @returns whether it was stored; not when somebody else wrote since `history` was read
   */
  write(history: ContactHistory): Promise<boolean>;
}
