import type { Contact } from '../orders/order-event.ts';
import type { Customer } from './customer.ts';
import { guestIdOf, isGuest } from './merge-customers.ts';

/** The customer that an order is of: by the shop's id, or else as a guest by the address; none without either. */
export const customerIdOf = ({ customerId, reach }: Contact): string | undefined => {
  if (customerId !== undefined) return customerId;
  const addressId = reach?.email?.id ?? reach?.sms?.id;
  return addressId === undefined ? undefined : guestIdOf(addressId);
};

/** Where messages on a channel go: what the order says, or else what is known of the customer. */
export interface Destination {
  readonly address: string;
  /** The address's keyed hash. */
  readonly id?: string | undefined;
}

type Knowing = { readonly contact: Contact; readonly customer?: Customer | undefined };

export const emailOf = ({ contact, customer }: Knowing): Destination | undefined => {
  const { reach, email } = contact;
  if (reach?.email !== undefined) return reach.email;
  if (email !== undefined) return { address: email };
  const { profile } = customer ?? {};
  if (profile?.reach?.email !== undefined) return profile.reach.email;
  return profile?.email === undefined ? undefined : { address: profile.email };
};

/** Only a number that could be read as one of its country: `reach` has it as E.164. */
export const phoneOf = ({ contact, customer }: Knowing): Destination | undefined =>
  contact.reach?.sms ?? customer?.profile.reach?.sms;

/** The account whose inbox in the shop's app takes messages; a guest has none. */
export const inboxOf = ({ contact, customer }: Knowing): string | undefined => {
  const id = customer?.customerId ?? contact.customerId;
  return id === undefined || isGuest(id) ? undefined : id;
};
