import type { Instant, Reachable } from '../orders/order-event.ts';
import type { Purpose } from '../touches/touch.ts';
import type { ConsentBasis, ConsentChannel, ConsentStatement } from './consent.ts';
import type { Givers } from './identity.ts';

export interface Profile {
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly name?: string | undefined;
  readonly locale?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly reach?: Reachable | undefined;
}

export type PushPlatform = 'GCM' | 'APNS';

/** A device that takes push messages, or no longer does; of one that does not, the platform says nothing. */
export interface Device {
  readonly state: 'active' | 'removed';
  readonly platform: PushPlatform;
  readonly at: Instant;
  readonly timeZone?: string | undefined;
}

export interface SupportCase {
  readonly state: 'open' | 'closed';
  readonly at: Instant;
  readonly topic?: string | undefined;
}

export interface Loyalty {
  readonly at: Instant;
  readonly tier?: string | undefined;
}

export interface Subscription {
  readonly sku: string;
  readonly state: 'active' | 'cancelled';
  readonly at: Instant;
}

/** By what experiments draw the customer's arm: of merged customers the id that was known first. */
export interface Assignment {
  readonly id: string;
  readonly since: Instant;
}

/** E-mail addresses that several ids gave, by keyed hash. */
export type SharedAddresses = Readonly<Record<string, Givers>>;

/** A shop's customer: who they are and what they agreed to. A guest is one too, by their address. */
export interface Customer {
  readonly shop: string;
  readonly customerId: string;
  readonly version: number;
  readonly profile: Profile;
  /** When the profile was last said to be so; an older event does not change it. */
  readonly profileAt?: Instant | undefined;
  /** What was said of consent, oldest first. */
  readonly consents: readonly ConsentStatement[];
  /** By push token. */
  readonly devices: Readonly<Record<string, Device>>;
  /** By the shop's id. */
  readonly cases: Readonly<Record<string, SupportCase>>;
  /** Absent: not in the loyalty programme. */
  readonly loyalty?: Loyalty | undefined;
  /** By the shop's id. */
  readonly subscriptions: Readonly<Record<string, Subscription>>;
  /** Absent until something dates the customer. */
  readonly assignment?: Assignment | undefined;
  /** The customer that this one turned out to be, who has all that was known of it: nothing else stands here. */
  readonly mergedInto?: string | undefined;
  /** Customers that turned out to be this one, by id: since when that could be known. */
  readonly merged: Readonly<Record<string, Instant>>;
  /** By which addresses they did; absent while nobody did. */
  readonly sharedAddresses?: SharedAddresses | undefined;
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
  readonly channel: ConsentChannel;
  readonly state: 'granted' | 'withdrawn';
  /** @default 'consent' */
  readonly basis?: ConsentBasis | undefined;
  /** @default false */
  readonly confirmed?: boolean | undefined;
  readonly source: string;
  readonly legalEntity?: string | undefined;
  readonly noticeVersion?: string | undefined;
  /** The order with which it was given: one that must be confirmed is asked about. */
  readonly orderId?: string | undefined;
}

export interface DeviceEvent extends EventOf<'DeviceRegistered' | 'DeviceRemoved'> {
  readonly token: string;
  /** @default 'GCM', of a device that is removed */
  readonly platform?: PushPlatform | undefined;
  readonly timeZone?: string | undefined;
}

export interface SupportCaseEvent extends EventOf<'SupportCaseOpened' | 'SupportCaseClosed'> {
  readonly caseId: string;
  readonly topic?: string | undefined;
  /** The order that it is about. */
  readonly orderId?: string | undefined;
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
export type CustomerEvent =
  | CustomerUpdated
  | ConsentChanged
  | DeviceEvent
  | SupportCaseEvent
  | LoyaltyEnrolled
  | SubscriptionEvent;

export const newCustomer = (shop: string, customerId: string): Customer => ({
  shop,
  customerId,
  version: 0,
  profile: {},
  consents: [],
  devices: {},
  cases: {},
  subscriptions: {},
  merged: {},
});

/** Whether a subscription was begun or renewed since, and runs. */
export const hasRenewedSince = (
  { subscriptions }: Pick<Customer, 'subscriptions'>,
  since: Instant,
): boolean =>
  Object.values(subscriptions).some(({ state, at }) => state === 'active' && at > since);

/** Whether the customer has the product on subscription. */
export const isSubscribedTo = (
  { subscriptions }: Pick<Customer, 'subscriptions'>,
  sku: string,
): boolean =>
  Object.values(subscriptions).some((each) => each.sku === sku && each.state === 'active');

/** Since when support has an open case of the customer; of several the one opened last. */
export const openCaseSince = ({ cases }: Pick<Customer, 'cases'>): Instant | undefined =>
  Object.values(cases)
    .flatMap(({ state, at }) => (state === 'open' ? at : []))
    .toSorted()
    .at(-1);

/** Tokens of the devices that take push messages, with their platforms. */
export const activeDevices = ({
  devices,
}: Pick<Customer, 'devices'>): readonly (readonly [token: string, device: Device])[] =>
  Object.entries(devices).filter(([, { state }]) => state === 'active');
