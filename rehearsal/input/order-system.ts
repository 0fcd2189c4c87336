import { type IncomingDetail, incomingEvents } from '#core/contracts/incoming-events.ts';
import { seededRandom } from '#rehearsal/random.ts';
import type { Envelope } from '../services/event-bus.ts';
import { afterPlacing } from './after-placing.ts';
import { addedHandlingHours, DECLINED, pageSeconds, UNANSWERED } from './confirmation-rates.ts';
import { between, type Random } from './draws.ts';
import { HOUR_MS, SECOND_MS } from './duration.ts';
import { fulfilmentOf } from './fulfilment-model.ts';
import { idWithin, type Life, lifeOf, type PlacedOrder } from './order-life.ts';
import { courseOf } from './parcel-course.ts';
import { line, placing, sampleOrder } from './sample-order.ts';
import { type SampleShop, sampleShops } from './sample-shops.ts';
import type { ShopOrders } from './shop-orders.ts';
import type { TimedEvent } from './timed-event.ts';

type Accepted = IncomingDetail<'OfferAccepted'>;
type Adds = NonNullable<Accepted['adds']>;

export interface OrderSystemOptions {
  readonly orders: ShopOrders;
  readonly seed: string;
  /** Whether every payment is agreed to at once, for somebody who waits for it. @default never */
  readonly isAtOnce?: (() => boolean) | undefined;
}

/**
 * The order system of the sample shops, as it hears of accepted offers on the bus. Minutes later it adds the product to
 * the order, at the price of the offer and with the shop's sales tax but without more shipping, and sends it in a parcel
 * of its own; or it makes a new order, where the offer asks for that. It refuses what it cannot do, and seldom says
 * nothing at all. An accept that comes twice is one. What it does depends on the seed and the accept alone.
 *
 * @returns what it tells, now and in the days that follow
 */
export const orderSystem = ({ orders, seed, isAtOnce = () => false }: OrderSystemOptions) => {
  const heard = new Set<string>();
  const changed = new Map<string, number>();
  return (envelope: Envelope): readonly TimedEvent[] => {
    const accepted = acceptedIn(envelope);
    if (accepted?.adds === undefined || heard.has(keyOf(accepted))) return [];
    heard.add(keyOf(accepted));
    const { shop: shopId, orderId, eventId, adds } = accepted;
    const order = orders.find(shopId, orderId);
    const shop = sampleShops.find(({ id }) => id === shopId);
    if (order === undefined || shop === undefined) return [];
    const random = seededRandom(JSON.stringify([seed, shopId, orderId, 'order-system', eventId]));
    const { least, most } = isAtOnce() ? { least: 0, most: 0 } : pageSeconds.amended;
    const answeredMs = Math.max(
      heardMs(envelope, accepted) + Math.round(between(random, least, most) * SECOND_MS),
      // Two additions are one after the other: each says what the order comes to with it.
      (changed.get(orderKeyOf(accepted)) ?? -Infinity) + SECOND_MS,
    );
    const asked = { accepted, adds, order, shop, seed, random, answeredMs };
    const answer = isAtOnce() ? toldAtOnce(done(asked)) : answerTo(asked);
    if (answer.order === undefined) return answer.events;
    orders.keep(answer.order);
    changed.set(orderKeyOf(accepted), answeredMs);
    return answer.events;
  };
};

const acceptedIn = (envelope: Envelope): Accepted | undefined =>
  envelope['detail-type'] === 'OfferAccepted'
    ? incomingEvents.OfferAccepted.safeParse(envelope['detail']).data
    : undefined;

const keyOf = ({ shop, orderId, eventId }: Accepted): string =>
  JSON.stringify([shop, orderId, eventId]);

const orderKeyOf = ({ shop, orderId }: Accepted): string => JSON.stringify([shop, orderId]);

/** The bus may be late; its own time is to the second. */
const heardMs = ({ time }: Envelope, { occurredAt }: Accepted): number =>
  Math.max(Date.parse(occurredAt), Date.parse(String(time)) || 0);

interface Asked {
  readonly accepted: Accepted;
  readonly adds: Adds;
  readonly order: PlacedOrder;
  readonly shop: SampleShop;
  readonly seed: string;
  readonly random: Random;
  readonly answeredMs: number;
}

interface Answer {
  readonly events: readonly TimedEvent[];
  /** That was changed or made; absent where nothing was done. */
  readonly order?: PlacedOrder;
}

const answerTo = (asked: Asked): Answer => {
  const { adds, random, answeredMs } = asked;
  const fate = random();
  if (fate < UNANSWERED) return { events: [] };
  if (answeredMs > Date.parse(adds.validUntil)) return refusal(asked, 'too-late');
  if (fate < UNANSWERED + DECLINED) return refusal(asked, 'payment-declined');
  return isToBeCancelled(asked) ? refusal(asked, 'order-cancelled') : done(asked);
};

const done = (asked: Asked): Answer =>
  asked.adds.to === 'order' ? addition(asked) : newOrder(asked);

const toldAtOnce = (answer: Answer): Answer => ({
  ...answer,
  events: answer.events.map((event) => ({
    ...event,
    atMs: Date.parse(String(event.detail['occurredAt'])),
  })),
});

const refusal = (asked: Asked, reason: string): Answer => {
  const { accepted, answeredMs } = asked;
  const { sessionId, offerId } = accepted;
  const key = `refused-${offerId}-${answeredMs}`;
  const says = { sessionId, offerId, reason };
  return { events: [lifeIn(asked).tell('OfferRefused', key, answeredMs, says)] };
};

const lifeIn = ({ order, shop, seed }: Asked, whole: PlacedOrder = order): Life =>
  lifeOf(whole, { seed, timeZone: shop.timeZone });

/** What becomes of the order as it was placed: what is added to it changes nothing of that. */
const courseBefore = ({ order, shop, seed }: Asked): readonly TimedEvent[] => {
  const lines = order.lines.filter(({ origin }) => origin === undefined);
  return fulfilmentOf({ ...order, lines }, { seed, timeZone: shop.timeZone });
};

/** The customer has changed their mind, or the order will not pass its review: it is not made larger any more. */
const isToBeCancelled = (asked: Asked): boolean =>
  courseBefore(asked).some(
    ({ detailType, detail }) => detailType === 'OrderCancelled' && !('lines' in detail),
  );

const lineOf = ({ accepted: { sessionId, offerId }, adds: { sku, quantity, unitPrice } }: Asked) =>
  line(sku, quantity, { unitPrice, origin: { sessionId, offerId } });

const addition = (asked: Asked): Answer => {
  const { order, adds, shop, answeredMs } = asked;
  const lineId = `L${order.lines.length + 1}`;
  const added = { lineId, ...lineOf(asked) };
  const price = adds.unitPrice.amountMinor * adds.quantity;
  const amountMinor = order.total.amountMinor + price + Math.round(price * shop.salesTax);
  const total = { ...order.total, amountMinor };
  const whole = { ...order, lines: [...order.lines, added], total };
  const life = lifeIn(asked, whole);
  return {
    order: whole,
    events: [
      life.tell('OrderAmended', `added-${lineId}`, answeredMs, { addedLines: [added], total }),
      ...(added.kind === undefined ? parcelOf(asked, life, lineId) : []),
    ],
  };
};

/** A parcel of its own, not before the order has passed its review. */
const parcelOf = (asked: Asked, life: Life, lineId: string): readonly TimedEvent[] => {
  const { adds, random, answeredMs } = asked;
  const cleared = courseBefore(asked).find(({ detail }) => detail['risk'] === 'passed');
  const clearedMs = Date.parse(String(cleared?.detail['occurredAt'])) || answeredMs;
  const { least, most } = addedHandlingHours;
  const packedMs = Math.max(clearedMs, answeredMs) + between(random, least, most) * HOUR_MS;
  const lines = [{ lineId, quantity: adds.quantity }];
  const parcel = { name: `added-${lineId}`, lines, dispatchedMs: life.atWork(packedMs) };
  return courseOf(life, parcel).events;
};

const newOrder = (asked: Asked): Answer => {
  const { order, accepted, shop, seed, answeredMs } = asked;
  const { contact, shipTo } = order;
  const made = sampleOrder({
    shop,
    orderId: idWithin(order.orderId, `-with-${accepted.offerId}`),
    placedMs: answeredMs,
    lines: [lineOf(asked)],
    says: { contact, ...(shipTo === undefined ? {} : { shipTo }) },
  });
  return { order: made, events: [placing(made), ...afterPlacing(made, { seed, shop })] };
};
