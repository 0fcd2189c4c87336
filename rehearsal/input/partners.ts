import { type IncomingDetail, incomingEvents } from '#core/contracts/incoming-events.ts';
import { seededRandom } from '#rehearsal/random.ts';
import type { Envelope } from '../services/event-bus.ts';
import { BUYS_THERE, commissionDays, JOINS, REVERSED, reversalDays } from './confirmation-rates.ts';
import { between, type Random } from './draws.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from './duration.ts';
import { idWithin, type PlacedOrder } from './order-life.ts';
import { sampleOffer } from './sample-offers.ts';
import type { ShopOrders } from './shop-orders.ts';
import { type TimedEvent, told, toldOfOrder } from './timed-event.ts';

type Clicked = IncomingDetail<'OfferClicked'>;

/**
 * What follows from a link of the confirmation page that was followed. Of those who go to a partner who pays by the
 * purchase some buy: a commission days later, sometimes taken back. Of those with an account who look at a membership
 * some join. A click that comes twice is one. What follows depends on the seed and the offer of the order alone.
 */
export const followedOffers = ({
  orders,
  seed,
}: {
  readonly orders: ShopOrders;
  readonly seed: string;
}) => {
  const heard = new Set<string>();
  return (envelope: Envelope): readonly TimedEvent[] => {
    const clicked = clickedIn(envelope);
    if (clicked === undefined || heard.has(clicked.impressionId)) return [];
    heard.add(clicked.impressionId);
    const { shop, orderId, offerId } = clicked;
    const order = orders.find(shop, orderId);
    const random = seededRandom(JSON.stringify([seed, shop, orderId, 'followed', offerId]));
    return order === undefined ? [] : followed({ clicked, order, random });
  };
};

const clickedIn = (envelope: Envelope): Clicked | undefined =>
  envelope['detail-type'] === 'OfferClicked'
    ? incomingEvents.OfferClicked.safeParse(envelope['detail']).data
    : undefined;

interface Followed {
  readonly clicked: Clicked;
  readonly order: PlacedOrder;
  readonly random: Random;
}

const followed = (at: Followed): readonly TimedEvent[] => {
  const { shop, offerId } = at.clicked;
  const offer = sampleOffer(shop, offerId);
  if (offer?.type === 'loyalty') return joining(at);
  const { partner, value } = offer ?? {};
  return partner !== undefined && value?.kind === 'cpa'
    ? commission(at, partner, value.amountMinor)
    : [];
};

const commission = (
  { clicked, order, random }: Followed,
  partner: string,
  amountMinor: number,
): readonly TimedEvent[] => {
  if (random() >= BUYS_THERE) return [];
  const { shop, orderId, sessionId, offerId, occurredAt } = clicked;
  const commissionId = idWithin(orderId, `-${offerId}`);
  const confirmedMs = daysAfter(Date.parse(occurredAt), commissionDays, random);
  const reversedMs = daysAfter(confirmedMs, reversalDays, random);
  const telling = (key: string, occurredAtMs: number) => ({
    shop,
    orderId,
    eventId: `${commissionId}/${key}`,
    occurredAtMs,
    lagMs: between(random, 1, 60) * MINUTE_MS,
  });
  const amount = { amountMinor, currency: order.total.currency };
  const says = { commissionId, partner, amount, sessionId, offerId };
  return [
    toldOfOrder('CommissionConfirmed', telling('confirmed', confirmedMs), says),
    ...(random() < REVERSED
      ? [toldOfOrder('CommissionReversed', telling('reversed', reversedMs), { commissionId })]
      : []),
  ];
};

const joining = ({ clicked, order, random }: Followed): readonly TimedEvent[] => {
  const { customerId } = order.contact;
  if (customerId === undefined || random() >= JOINS) return [];
  const { shop, orderId, occurredAt } = clicked;
  const occurredAtMs = Math.round(Date.parse(occurredAt) + between(random, 1, 6) * MINUTE_MS);
  const eventId = idWithin(orderId, '/page-joined');
  const telling = { shop, eventId, occurredAtMs, lagMs: SECOND_MS };
  return [told('LoyaltyEnrolled', telling, { customerId })];
};

const daysAfter = (
  ms: number,
  { least, most }: { readonly least: number; readonly most: number },
  random: Random,
): number => Math.round(ms + between(random, least, most) * DAY_MS);
