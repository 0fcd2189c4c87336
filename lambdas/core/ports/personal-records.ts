import type { ContactHistory } from '../domain/contact-policy/contact-history.ts';
import type { Customer } from '../domain/customers/customer.ts';
import type { Identity } from '../domain/customers/identity.ts';
import type { Purchase } from '../domain/customers/purchase.ts';
import type { OfferSeen } from '../domain/offers/session-facts.ts';
import type { Session } from '../domain/sessions/session.ts';
import type { Evidence } from '../domain/ledger/evidence.ts';
import type { OrderLog } from '../domain/orders/order-log.ts';
import type { TouchRecord } from '../domain/touches/touch-record.ts';
import type { InboxMessage } from './inbox.ts';
import type { ShortLink } from './short-links.ts';

/** Something that is stored, as it was read. */
export interface Stored<Value> {
  readonly value: Value;
  /**
   * Writes what is to stand there instead, or takes it away.
   *
   * @returns whether it was done; not when somebody else wrote since it was read
   */
  readonly replace: (value: Value | undefined) => Promise<boolean>;
}

export interface OffersSeen {
  readonly version: number;
  readonly seen: readonly OfferSeen[];
}

/** Everything that is stored of a person, by where it stands: to be given to them, and to be forgotten. */
export interface PersonalRecords {
  /** What stands under this very id: where it is a pointer, the pointer. */
  customer(shop: string, customerId: string): Promise<Stored<Customer> | undefined>;

  /** The addresses that any of these gave. Looks at every address of the deployment. */
  identities(shop: string, customerIds: readonly string[]): Promise<readonly Stored<Identity>[]>;

  history(shop: string, customerId: string): Promise<Stored<ContactHistory> | undefined>;

  inbox(shop: string, customerId: string): Promise<readonly Stored<InboxMessage>[]>;

  /** Replaced only by nothing, wherever else it stands too. */
  evidence(shop: string, customerId: string): Promise<readonly Stored<Evidence>[]>;

  /** All of them. */
  purchases(shop: string, customerId: string): Promise<readonly Stored<Purchase>[]>;

  order(shop: string, orderId: string): Promise<Stored<OrderLog> | undefined>;

  touches(shop: string, orderId: string): Promise<readonly Stored<TouchRecord>[]>;

  /** The short links of these orders' messages. Looks at every link of the deployment. */
  links(shop: string, orderIds: readonly string[]): Promise<readonly Stored<ShortLink>[]>;

  /** The name that the lake knows the customer by. */
  pseudonym(shop: string, customerId: string): Promise<Stored<string> | undefined>;

  /** Which offers they were shown. */
  offersSeen(shop: string, customerId: string): Promise<Stored<OffersSeen> | undefined>;

  /** Of the order's confirmation page. */
  session(shop: string, orderId: string): Promise<Stored<Session> | undefined>;

  /** What the models last said of a pseudonym. */
  score(pseudonym: string): Promise<Stored<Readonly<Record<string, unknown>>> | undefined>;
}
