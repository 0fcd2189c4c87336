import { seededRandom } from '#rehearsal/random.ts';
import { type Accepted, type Tell, tellingOfPage } from './confirmation-page.ts';
import { commissionDays, pageSeconds, REVERSED, reversalDays } from './confirmation-rates.ts';
import { between, type Random } from './draws.ts';
import { DAY_MS, SECOND_MS } from './duration.ts';
import { idWithin, type PlacedOrder } from './order-life.ts';
import { line } from './sample-order.ts';
import type { SampleOffer } from './sample-offers.ts';
import type { SampleShop } from './sample-shops.ts';
import { type TimedEvent, told } from './timed-event.ts';

/** What follows from an offer that was taken up. */
export interface TakenUp {
  readonly events: readonly TimedEvent[];
  /** With what was added. */
  readonly order: PlacedOrder;
  /** When the order became so; absent where it stays as it was. */
  readonly amendedMs?: number | undefined;
}

/**
 * A product is added to the order minutes later, at its price and with the shop's sales tax but without more shipping;
 * a partner confirms a commission days later and sometimes takes it back; who joins is a member. Depends on the seed
 * and the order alone.
 */
export const takenUp = (
  order: PlacedOrder,
  accepted: Accepted,
  { seed, shop }: { readonly seed: string; readonly shop: SampleShop },
): TakenUp => {
  const random = seededRandom(JSON.stringify([seed, order.shop, order.orderId, 'takes-up']));
  const tell = tellingOfPage(order, random);
  const { offer, sessionId, impressionId, atMs } = accepted;
  const { offerId } = offer;
  const yes = tell('OfferAccepted', 'accepted', atMs, { sessionId, impressionId, offerId });
  const taking = { order, accepted, shop, random, tell };
  if ('sku' in offer) {
    const { events, ...added } = addition(taking, offer);
    return { ...added, events: [yes, ...events] };
  }
  const events = 'partner' in offer ? commission(taking, offer) : joining(taking, offer);
  return { events: [yes, ...events], order };
};

interface Taking {
  readonly order: PlacedOrder;
  readonly accepted: Accepted;
  readonly shop: SampleShop;
  readonly random: Random;
  readonly tell: Tell;
}

const addition = (
  { order, accepted: { sessionId, atMs }, shop, random, tell }: Taking,
  { sku, offerId }: Extract<SampleOffer, { sku: string }>,
): TakenUp => {
  const { least, most } = pageSeconds.amended;
  const amendedMs = Math.round(atMs + between(random, least, most) * SECOND_MS);
  const added = {
    lineId: `L${order.lines.length + 1}`,
    ...line(sku, 1, { origin: { sessionId, offerId } }),
  };
  const price = added.unitPrice.amountMinor;
  const total = {
    ...order.total,
    amountMinor: order.total.amountMinor + price + Math.round(price * shop.salesTax),
  };
  return {
    events: [tell('OrderAmended', 'added', amendedMs, { addedLines: [added], total })],
    order: { ...order, lines: [...order.lines, added], total },
    amendedMs,
  };
};

const commission = (
  { order, accepted: { sessionId, atMs }, random, tell }: Taking,
  { partner, offerId, commission: amount }: Extract<SampleOffer, { partner: string }>,
): readonly TimedEvent[] => {
  const commissionId = idWithin(order.orderId, '-commission');
  const confirmedMs = atMs + between(random, commissionDays.least, commissionDays.most) * DAY_MS;
  const reversedMs = confirmedMs + between(random, reversalDays.least, reversalDays.most) * DAY_MS;
  const says = { commissionId, partner, amount, sessionId, offerId };
  return [
    tell('CommissionConfirmed', 'commission', confirmedMs, says),
    ...(random() < REVERSED
      ? [tell('CommissionReversed', 'commission-reversed', reversedMs, { commissionId })]
      : []),
  ];
};

/** A recommendation is the friend's to act on; a membership begins. */
const joining = (
  { order: { shop, contact, orderId }, accepted: { atMs } }: Taking,
  { type }: SampleOffer,
): readonly TimedEvent[] => {
  const { customerId } = contact;
  if (type !== 'loyalty' || customerId === undefined) return [];
  const eventId = idWithin(orderId, '/page-joined');
  return [
    told(
      'LoyaltyEnrolled',
      { shop, eventId, occurredAtMs: atMs, lagMs: SECOND_MS },
      { customerId },
    ),
  ];
};
