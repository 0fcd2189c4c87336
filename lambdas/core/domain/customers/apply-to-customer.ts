import { withStatement } from './consent.ts';
import type {
  Assignment,
  ConsentChanged,
  Customer,
  CustomerEvent,
  CustomerUpdated,
  Device,
  DeviceEvent,
  LoyaltyEnrolled,
  Subscription,
  SubscriptionEvent,
  SupportCase,
  SupportCaseEvent,
} from './customer.ts';
import { isLater } from './later-fact.ts';
import { earlier } from './merge-customers.ts';

/**
 * Applies an event; the same customer comes back when it says nothing newer. Arrival order does not matter.
 *
 * @param event of this customer, or of one that turned out to be this one
 */
export const applyToCustomer = (customer: Customer, event: CustomerEvent): Customer =>
  changed(customer, dated(customer, event), told(customer, event));

const dated = ({ assignment }: Customer, event: CustomerEvent): Assignment => {
  const { customerId: id, occurredAt: since } = event;
  return earlier(assignment ?? { id, since }, { id, since });
};

const changed = (before: Customer, assignment: Assignment, after: Customer): Customer =>
  before === after &&
  before.assignment?.id === assignment.id &&
  before.assignment.since === assignment.since
    ? before
    : { ...after, assignment };

const told = (customer: Customer, event: CustomerEvent): Customer => {
  switch (event.type) {
    case 'CustomerUpdated':
      return updated(customer, event);
    case 'ConsentChanged':
      return consented(customer, event);
    case 'DeviceRegistered':
    case 'DeviceRemoved':
      return withDevice(customer, event);
    case 'SupportCaseOpened':
    case 'SupportCaseClosed':
      return withCase(customer, event);
    case 'LoyaltyEnrolled':
      return enrolled(customer, event);
    case 'SubscriptionStarted':
    case 'SubscriptionRenewed':
    case 'SubscriptionCancelled':
      return subscribed(customer, event);
  }
};

const updated = (customer: Customer, event: CustomerUpdated): Customer => {
  const { profile, profileAt } = customer;
  const said = { at: event.occurredAt, profile: event.profile };
  const told = profileAt === undefined ? undefined : { at: profileAt, profile };
  return isLater(said, told)
    ? { ...customer, profile: said.profile, profileAt: said.at }
    : customer;
};

const consented = (customer: Customer, event: ConsentChanged): Customer => {
  const { eventId, purpose, channel, state, source, legalEntity, noticeVersion } = event;
  const { basis = 'consent', confirmed = false, occurredAt: at, customerId: by } = event;
  const why = { basis, confirmed, source, legalEntity, noticeVersion };
  const said = { eventId, purpose, channel, state, at, by, ...why };
  const consents = withStatement(customer.consents, said);
  return consents === customer.consents ? customer : { ...customer, consents };
};

const known = <Fact>(facts: Readonly<Record<string, Fact>>, id: string): Fact | undefined =>
  new Map(Object.entries(facts)).get(id);

const withDevice = (customer: Customer, event: DeviceEvent): Customer => {
  const { token, occurredAt: at, timeZone, platform = 'GCM' } = event;
  const state = event.type === 'DeviceRegistered' ? 'active' : 'removed';
  const said: Device = { state, at, timeZone, platform };
  return isLater(said, known(customer.devices, token))
    ? { ...customer, devices: { ...customer.devices, [token]: said } }
    : customer;
};

const withCase = (customer: Customer, event: SupportCaseEvent): Customer => {
  const { caseId, occurredAt: at, topic } = event;
  const state = event.type === 'SupportCaseOpened' ? 'open' : 'closed';
  const said: SupportCase = { state, at, topic };
  return isLater(said, known(customer.cases, caseId))
    ? { ...customer, cases: { ...customer.cases, [caseId]: said } }
    : customer;
};

const enrolled = (customer: Customer, { occurredAt: at, tier }: LoyaltyEnrolled): Customer =>
  isLater({ at, tier }, customer.loyalty) ? { ...customer, loyalty: { at, tier } } : customer;

const subscribed = (customer: Customer, event: SubscriptionEvent): Customer => {
  const { subscriptionId, sku, occurredAt: at, type } = event;
  const state = type === 'SubscriptionCancelled' ? 'cancelled' : 'active';
  const said: Subscription = { sku, state, at };
  return isLater(said, known(customer.subscriptions, subscriptionId))
    ? { ...customer, subscriptions: { ...customer.subscriptions, [subscriptionId]: said } }
    : customer;
};
