import type { LineQuantity } from '#core/domain/orders/order-event.ts';
import { between, clamp, logNormal, pick } from './draws.ts';
import { DAY_MS, HOUR_MS } from './duration.ts';
import {
  handlingHours,
  MAX_STOCK_DAYS,
  RETURNS_UNTIL_DAYS,
  reviewHours,
} from './fulfilment-rates.ts';
import {
  type FulfilmentOptions,
  idWithin,
  type Life,
  lifeOf,
  type PlacedOrder,
  valueOf,
} from './order-life.ts';
import { packed } from './packing.ts';
import { type Course, courseOf, type PackedParcel } from './parcel-course.ts';
import { byTime, type TimedEvent } from './timed-event.ts';

type Line = PlacedOrder['lines'][number];

/**
 * What happens to a placed order, in order of arrival, until it is delivered or cancelled and beyond
 * that until its returns are refunded: `BOUND_DAYS` at the most, times and rates as
 * `fulfilment-rates.ts` says. The placing itself is not among the events.
 *
 * An order's course depends on the seed, its shop and its id alone, whatever else is drawn. Only
 * physical lines (a line without a kind is one) are shipped.
 */
export const fulfilmentOf = (
  order: PlacedOrder,
  options: FulfilmentOptions,
): readonly TimedEvent[] => {
  const life = lifeOf(order, options);
  const review = reviewOf(life);
  const rest = review.clearedMs === undefined ? [] : shipping(life, review.clearedMs);
  return [...review.events, ...rest].toSorted(byTime);
};

interface Review {
  readonly events: readonly TimedEvent[];
  /** When the shop let the order pass; absent when it did not. */
  readonly clearedMs?: number;
}

const reviewOf = (life: Life): Review => {
  if (life.order.risk !== 'review') return { events: [], clearedMs: life.placedMs };
  const hours = clamp(logNormal(life.random('review'), reviewHours), 0.5, 30);
  const clearedMs = life.placedMs + hours * HOUR_MS;
  if (life.befalls('review-failed'))
    return { events: cancellation(life, clearedMs, 'not confirmed by the customer') };
  return {
    events: [life.tell('OrderAmended', 'cleared', clearedMs, { risk: 'passed' })],
    clearedMs,
  };
};

/** The whole order, and the money back. */
const cancellation = (life: Life, atMs: number, reason: string): readonly TimedEvent[] => [
  life.tell('OrderCancelled', 'cancelled', atMs, { reason }),
  life.tell('RefundIssued', 'refund', atMs + refundDelayMs(life), {
    refundId: idWithin(life.order.orderId, '-refund'),
    amount: life.order.total,
    reason: 'cancelled',
  }),
];

const refundDelayMs = (life: Life): number => between(life.random('refund'), 1, 72) * HOUR_MS;

const shipping = (life: Life, clearedMs: number): readonly TimedEvent[] => {
  const toShip = life.order.lines.filter(({ kind = 'physical' }) => kind === 'physical');
  if (toShip.length === 0) return [];
  const readyMs = life.atWork(clearedMs + handlingMs(life));
  if (life.befalls('order-cancelled'))
    return cancellation(life, beforeDispatch(life, clearedMs, readyMs), 'changed my mind');
  const removal = lineCancellation(life, toShip, beforeDispatch(life, clearedMs, readyMs));
  const wanted = toShip.filter(({ lineId }) => lineId !== removal.lineId);
  const { parcels, events } = packing(life, wanted, readyMs);
  const courses = parcels.map((parcel) => courseOf(life, parcel));
  return [
    ...removal.events,
    ...events,
    ...courses.flatMap((course) => course.events),
    ...aftermath(life, parcels, courses),
  ];
};

/** Between one hour and three days; three to six more when the shop cannot keep up. */
const handlingMs = (life: Life): number => {
  const hours = clamp(logNormal(life.random('handling'), handlingHours), 1, 72);
  const late = life.befalls('handled-late') ? between(life.random('handled-late'), 72, 144) : 0;
  return (hours + late) * HOUR_MS;
};

const beforeDispatch = (life: Life, clearedMs: number, readyMs: number): number =>
  between(life.random('cancelled'), clearedMs, readyMs);

interface Removal {
  readonly events: readonly TimedEvent[];
  readonly lineId?: string;
}

const lineCancellation = (life: Life, lines: readonly Line[], atMs: number): Removal => {
  if (lines.length < 2 || !life.befalls('line-cancelled')) return { events: [] };
  const { lineId, quantity } = pick(life.random('line-cancelled'), lines);
  const gone = [{ lineId, quantity }];
  const events = [
    life.tell('OrderCancelled', 'line-cancelled', atMs, { lines: gone, reason: 'sold out' }),
    life.tell('RefundIssued', 'line-refund', atMs + refundDelayMs(life), {
      refundId: idWithin(life.order.orderId, '-line-refund'),
      amount: valueOf(life.order, gone),
      lines: gone,
      reason: 'cancelled',
    }),
  ];
  return { events, lineId };
};

interface Packing {
  readonly parcels: readonly PackedParcel[];
  readonly events: readonly TimedEvent[];
}

/** What is in stock leaves at once, what is not when it has come. */
const packing = (life: Life, lines: readonly Line[], readyMs: number): Packing => {
  const inStock = lines.filter(({ backordered = false }) => !backordered);
  const backordered = lines.filter((line) => !inStock.includes(line));
  const stock = restocking(life, backordered, readyMs);
  const isSplit = life.befalls('split');
  const draw = life.random('packing');
  const now = packed(inStock.map(quantityOf), isSplit, draw).map((contents, part) => ({
    contents,
    dispatchedMs: life.atWork(readyMs + part * between(draw, 4, 30) * HOUR_MS),
  }));
  const later = packed(backordered.map(quantityOf), false, draw).map((contents) => ({
    contents,
    dispatchedMs: stock.atMs,
  }));
  const parcels = [...now, ...later].map(({ contents, dispatchedMs }, at) => ({
    name: String(at + 1),
    lines: contents,
    dispatchedMs,
  }));
  return { parcels, events: stock.events };
};

const quantityOf = ({ lineId, quantity }: Line): LineQuantity => ({ lineId, quantity });

interface Restocking {
  readonly atMs: number;
  readonly events: readonly TimedEvent[];
}

/** When backordered lines can be sent: around the promised date, which may be moved once. */
const restocking = (life: Life, lines: readonly Line[], readyMs: number): Restocking => {
  const limitMs = life.placedMs + MAX_STOCK_DAYS * DAY_MS;
  const draw = life.random('stock');
  const promises = lines.flatMap(({ promisedDispatchBy }) =>
    promisedDispatchBy === undefined ? [] : [Date.parse(promisedDispatchBy)],
  );
  const promisedMs = Math.max(readyMs, ...promises, life.placedMs + between(draw, 6, 12) * DAY_MS);
  const movedMs = promisedMs + between(draw, 3, 8) * DAY_MS;
  const isMoved = lines.length > 0 && movedMs < limitMs && life.befalls('sold-out-again');
  const byMs = Math.min(limitMs, isMoved ? movedMs : promisedMs);
  const told = Math.max(life.placedMs + HOUR_MS, promisedMs - between(draw, 4, 40) * HOUR_MS);
  const atMs = life.atWork(Math.max(readyMs, byMs - between(draw, 0, 1) * DAY_MS));
  return { atMs, events: isMoved ? [repromise(life, lines, told, byMs)] : [] };
};

const repromise = (life: Life, lines: readonly Line[], atMs: number, byMs: number): TimedEvent =>
  life.tell('OrderAmended', 'repromised', atMs, {
    lines: lines.map(({ lineId }) => ({
      lineId,
      backordered: true,
      promisedDispatchBy: new Date(Math.round(byMs)).toISOString(),
    })),
  });

/** What follows when all has arrived: nothing for most, a return or a gesture for some. */
const aftermath = (
  life: Life,
  parcels: readonly PackedParcel[],
  courses: readonly Course[],
): readonly TimedEvent[] => {
  const arrivals = courses.flatMap(({ arrivedMs }) => arrivedMs ?? []);
  if (arrivals.length < courses.length) return [];
  const arrivedMs = Math.max(...arrivals);
  const isInTime = arrivedMs - life.placedMs <= RETURNS_UNTIL_DAYS * DAY_MS;
  return [
    ...(isInTime && life.befalls('returned') ? returning(life, parcels, arrivedMs) : []),
    ...(life.befalls('goodwill') ? [goodwill(life, arrivedMs)] : []),
  ];
};

const returning = (
  life: Life,
  parcels: readonly PackedParcel[],
  arrivedMs: number,
): readonly TimedEvent[] => {
  const draw = life.random('return');
  const line = pick(draw, pick(draw, parcels).lines);
  const requestedMs = arrivedMs + between(draw, 2, 12) * DAY_MS;
  return [
    life.tell('ReturnRequested', 'return', requestedMs, {
      returnId: idWithin(life.order.orderId, '-return'),
      lines: [line],
      reason: pick(draw, ['not as expected', 'too small', 'ordered twice', 'damaged']),
    }),
    life.tell('ReturnReceived', 'return-received', requestedMs + between(draw, 2, 4) * DAY_MS, {
      returnId: idWithin(life.order.orderId, '-return'),
    }),
    life.tell('RefundIssued', 'return-refund', requestedMs + between(draw, 4, 10) * DAY_MS, {
      refundId: idWithin(life.order.orderId, '-return-refund'),
      amount: valueOf(life.order, [line]),
      lines: [line],
      reason: 'returned',
    }),
  ];
};

/** A tenth of the order, with no goods back. */
const goodwill = (life: Life, arrivedMs: number): TimedEvent => {
  const { amountMinor, currency } = life.order.total;
  return life.tell(
    'RefundIssued',
    'goodwill',
    arrivedMs + between(life.random('goodwill'), 4, 60) * HOUR_MS,
    {
      refundId: idWithin(life.order.orderId, '-goodwill'),
      amount: { amountMinor: Math.floor(amountMinor / 10), currency },
      reason: 'goodwill',
    },
  );
};
