import { compareText } from '../compare-text.ts';
import type { Instant } from '../orders/order-event.ts';
import type { Channel, Purpose } from '../touches/touch.ts';

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
}

export interface CustomerUpdated {
  readonly type: 'CustomerUpdated';
  readonly eventId: string;
  readonly occurredAt: Instant;
  readonly shop: string;
  readonly customerId: string;
  readonly profile: Profile;
}

export interface ConsentChanged {
  readonly type: 'ConsentChanged';
  readonly eventId: string;
  readonly occurredAt: Instant;
  readonly shop: string;
  readonly customerId: string;
  readonly purpose: Purpose;
  readonly channel: Channel;
  readonly state: 'granted' | 'withdrawn';
  readonly source: string;
  readonly noticeVersion?: string | undefined;
}

export type CustomerEvent = CustomerUpdated | ConsentChanged;

export const newCustomer = (shop: string, customerId: string): Customer => ({
  shop,
  customerId,
  version: 0,
  profile: {},
  consents: {},
  suppressions: {},
});

/** Applies an event; the same customer comes back when it says nothing newer. Arrival order does not matter. */
export const applyToCustomer = (customer: Customer, event: CustomerEvent): Customer =>
  event.type === 'CustomerUpdated' ? updated(customer, event) : consented(customer, event);

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
