import { incomingEvents } from '#core/contracts/incoming-events.ts';
import { seededRandom } from '#rehearsal/random.ts';
import { afterPlacing } from './after-placing.ts';
import { badDebts } from './bad-debts.ts';
import { type React, sampleCustomers } from './customer-model.ts';
import { between, logNormal, pickWeighted } from './draws.ts';
import { DAY_MS, SECOND_MS } from './duration.ts';
import { erasures } from './erasures.ts';
import { lagSeconds } from './fulfilment-rates.ts';
import type { PlacedOrder } from './order-life.ts';
import { repeatOrders } from './repeat-orders.ts';
import { sampleCases } from './sample-cases.ts';
import { catalogueEvents } from './sample-catalogue.ts';
import { malformedEvents } from './sample-malformed.ts';
import { offerEvents } from './sample-offers.ts';
import { placing } from './sample-order.ts';
import { peopleOf, sampleOrders } from './sample-orders.ts';
import type { SamplePerson } from './sample-people.ts';
import { SAMPLE_START, type SampleShop, sampleShops } from './sample-shops.ts';
import { byTime, type TimedEvent, told } from './timed-event.ts';

export interface SampleShopOptions {
  readonly seed: string;
}

/**
 * What the two sample shops tell in half a year: their catalogues and offers, the customers they know, the named
 * orders of `sampleCases`, two weeks of ordinary orders with what becomes of them and when they are repeated unasked,
 * what is written off, a customer each who asks to be forgotten, and the malformed events of `malformedEvents`. In
 * order of arrival; one seed gives one list. What happens on the confirmation pages is not told in advance: see
 * `playSampleShops`.
 */
export const sampleShop = ({ seed }: SampleShopOptions): readonly TimedEvent[] => {
  const startMs = Date.parse(SAMPLE_START);
  return [
    ...catalogueEvents(startMs),
    ...offerEvents(startMs + OFFERS_FROM_MS),
    ...sampleShops.flatMap((shop) => customerEvents(shop, seed)),
    ...sampleCases.flatMap(({ events }) => events),
    ...sampleShops.flatMap((shop) => orderEvents(shop, seed)),
    ...sampleShops.flatMap((shop) => badDebts(shop, seed)),
    ...sampleShops.flatMap((shop) => erasures(shop, seed)),
    ...malformedEvents.map(({ event }) => event),
  ].toSorted(byTime);
};

/** Everything that is ordered without a message having asked for it. */
const unaskedOrders = (shop: SampleShop, seed: string): readonly PlacedOrder[] => {
  const orders = sampleOrders(shop, seed);
  return [...orders, ...repeatOrders(shop, orders, seed)];
};

/** The customers of the sample shops, as they react to what they are sent. */
export const sampleReactions = ({ seed }: SampleShopOptions): React => {
  const ofCases = sampleCases.flatMap(({ events }) => events.flatMap(placedOrder));
  const drawn = sampleShops.flatMap((shop) => unaskedOrders(shop, seed));
  return sampleCustomers([...ofCases, ...drawn], seed);
};

const placedOrder = ({ detailType, detail }: TimedEvent): readonly PlacedOrder[] => {
  const placed = incomingEvents.OrderPlaced.safeParse(detail);
  return detailType === 'OrderPlaced' && placed.success ? [placed.data] : [];
};

const orderEvents = (shop: SampleShop, seed: string): readonly TimedEvent[] =>
  unaskedOrders(shop, seed).flatMap((order) => {
    const random = seededRandom(JSON.stringify([seed, shop.id, 'placing', order.orderId]));
    const lagMs = logNormal(random, lagSeconds) * SECOND_MS;
    return [
      placing(order, lagMs),
      ...checkoutConsents(order, seed),
      ...afterPlacing(order, { seed, shop }),
    ];
  });

/** When the catalogue has been told, one product a second. */
const OFFERS_FROM_MS = 60 * SECOND_MS;
const CUSTOMERS_FROM_MS = 90 * SECOND_MS;

/** Customers from before the first day, as a first synchronisation sends them, one a second. */
const customerEvents = (shop: SampleShop, seed: string): readonly TimedEvent[] =>
  peopleOf(shop, seed)
    .filter(({ isReturning }) => isReturning)
    .flatMap((person, at) => {
      const sentMs = Date.parse(SAMPLE_START) + CUSTOMERS_FROM_MS + at * SECOND_MS;
      return eventsOf(shop, person, sentMs, seed);
    });

const eventsOf = (
  shop: SampleShop,
  { contact: { customerId, ...profile }, hasApp }: SamplePerson,
  sentMs: number,
  seed: string,
): readonly TimedEvent[] => {
  if (customerId === undefined) return [];
  const random = seededRandom(JSON.stringify([seed, shop.id, 'consent', customerId]));
  const occurredAtMs = Math.round(sentMs - between(random, 20, 400) * DAY_MS);
  const telling = { shop: shop.id, occurredAtMs, lagMs: sentMs - occurredAtMs };
  const says = (
    channel: 'email' | 'sms' | 'push' | 'audience',
    state: 'granted' | 'withdrawn',
    basis?: 'soft-opt-in',
  ) =>
    told(
      'ConsentChanged',
      { ...telling, eventId: `consent/${customerId}/${channel}` },
      {
        customerId,
        purpose: 'marketing',
        channel,
        state,
        source: 'checkout',
        ...(basis === undefined ? { confirmed: true } : { basis }),
        noticeVersion: '2025-06',
      },
    );
  const state = pickWeighted(random, [
    ['granted', 35],
    ['soft-opt-in', 25],
    ['withdrawn', 10],
    ['unsaid', 30],
  ] as const);
  const token = `${pickWeighted(random, tokenKinds)}${shop.id}-${customerId}`;
  return [
    told(
      'CustomerUpdated',
      { ...telling, eventId: `customer/${customerId}/1` },
      { customerId, profile },
    ),
    ...(state === 'granted' || state === 'withdrawn' ? [says('email', state)] : []),
    ...(state === 'soft-opt-in' ? [says('email', 'granted', 'soft-opt-in')] : []),
    ...(state === 'granted' && random() < 0.3 ? [says('sms', 'granted')] : []),
    ...(random() < 0.2 ? [says('audience', 'granted')] : []),
    ...(hasApp
      ? [
          told(
            'DeviceRegistered',
            { ...telling, eventId: `device/${customerId}/1` },
            { customerId, token, platform: random() < 0.5 ? 'GCM' : 'APNS' },
          ),
          ...(random() < 0.7 ? [says('push', 'granted')] : []),
        ]
      : []),
  ];
};

/** Tokens that the rehearsal's push services answer otherwise: an app that was removed, a token that has changed. */
const tokenKinds = [
  ['token-', 90],
  ['gone-', 5],
  ['moved-', 5],
] as const;

/** What new customers say when they order: a yes that may have to be confirmed, or no objection. */
const checkoutConsents = (order: PlacedOrder, seed: string): readonly TimedEvent[] => {
  const { shop, orderId, occurredAt, contact } = order;
  const random = seededRandom(JSON.stringify([seed, shop, orderId, 'agrees']));
  const { customerId, email } = contact;
  const who = customerId === undefined ? { email } : { customerId };
  if ((customerId ?? email) === undefined || random() >= CHECKOUT_CONSENTS) return [];
  const isAsked = random() < 0.6;
  return [
    told(
      'ConsentChanged',
      {
        shop,
        eventId: `${orderId}/consent`,
        occurredAtMs: Date.parse(occurredAt),
        lagMs: SECOND_MS,
      },
      {
        ...who,
        orderId,
        purpose: 'marketing',
        channel: 'email',
        state: 'granted',
        basis: isAsked ? 'consent' : 'soft-opt-in',
        source: 'checkout',
        noticeVersion: '2026-01',
      },
    ),
  ];
};

/** Of the orders: those in which the customer agrees, or leaves the notice as it is. Assumption. */
const CHECKOUT_CONSENTS = 0.25;
