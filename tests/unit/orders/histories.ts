import fc from 'fast-check';
import type { LineQuantity, OrderEvent, OrderPlaced } from '#core/domain/orders/order-event.ts';
import type { Order } from '#core/domain/orders/order.ts';
import { applyEvent, emptyOrderLog, type OrderLog } from '#core/domain/orders/order-log.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import {
  amended,
  answered,
  at,
  cancelled,
  delivered,
  dispatched,
  disputed,
  euros,
  failed,
  line,
  placed,
  received,
  refunded,
  returned,
  reviewed,
  updated,
  used,
} from './order-events.ts';

/** Few hours, so that events often share an instant, and some come from before the order. */
const hour = fc.integer({ min: 8, max: 20 });
const parcelId = fc.constantFrom('P1', 'P2', 'P3');
const instant = fc.integer({ min: 0, max: 60 }).map(at);
const maybe = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(some, { nil: undefined });

/** `stray` is a line that no order has; a line may be named twice. */
const quantities: fc.Arbitrary<readonly LineQuantity[]> = fc.array(
  fc.record({
    lineId: fc.constantFrom('mill', 'tin', 'course', 'stray'),
    quantity: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 1, maxLength: 3 },
);

const placing: fc.Arbitrary<OrderPlaced> = fc
  .record({
    mills: fc.integer({ min: 1, max: 3 }),
    isBackordered: fc.boolean(),
    hasCourse: fc.boolean(),
    risk: fc.constantFrom('none' as const, 'review' as const),
    promisedDispatchBy: maybe(instant),
  })
  .map(({ mills, isBackordered, hasCourse, risk, promisedDispatchBy }) =>
    placed({
      risk,
      promisedDispatchBy,
      lines: [
        line('mill', { quantity: mills }),
        line('tin', { quantity: 2, backordered: isBackordered }),
        ...(hasCourse ? [line('course', { kind: 'digital' })] : []),
      ],
    }),
  );

const amending = fc
  .record({
    hours: hour,
    lineId: fc.constantFrom('mill', 'tin', 'stray'),
    quantity: maybe(fc.integer({ min: 0, max: 4 })),
    backordered: maybe(fc.boolean()),
    ofLine: maybe(instant),
    ofOrder: maybe(instant),
    risk: maybe(fc.constantFrom('passed' as const, 'review' as const)),
  })
  .map(({ hours, lineId, quantity, backordered, ofLine, ofOrder, risk }) =>
    amended(hours, {
      lines: [{ lineId, quantity, backordered, promisedDispatchBy: ofLine }],
      promisedDispatchBy: ofOrder,
      risk,
    }),
  );

const status = fc.constantFrom(
  'in_transit' as const,
  'out_for_delivery' as const,
  'delayed' as const,
  'lost' as const,
  'returned_to_sender' as const,
);

const reason = fc.constantFrom('lost' as const, 'returned' as const, 'goodwill' as const);

const returnId = fc.constantFrom('R1', 'R2');
const disputeStatus = fc.constantFrom('opened' as const, 'won' as const, 'lost' as const);

/** What is heard of an order once it is in use, and what comes back of it. */
const afterwards: fc.Arbitrary<OrderEvent> = fc.oneof(
  fc
    .tuple(hour, returnId, quantities)
    .map(([hours, id, lines]) => returned(hours, 'mill', { returnId: id, lines })),
  fc
    .tuple(hour, returnId, maybe(quantities))
    .map(([hours, id, lines]) => received(hours, id, { lines })),
  fc
    .tuple(hour, fc.constantFrom('D1', 'D2'), maybe(disputeStatus))
    .map(([hours, id, outcome]) => disputed(hours, id, outcome)),
  fc
    .tuple(hour, maybe(fc.constantFrom('mill', 'course', 'stray')))
    .map(([hours, lineId]) => used(hours, lineId)),
  fc.tuple(hour, fc.integer({ min: 1, max: 5 })).map(([hours, score]) => answered(hours, score)),
  fc
    .tuple(hour, fc.integer({ min: 0, max: 10 }))
    .map(([hours, score]) => answered(hours, score, { survey: 'nps' })),
  fc
    .tuple(hour, fc.constantFrom('SKU-mill', 'SKU-tin'), maybe(fc.integer({ min: 1, max: 5 })))
    .map(([hours, sku, rating]) => reviewed(hours, sku, rating)),
);

const fulfilling: fc.Arbitrary<OrderEvent> = fc.oneof(
  amending,
  fc.tuple(hour, maybe(quantities)).map(([hours, lines]) => cancelled(hours, { lines })),
  fc
    .tuple(hour, parcelId, maybe(quantities), maybe(instant))
    .map(([hours, parcel, lines, estimatedDeliveryAt]) =>
      dispatched(hours, parcel, { lines, estimatedDeliveryAt }),
    ),
  fc.tuple(hour, parcelId, status).map(([hours, parcel, news]) => updated(hours, parcel, news)),
  fc
    .tuple(hour, maybe(parcelId), maybe(quantities))
    .map(([hours, parcel, lines]) => delivered(hours, parcel, { lines })),
  fc.tuple(hour, parcelId).map(([hours, parcel]) => failed(hours, parcel)),
  fc
    .tuple(hour, reason, maybe(quantities))
    .map(([hours, why, lines]) => refunded(hours, { reason: why, lines, amount: euros(100) })),
);

const happening: fc.Arbitrary<OrderEvent> = fc.oneof(
  { weight: 3, arbitrary: fulfilling },
  { weight: 2, arbitrary: afterwards },
);

/** Everything that happens to an order, its placing among it, sense or nonsense. */
export const histories: fc.Arbitrary<readonly OrderEvent[]> = fc
  .tuple(placing, fc.array(happening, { maxLength: 12 }))
  .map(([first, rest]) => [
    first,
    ...rest.map((event, index) => ({ ...event, eventId: `e${index}` })),
  ]);

/** A history, and the same events as a queue may bring them: in any order, any of them twice. */
export const arrivals: fc.Arbitrary<{
  readonly history: readonly OrderEvent[];
  readonly arriving: readonly OrderEvent[];
}> = histories.chain((history) =>
  fc
    .tuple(
      fc.shuffledSubarray([...history], { minLength: history.length }),
      fc.subarray([...history]),
      fc.infiniteStream(fc.nat()),
    )
    .map(([once, again, places]) => ({
      history,
      arriving: again.reduce<readonly OrderEvent[]>((queue, event) => {
        const place = Number(places.next().value) % (queue.length + 1);
        return queue.toSpliced(place, 0, event);
      }, once),
    })),
);

/** What is stored of an order once these events arrived. */
export const logOf = (arriving: readonly OrderEvent[]): OrderLog =>
  arriving.reduce<OrderLog>(
    (log, event) => {
      const applied = applyEvent(log, event);
      return applied.kind === 'added' ? applied.log : log;
    },
    emptyOrderLog('hearth', '100482'),
  );

/** The order that these events tell; its placing is among them. */
export const told = (events: readonly OrderEvent[]): Order => {
  const order = orderOf(events);
  if (order === undefined) throw new Error('the events have no order');
  return order;
};
