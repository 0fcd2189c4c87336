import { SCHEMA_VERSION } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import type { Refusal } from '#core/contracts/parse-event.ts';
import { type Purchase, purchaseOf } from '#core/domain/customers/purchase.ts';
import { customerIdOf } from '#core/domain/customers/reach.ts';
import { deadlineOf } from '#core/domain/orders/milestones.ts';
import type { Transaction } from '#core/domain/ledger/transaction.ts';
import { noticesOf } from '#core/domain/orders/notices.ts';
import type { Order } from '#core/domain/orders/order.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import {
  type Answer,
  answersOf,
  applyEvent,
  type OrderLog,
} from '#core/domain/orders/order-log.ts';
import { retryOnConflict } from '#core/domain/retry-on-conflict.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { JourneyWaker } from '#core/ports/journeys.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';
import type { Purchases } from '#core/ports/purchases.ts';
import { askedOfOrder, type AskToConfirmDeps } from './ask-to-confirm.ts';
import { bookOrder, type BookOrderDeps, booksOfOrder } from './book-order.ts';
import { completedEvent, type CompleteEventDeps } from './complete-event.ts';
import { reviewDue, reviewReason } from './contact-reviews.ts';
import type { SettleOffers } from './ingest-page-event.ts';
import { linkAddress, type LinkAddressDeps } from './link-address.ts';
import { noticeDue } from './notice-due.ts';
import { ordersChanged } from './order-changed.ts';

/** DynamoDB takes items of 400 KB; the rest is for the waits that are still to come. */
const MAX_ORDER_BYTES = 360 * 1024;

export interface IngestOrderEventDeps extends LinkAddressDeps, CompleteEventDeps, BookOrderDeps {
  readonly customers: LinkAddressDeps['customers'];
  readonly orders: OrderLogs;
  readonly purchases: Purchases;
  readonly publisher: EventPublisher;
  readonly wake: JourneyWaker;
  readonly policy: AskToConfirmDeps['policy'];
  readonly settle: SettleOffers;
}

type Parked = { readonly kind: 'parked' } & Refusal;

type Result = { readonly kind: 'applied' | 'known'; readonly event: OrderEvent } | Parked;

/**
 * Adds an event to its order, then does what follows from it: the order's journey may begin, and
 * the waits it answers end. An event for an order that has not come is kept until it comes.
 */
export const ingestOrderEvent = async (
  deps: IngestOrderEventDeps,
  told: OrderEvent,
): Promise<Result> => {
  const event = await completedEvent(deps, told);
  if ('kind' in event) return event;
  const stored = await retryOnConflict(() => store(deps, event));
  if (stored.kind === 'parked') return stored;

  await finish(deps, event, stored);
  return { kind: stored.kind, event };
};

type Stored =
  | {
      readonly kind: 'applied' | 'known';
      /** The order before this event; the same as after it when the event was known. */
      readonly before: OrderLog;
      readonly log: OrderLog;
      /** As it is stored now. */
      readonly version: number;
      /** The order's, after this event; none where it changes none. */
      readonly books: readonly Transaction[];
      readonly answers: readonly Answer[];
    }
  | Parked;

/** One read and, for a new event, one conditional write; `undefined` asks for another try. */
const store = async (
  deps: IngestOrderEventDeps,
  event: OrderEvent,
): Promise<Stored | undefined> => {
  const before = await deps.orders.read(event.shop, event.orderId);
  const applied = applyEvent(before, event);
  switch (applied.kind) {
    case 'known':
      // The first delivery may have been cut off after its write: every open answer is given again.
      return {
        kind: 'known',
        before,
        log: before,
        version: before.version,
        // What is stored could be booked.
        books: booksOfOrder(deps, before, event) ?? [],
        answers: answersOf(before),
      };
    case 'conflict':
      return parked(
        'event-id-reused',
        `eventId ${event.eventId} was used before for another event of order ${event.orderId}: give every event its own`,
      );
    case 'added':
      return add(deps, event, { before, log: applied.log });
  }
};

const add = async (
  deps: IngestOrderEventDeps,
  event: OrderEvent,
  { before, log }: { readonly before: OrderLog; readonly log: OrderLog },
): Promise<Stored | undefined> => {
  const { orders } = deps;
  const books = booksOfOrder(deps, log, event);
  if (books === undefined)
    return parked(
      'amount-too-large',
      `with this event an amount of the order passes ${Number.MAX_SAFE_INTEGER} minor units: correct quantity or price`,
    );
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
    before,
    log,
    version: log.version + 1,
    books,
    answers: answersOf(log).filter(({ token }) => !given.has(token)),
  };
};

const parked = (reason: Refusal['reason'], problem: string): Parked => ({
  kind: 'parked',
  reason,
  problem,
});

/**
 * The customer is known by the order's address; the order's journey begins; notices go out; the customer's other
 * orders learn of it; waits end. Each can be done again without effect.
 */
const finish = async (
  deps: IngestOrderEventDeps,
  event: OrderEvent,
  { before, log, version, books, answers }: Exclude<Stored, { kind: 'parked' }>,
): Promise<void> => {
  const { publisher, purchases, wake } = deps;
  const order = orderOf(log.events);
  if (order !== undefined && !order.test) {
    const heard = event.type === 'OrderPlaced' ? log.events : [event];
    if (event.type === 'OrderPlaced') await linkContact(deps, order);
    const booked = await bookOrder(deps, books, heard);
    const settled = await settledBy(deps, heard);
    const facts = [...booked, ...settled, ...(await factsOf(deps, event, { order, log, heard }))];
    if (facts.length > 0) await publisher.publish(facts);
    const purchase = changedPurchase(before, log, order);
    if (purchase !== undefined) await purchases.keep(purchase, version);
  }
  for (const { token, news } of answers) await wake(token, news);
};

/** What was taken up on a confirmation page is settled once it is booked. */
const settledBy = async (
  { settle }: IngestOrderEventDeps,
  heard: readonly OrderEvent[],
): Promise<readonly OutgoingEvent[]> => {
  const settled: OutgoingEvent[] = [];
  for (const event of heard) settled.push(...(await settle(event)));
  return settled;
};

/** By what is stored of the order: an event that comes again may name somebody who is forgotten by now. */
const linkContact = async (
  deps: IngestOrderEventDeps,
  { shop, contact, placedAt: at }: Order,
): Promise<void> => {
  const customerId = customerIdOf(contact);
  const addressId = contact.reach?.email?.id;
  if (customerId !== undefined && addressId !== undefined)
    await linkAddress(deps, { shop, customerId, addressId, at });
};

/** What is told on the bus. What came before its order was kept for it. */
const factsOf = async (
  deps: IngestOrderEventDeps,
  event: OrderEvent,
  {
    order,
    log,
    heard,
  }: { readonly order: Order; readonly log: OrderLog; readonly heard: readonly OrderEvent[] },
): Promise<readonly OutgoingEvent[]> => {
  const isPlaced = event.type === 'OrderPlaced';
  const { grants = [] } = isPlaced ? log : {};
  return [
    ...(isPlaced ? [acceptance(order)] : []),
    ...ordersChanged(log, heard),
    ...noticesOf(heard).map((notice) => noticeDue(order, notice)),
    ...(await ofCustomer(deps, { order, heard, grants })),
  ];
};

/** The customer is only read where something depends on who they are by now. */
const ofCustomer = async (
  deps: IngestOrderEventDeps,
  {
    order,
    heard,
    grants,
  }: {
    readonly order: Order;
    readonly heard: readonly OrderEvent[];
    readonly grants: NonNullable<OrderLog['grants']>;
  },
): Promise<readonly OutgoingEvent[]> => {
  const named = customerIdOf(order.contact);
  const reviews = heard.flatMap((event) => {
    const because = reviewReason(event);
    return because === undefined ? [] : [{ event, because }];
  });
  if (named === undefined || (reviews.length === 0 && grants.length === 0)) return [];
  const customer = await deps.customers.read(order.shop, named);
  const customerId = customer?.customerId ?? named;
  return [
    ...reviews.map(({ event, because }) => reviewDue(event, customerId, because)),
    ...askedOfOrder(deps, order, grants, customer),
  ];
};

/** An event that came again may have been cut off before: what it left to do is done again. */
const changedPurchase = (before: OrderLog, after: OrderLog, order: Order): Purchase | undefined => {
  const purchase = purchaseOf(order);
  const known = orderOf(before.events);
  const isSame =
    before !== after &&
    known !== undefined &&
    JSON.stringify(purchaseOf(known)) === JSON.stringify(purchase);
  return isSame ? undefined : purchase;
};

const acceptance = (order: Order): OutgoingEvent => {
  const { shop, orderId, placedAt } = order;
  return {
    type: 'OrderAccepted',
    detail: {
      eventId: `order-accepted/${orderId}`,
      occurredAt: placedAt,
      schemaVersion: SCHEMA_VERSION,
      shop,
      orderId,
      placedAt,
      deadline: deadlineOf(order),
    },
  };
};
