import { seededRandom } from '#rehearsal/random.ts';
import {
  againHours,
  DISMISSES,
  LOOKS,
  LOOKS_AGAIN,
  offerRates,
  pageSeconds,
  slots,
} from './confirmation-rates.ts';
import { between, type Random, shuffled, wholeBetween } from './draws.ts';
import { HOUR_MS, SECOND_MS } from './duration.ts';
import { idWithin, type PlacedOrder } from './order-life.ts';
import { offersFor, type SampleOffer } from './sample-offers.ts';
import { type OrderEventType, type Said, type TimedEvent, toldOfOrder } from './timed-event.ts';

/** What the sample shops' own page decides by: every offer that it may show is as likely as any other. */
const POLICY = 'uniform';

/** What a customer did on the confirmation page of an order. */
export interface PageLook {
  readonly events: readonly TimedEvent[];
  /** What they took up: one offer at most. */
  readonly accepted?: Accepted | undefined;
}

export interface Accepted {
  readonly offer: SampleOffer;
  readonly sessionId: string;
  readonly impressionId: string;
  readonly atMs: number;
}

/**
 * The look at an order's confirmation page: opened seconds after the order, two to four offers, clicks and dismissals,
 * sometimes a second look within 24 hours. What follows from an accepted offer is `takenUp`'s to say. Depends on the
 * seed and the order alone.
 */
export const lookAtPage = (order: PlacedOrder, seed: string): PageLook => {
  const random = seededRandom(JSON.stringify([seed, order.shop, order.orderId, 'page']));
  if (random() >= LOOKS) return { events: [] };
  const session = sessionOf(order, random);
  const { sessionId, openedMs, tell } = session;
  const shown = shownOn(session, random);
  const acts = actsOn(session, shown, random);
  const againMs = openedMs + between(random, againHours.least, againHours.most) * HOUR_MS;
  return {
    events: [
      tell('SessionOpened', 'opened', openedMs, { sessionId }),
      ...shown.map((each) => showing(session, each)),
      ...acts.flatMap(({ events }) => events),
      ...(random() < LOOKS_AGAIN ? [tell('SessionViewed', 'again', againMs, { sessionId })] : []),
    ],
    accepted: acts.at(-1)?.accepted,
  };
};

interface Session {
  readonly order: PlacedOrder;
  readonly sessionId: string;
  readonly openedMs: number;
  readonly tell: Tell;
}

/** `key` makes the event's id; one order uses each once. */
export type Tell = <Type extends OrderEventType>(
  type: Type,
  key: string,
  occurredAtMs: number,
  says: Said<Type>,
) => TimedEvent;

/** As a page tells: within seconds. */
export const tellingOfPage =
  ({ shop, orderId }: PlacedOrder, random: Random): Tell =>
  (type, key, atMs, says) => {
    const { least, most } = pageSeconds.lag;
    const eventId = idWithin(orderId, `/page-${key}`);
    const lagMs = between(random, least, most) * SECOND_MS;
    return toldOfOrder(
      type,
      { shop, orderId, eventId, occurredAtMs: Math.round(atMs), lagMs },
      says,
    );
  };

const sessionOf = (order: PlacedOrder, random: Random): Session => {
  const { least, most } = pageSeconds.opened;
  return {
    order,
    sessionId: idWithin(order.orderId, '-page'),
    openedMs: Date.parse(order.occurredAt) + between(random, least, most) * SECOND_MS,
    tell: tellingOfPage(order, random),
  };
};

interface Shown {
  readonly offer: SampleOffer;
  readonly impressionId: string;
  /** From 1. */
  readonly slot: number;
  readonly propensity: number;
}

/** How many places there are is not the policy's to choose: in each, an offer of n is shown with 1/n. */
const shownOn = ({ order, sessionId }: Session, random: Random): readonly Shown[] => {
  const offers = offersFor(order);
  const places = wholeBetween(random, slots.least, slots.most);
  return shuffled(random, offers)
    .slice(0, places)
    .map((offer, at) => ({
      offer,
      impressionId: idWithin(sessionId, `-${at + 1}`),
      slot: at + 1,
      propensity: 1 / offers.length,
    }));
};

const showing = (
  { sessionId, openedMs, tell }: Session,
  { offer, impressionId, slot, propensity }: Shown,
): TimedEvent =>
  tell('OfferShown', `shown-${slot}`, openedMs, {
    sessionId,
    impressionId,
    offerId: offer.offerId,
    offerType: offer.type,
    ...('sku' in offer ? { sku: offer.sku } : {}),
    ...('partner' in offer ? { partner: offer.partner } : {}),
    slot,
    propensity,
    policy: POLICY,
  });

interface Act {
  readonly events: readonly TimedEvent[];
  readonly accepted?: Accepted | undefined;
}

/** One offer after the other, until one is taken up. */
const actsOn = (session: Session, shown: readonly Shown[], random: Random): readonly Act[] => {
  const acts: Act[] = [];
  let atMs = session.openedMs;
  for (const each of shown) {
    atMs += between(random, pageSeconds.read.least, pageSeconds.read.most) * SECOND_MS;
    const act = actOn(session, each, atMs, random);
    acts.push(act);
    if (act.accepted !== undefined) break;
  }
  return acts;
};

const actOn = (
  { sessionId, tell }: Session,
  { offer, impressionId, slot }: Shown,
  atMs: number,
  random: Random,
): Act => {
  const rates = offerRates[offer.type];
  const says = { sessionId, impressionId, offerId: offer.offerId };
  if (random() >= rates.clicked)
    return random() < DISMISSES
      ? { events: [tell('OfferDismissed', `dismissed-${slot}`, atMs, says)] }
      : { events: [] };
  const events = [tell('OfferClicked', `clicked-${slot}`, atMs, says)];
  if (random() >= rates.accepted) return { events };
  const { least, most } = pageSeconds.decided;
  const acceptedMs = Math.round(atMs + between(random, least, most) * SECOND_MS);
  return { events, accepted: { offer, sessionId, impressionId, atMs: acceptedMs } };
};
