import { compareText } from '../compare-text.ts';
import type { Instant } from '../orders/order-event.ts';
import type { Channel, MessageChannel, Purpose } from '../touches/touch.ts';

export interface Profile {
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly name?: string | undefined;
  readonly locale?: string | undefined;
  readonly timeZone?: string | undefined;
}

export interface Consent {
  readonly state: 'granted' | 'withdrawn';
  readonly at: Instant;
  /** Where the customer said so: `checkout`, `preference-centre`, … */
  readonly source: string;
  /** Version of the notice that was shown. */
  readonly noticeVersion?: string | undefined;
}

/** Why a channel may not be used at all, whatever was agreed. */
export interface Suppression {
  readonly reason: 'bounced' | 'complained' | 'stopped';
  readonly at: Instant;
}

/** Consent is given for a purpose on a channel. */
export type ConsentKey = `${Purpose}/${Channel}`;

export interface Loyalty {
  readonly at: Instant;
  readonly tier?: string | undefined;
}

export interface Subscription {
  readonly sku: string;
  readonly state: 'active' | 'cancelled';
  readonly at: Instant;
}

/** A shop's customer: who, what they agreed to, and where they can no longer be reached. */
export interface Customer {
  readonly shop: string;
  readonly customerId: string;
  readonly version: number;
  readonly profile: Profile;
  /** When the profile was last said to be so; an older event does not change it. */
  readonly profileAt?: Instant | undefined;
  readonly consents: Readonly<Partial<Record<ConsentKey, Consent>>>;
  readonly suppressions: Readonly<Partial<Record<Channel, Suppression>>>;
  /** Absent: not in the loyalty programme. */
  readonly loyalty?: Loyalty | undefined;
  /** By the shop's id. */
  readonly subscriptions?: Readonly<Record<string, Subscription>> | undefined;
}

interface EventOf<Type extends string> {
  readonly type: Type;
  readonly eventId: string;
  readonly occurredAt: Instant;
  readonly shop: string;
  readonly customerId: string;
}

export interface CustomerUpdated extends EventOf<'CustomerUpdated'> {
  readonly profile: Profile;
}

export interface ConsentChanged extends EventOf<'ConsentChanged'> {
  readonly purpose: Purpose;
  readonly channel: MessageChannel;
  readonly state: 'granted' | 'withdrawn';
  readonly source: string;
  readonly noticeVersion?: string | undefined;
}

export interface LoyaltyEnrolled extends EventOf<'LoyaltyEnrolled'> {
  readonly tier?: string | undefined;
}

export interface SubscriptionEvent extends EventOf<
  'SubscriptionStarted' | 'SubscriptionRenewed' | 'SubscriptionCancelled'
> {
  readonly subscriptionId: string;
  readonly sku: string;
}

/** What a shop's systems tell of a customer. */
export type CustomerEvent = CustomerUpdated | ConsentChanged | LoyaltyEnrolled | SubscriptionEvent;

export const newCustomer = (shop: string, customerId: string): Customer => ({
  shop,
  customerId,
  version: 0,
  profile: {},
  consents: {},
  suppressions: {},
});

/** Applies an event; the same customer comes back when it says nothing newer. Arrival order does not matter. */
export const applyToCustomer = (customer: Customer, event: CustomerEvent): Customer => {
  switch (event.type) {
    case 'CustomerUpdated':
      return updated(customer, event);
    case 'ConsentChanged':
      return consented(customer, event);
    case 'LoyaltyEnrolled':
      return enrolled(customer, event);
    case 'SubscriptionStarted':
    case 'SubscriptionRenewed':
    case 'SubscriptionCancelled':
      return subscribed(customer, event);
  }
};

/** Whether a subscription was begun or renewed since, and runs. */
export const hasRenewedSince = (
  { subscriptions = {} }: Pick<Customer, 'subscriptions'>,
  since: Instant,
): boolean =>
  Object.values(subscriptions).some(({ state, at }) => state === 'active' && at > since);

/** Whether the customer has the product on subscription. */
export const isSubscribedTo = (
  { subscriptions = {} }: Pick<Customer, 'subscriptions'>,
  sku: string,
): boolean =>
  Object.values(subscriptions).some((each) => each.sku === sku && each.state === 'active');

const updated = (customer: Customer, event: CustomerUpdated): Customer => {
  const { profile, profileAt } = customer;
  const isNewer =
    profileAt === undefined ||
    event.occurredAt > profileAt ||
    (event.occurredAt === profileAt && compareText(keyOf(event.profile), keyOf(profile)) > 0);
  return isNewer ? { ...customer, profile: event.profile, profileAt: event.occurredAt } : customer;
};

/** Two updates of one instant: either could be right, so the choice only has to be the same each time. */
const keyOf = (profile: Profile): string =>
  JSON.stringify(Object.entries(profile).toSorted(([a], [b]) => compareText(a, b)));

const consented = (customer: Customer, event: ConsentChanged): Customer => {
  const key: ConsentKey = `${event.purpose}/${event.channel}`;
  const known = customer.consents[key];
  const { state, occurredAt: at, source, noticeVersion } = event;
  const said = { state, at, source, noticeVersion };
  const isNewer =
    known === undefined || at > known.at || (at === known.at && outranks(said, known));
  return isNewer ? { ...customer, consents: { ...customer.consents, [key]: said } } : customer;
};

/** Of two answers of one instant the withdrawal stands; of two alike, the same each time. */
const outranks = (said: Consent, known: Consent): boolean =>
  said.state === known.state
    ? compareText(evidenceOf(said), evidenceOf(known)) > 0
    : said.state === 'withdrawn';

const evidenceOf = ({ source, noticeVersion }: Consent): string =>
  JSON.stringify([source, noticeVersion]);

/** The latest stands; of one instant the greater tier, so that it is the same each time. */
const enrolled = (customer: Customer, { occurredAt: at, tier }: LoyaltyEnrolled): Customer => {
  const { loyalty } = customer;
  const isNewer =
    loyalty === undefined ||
    at > loyalty.at ||
    (at === loyalty.at && compareText(tier ?? '', loyalty.tier ?? '') > 0);
  return isNewer ? { ...customer, loyalty: { at, tier } } : customer;
};

/** The latest stands. */
const subscribed = (customer: Customer, event: SubscriptionEvent): Customer => {
  const { subscriptionId, sku, occurredAt: at, type } = event;
  const { subscriptions = {} } = customer;
  const known = new Map(Object.entries(subscriptions)).get(subscriptionId);
  const state = type === 'SubscriptionCancelled' ? 'cancelled' : 'active';
  const said: Subscription = { sku, state, at };
  const isNewer =
    known === undefined || at > known.at || (at === known.at && supersedes(said, known));
  if (!isNewer) return customer;
  return { ...customer, subscriptions: { ...subscriptions, [subscriptionId]: said } };
};

/** Of two of one instant the end stands; of two alike the greater SKU, so that it is the same each time. */
const supersedes = (said: Subscription, known: Subscription): boolean =>
  said.state === known.state ? compareText(said.sku, known.sku) > 0 : said.state === 'cancelled';
