import type { ShopConfig } from '#core/contracts/config.ts';
import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import type { Refusal } from '#core/contracts/parse-event.ts';
import { enriched, skusToLookUp } from '#core/domain/catalogue/catalog-item.ts';
import { deadlineOf } from '#core/domain/orders/milestones.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import {
  type Answer,
  answersOf,
  applyEvent,
  type OrderLog,
} from '#core/domain/orders/order-log.ts';
import { withPromise } from '#core/domain/orders/promise.ts';
import { retryOnConflict } from '#core/domain/retry-on-conflict.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { JourneyWaker } from '#core/ports/journeys.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';

/** DynamoDB takes items of 400 KB; the rest is for the waits that are still to come. */
const MAX_ORDER_BYTES = 360 * 1024;

export interface IngestOrderEventDeps {
  readonly orders: OrderLogs;
  readonly catalogue: Catalogue;
  readonly publisher: EventPublisher;
  readonly wake: JourneyWaker;
  readonly shops: Readonly<Record<string, ShopConfig>>;
}

type Result =
  | { readonly kind: 'applied' | 'known'; readonly event: OrderEvent }
  | ({ readonly kind: 'parked' } & Refusal);

/**
 * Adds an event to its order, then does what follows from it: the order's journey may begin, and
 * the waits it answers end. An event for an order that has not come is kept until it comes.
 */
export const ingestOrderEvent = async (
  deps: IngestOrderEventDeps,
  told: OrderEvent,
): Promise<Result> => {
  const event = await completed(deps, told);
  const stored = await retryOnConflict(() => store(deps, event));
  if (stored.kind === 'parked') return stored;

  await finish(deps, event, stored);
  return { kind: stored.kind, event };
};

/** Fills in what the event leaves out and the shop has said elsewhere. */
const completed = async (
  { catalogue, shops }: IngestOrderEventDeps,
  event: OrderEvent,
): Promise<OrderEvent> => {
  const promised = withPromise(event, shops[event.shop]?.promise ?? {});
  if (promised.type !== 'OrderPlaced') return promised;
  const skus = skusToLookUp(promised.lines);
  if (skus.length === 0) return promised;
  const items = await catalogue.find(promised.shop, skus);
  return { ...promised, lines: promised.lines.map((line) => enriched(line, items)) };
};

type Stored =
  | {
      readonly kind: 'applied' | 'known';
      readonly log: OrderLog;
      readonly answers: readonly Answer[];
    }
  | ({ readonly kind: 'parked' } & Refusal);

/** One read and, for a new event, one conditional write; `undefined` asks for another try. */
const store = async (
  { orders }: IngestOrderEventDeps,
  event: OrderEvent,
): Promise<Stored | undefined> => {
  const before = await orders.read(event.shop, event.orderId);
  const applied = applyEvent(before, event);
  switch (applied.kind) {
    case 'known':
      // The first delivery may have been cut off after its write: every open answer is given again.
      return { kind: 'known', log: before, answers: answersOf(before) };
    case 'conflict':
      return parked(
        'event-id-reused',
        `eventId ${event.eventId} was used before for another event of order ${event.orderId}: give every event its own`,
      );
    case 'added':
      return add(orders, before, applied.log);
  }
};

const add = async (
  orders: OrderLogs,
  before: OrderLog,
  log: OrderLog,
): Promise<Stored | undefined> => {
  const bytes = Buffer.byteLength(JSON.stringify(log));
  if (bytes > MAX_ORDER_BYTES)
    return parked(
      'order-too-large',
      `with this event the order has ${bytes} bytes, at most ${MAX_ORDER_BYTES} can be stored: send fewer or smaller events for one order`,
    );
  if (!(await orders.write(log))) return undefined;
  const given = new Set(answersOf(before).map(({ token }) => token));
  return {
    kind: 'applied',
    log,
    answers: answersOf(log).filter(({ token }) => !given.has(token)),
  };
};

const parked = (reason: Refusal['reason'], problem: string): Stored => ({
  kind: 'parked',
  reason,
  problem,
});

const finish = async (
  { publisher, wake }: IngestOrderEventDeps,
  event: OrderEvent,
  { log, answers }: Exclude<Stored, { kind: 'parked' }>,
): Promise<void> => {
  if (event.type === 'OrderPlaced') await publisher.publish(acceptance(log));
  for (const { token, news } of answers) await wake(token, news);
};

/** A test order has no journey. */
const acceptance = ({ shop, orderId, events }: OrderLog): readonly OutgoingEvent[] => {
  const order = orderOf(events);
  if (order === undefined || order.test) return [];
  return [
    {
      type: 'OrderAccepted',
      detail: {
        eventId: `order-accepted/${orderId}`,
        occurredAt: order.placedAt,
        schemaVersion: SCHEMA_VERSION,
        shop,
        orderId,
        placedAt: order.placedAt,
        deadline: deadlineOf(order),
      },
    },
  ];
};
