import type { HttpAnswer } from '../services/http-answer.ts';
import type { SentMessage } from '../services/sent-message.ts';
import { BY_LINK, clickLeadHours } from './customer-rates.ts';
import { clamp, logNormal, type Random } from './draws.ts';
import { HOUR_MS, MINUTE_MS } from './duration.ts';
import type { PlacedOrder } from './order-life.ts';
import { follow, linkTo } from './page-visits.ts';
import type { Deed, TimedEvent } from './timed-event.ts';

/** What a redirect to the shop's own pages carries, for the shop to hand back with an order. */
const CLICK_PARAMETER = 'ag_click';

interface ComingBack {
  readonly message: SentMessage;
  readonly order: PlacedOrder;
  readonly random: Random;
}

/**
 * An order that follows a message: most customers come by its link, some time before they order, and the shop's page
 * keeps the click's id for the order; the others come by themselves, as do those whose message has no link.
 *
 * @param place everything that the placing sets off
 */
export const comingBack = (
  { message, order, random }: ComingBack,
  place: (order: PlacedOrder) => readonly TimedEvent[],
): readonly Deed[] => {
  const isByLink = random() < BY_LINK;
  const orderedMs = Date.parse(order.occurredAt);
  const sentMs = Date.parse(message.at);
  const leadMs = clamp(
    logNormal(random, clickLeadHours) * HOUR_MS,
    2 * MINUTE_MS,
    MOST_LEAD * (orderedMs - sentMs),
  );
  const link = linkTo(message, message.channel === 'email' ? 'c' : 's');
  if (!isByLink || link === undefined) return place(order);
  const follows = (answer: HttpAnswer): readonly Deed[] => place(broughtBy(order, answer));
  return [{ atMs: Math.round(orderedMs - leadMs), request: follow(link), follows }];
};

/** Nobody clicks a message before they have it. */
const MOST_LEAD = 0.9;

const broughtBy = (order: PlacedOrder, { headers }: HttpAnswer): PlacedOrder => {
  const id = URL.parse(headers['location'] ?? '')?.searchParams.get(CLICK_PARAMETER);
  return typeof id === 'string'
    ? { ...order, attribution: { ...order.attribution, clickIds: [id] } }
    : order;
};
