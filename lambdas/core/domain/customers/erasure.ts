import type { ContactHistory } from '../contact-policy/contact-history.ts';
import type { Instant } from '../orders/order-event.ts';
import type { Customer } from './customer.ts';
import type { Identity } from './identity.ts';

/**
 * What is left of a customer who asked to be forgotten: what was said after that, of somebody who came again. A request
 * that is repeated, or replayed from the archive months later, so takes nothing of theirs.
 *
 * @param requestedAt what was said up to then, goes
 * @returns nothing where nothing is left
 */
export const keptOfCustomer = (customer: Customer, requestedAt: Instant): Customer | undefined => {
  const { profile, profileAt, consents, devices, cases, subscriptions, merged } = customer;
  const isNewer = isAfter(requestedAt);
  const hasNewProfile = isNewer({ at: profileAt });
  const kept: Customer = {
    ...customer,
    mergedInto: undefined,
    profile: hasNewProfile ? profile : {},
    profileAt: hasNewProfile ? profileAt : undefined,
    consents: consents.filter(isNewer),
    devices: newerOf(devices, requestedAt),
    cases: newerOf(cases, requestedAt),
    subscriptions: newerOf(subscriptions, requestedAt),
    loyalty: isNewer(customer.loyalty ?? {}) ? customer.loyalty : undefined,
    assignment: isNewer({ at: customer.assignment?.since }) ? customer.assignment : undefined,
    merged: laterThan(merged, requestedAt),
    sharedAddresses: sharedSince(customer, requestedAt),
  };
  return isEmpty(kept) ? undefined : kept;
};

interface Dated {
  readonly at?: Instant | undefined;
}

const isAfter =
  (requestedAt: Instant) =>
  ({ at = '' }: Dated): boolean =>
    at > requestedAt;

const newerOf = <Fact extends Dated>(
  facts: Readonly<Record<string, Fact>>,
  requestedAt: Instant,
): Readonly<Record<string, Fact>> =>
  Object.fromEntries(Object.entries(facts).filter(([, fact]) => isAfter(requestedAt)(fact)));

const laterThan = (instants: Readonly<Record<string, Instant>>, requestedAt: Instant) =>
  Object.fromEntries(Object.entries(instants).filter(([, at]) => at > requestedAt));

const sharedSince = (
  { sharedAddresses = {} }: Customer,
  requestedAt: Instant,
): Customer['sharedAddresses'] => {
  const left = Object.entries(sharedAddresses)
    .map(([id, givers]) => [id, laterThan(givers, requestedAt)] as const)
    .filter(([, givers]) => Object.keys(givers).length > 0);
  return left.length === 0 ? undefined : Object.fromEntries(left);
};

/** The ids under which somebody is known who asks to be forgotten: theirs, and whom they turned out to be by then. */
export const idsToForget = (
  { customerId, merged }: Pick<Customer, 'customerId' | 'merged'>,
  requestedAt: Instant,
): readonly string[] => [
  customerId,
  ...Object.entries(merged).flatMap(([id, since]) => (since > requestedAt ? [] : id)),
];

const isEmpty = (customer: Customer): boolean => {
  const { consents, devices, cases, subscriptions, merged, ...rest } = customer;
  const { profileAt, loyalty, assignment } = rest;
  return (
    [consents, devices, cases, subscriptions, merged].every(
      (each) => Object.keys(each).length === 0,
    ) && (profileAt ?? loyalty ?? assignment) === undefined
  );
};

/** The address without those who gave it up to then under one of these ids; nothing where nobody is left. */
export const keptOfIdentity = (
  identity: Identity,
  customerIds: readonly string[],
  requestedAt: Instant,
): Identity | undefined => {
  const left = Object.entries(identity.givers).filter(
    ([id, at]) => at > requestedAt || !customerIds.includes(id),
  );
  if (left.length === 0) return undefined;
  return left.length === Object.keys(identity.givers).length
    ? identity
    : { ...identity, givers: Object.fromEntries(left) };
};

/** What was sent or held since; nothing where nothing was. */
export const keptOfHistory = (
  history: ContactHistory,
  requestedAt: Instant,
): ContactHistory | undefined => {
  const contacts = history.contacts.filter(isAfter(requestedAt));
  const held = history.held.filter(({ since }) => since > requestedAt);
  return contacts.length + held.length === 0 ? undefined : { ...history, contacts, held };
};
