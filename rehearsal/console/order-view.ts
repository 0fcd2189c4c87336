import { booksOf } from '#core/domain/ledger/books.ts';
import type { Transaction } from '#core/domain/ledger/transaction.ts';
import { moneyIn } from '#core/domain/messages/formats.ts';
import { exponentOf } from '#core/domain/money/exponent.ts';
import { type TimelineEntry, timelineOf } from '#core/domain/explain/timeline.ts';
import { type Order, statusOf, toDeliver, toDispatch } from '#core/domain/orders/order.ts';
import type { OrderLog } from '#core/domain/orders/order-log.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import { deedViews, type Situation } from './order-deeds.ts';
import type { Journey } from './paths.ts';
import type { OrderRecords } from './records.ts';
import { amountInWords } from './shop-books.ts';
import type {
  BooksView,
  JourneyView,
  MessageRow,
  OrderView,
  ParcelView,
  TimelineView,
  WaitView,
} from './views.ts';

export interface OrderParts {
  readonly records: OrderRecords;
  readonly transactions: readonly Transaction[];
  readonly journeys: readonly Journey[];
  readonly messages: readonly MessageRow[];
  readonly situation?: Situation | undefined;
  readonly confirmation?: string | undefined;
  /** Of a machine by its name. */
  readonly stageOf: (machine: string) => string;
}

/** Everything that the console shows of an order. */
export const orderViewOf = (parts: OrderParts): OrderView => {
  const { records, transactions, journeys, messages, situation, confirmation, stageOf } = parts;
  const { log, touches, plan, page } = records;
  const order = orderOf(log.events);
  const views = journeys.map((journey) => journeyView(journey, stageOf(journey.machine)));
  return {
    shop: log.shop,
    orderId: log.orderId,
    status: order === undefined ? 'not placed yet' : statusOf(order).replaceAll('_', ' '),
    customer: order === undefined ? '' : customerOf(order),
    total: order === undefined ? '' : moneyIn('en')(order.total),
    lines: order === undefined ? [] : order.lines.map((line) => lineView(order, line)),
    parcels: order === undefined ? [] : order.parcels.map((parcel) => parcelView(order, parcel)),
    timeline: timelineWith(views, timelineOf(log, touches)),
    waits: [...waitsOf(log, views), ...touches.flatMap(heldOf)],
    profile: plan?.profile ?? [],
    planned: plan?.stages ?? [],
    journeys: views,
    messages,
    books: booksView(transactions),
    page,
    confirmation,
    deeds: situation === undefined ? [] : deedViews(situation),
  };
};

const customerOf = ({ contact: { name, email, customerId, phone } }: Order): string =>
  [name, email ?? phone, customerId === undefined ? 'a guest' : `customer ${customerId}`]
    .filter((part) => part !== undefined)
    .join(', ');

const lineView = (order: Order, line: Order['lines'][number]) => ({
  lineId: line.lineId,
  sku: line.sku,
  name: line.name,
  quantity: line.quantity,
  price: moneyIn('en')(line.total),
  cancelled: line.cancelled,
  toDispatch: toDispatch(order, line),
  toDeliver: toDeliver(order, line),
});

const parcelView = (order: Order, { parcelId, status, lines }: Order['parcels'][number]) => {
  const skus = new Map(order.lines.map(({ lineId, sku }) => [lineId, sku]));
  const view: ParcelView = {
    parcelId,
    status: status.replaceAll('_', ' '),
    lines: lines
      .map(({ lineId, quantity }) => `${quantity} × ${skus.get(lineId) ?? lineId}`)
      .join(', '),
  };
  return view;
};

const journeyView = (journey: Journey, stage: string): JourneyView => {
  const { name, status, startedAt, endedAt, error, steps } = journey;
  return { name, machine: stage, status, startedAt, endedAt, error, path: [...steps] };
};

/** Of one moment what happened comes first, then the journey that it begins, and what that does. */
const timelineWith = (
  journeys: readonly JourneyView[],
  entries: readonly TimelineEntry[],
): readonly TimelineView[] =>
  [
    ...entries.map((entry) => ({ ...entry, rank: ranks[entry.kind] })),
    ...journeys.flatMap(entriesOf),
  ]
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.rank - b.rank)
    .map(({ at, kind, what, because }) => ({ at, kind, what, because }));

const ranks = {
  event: 0,
  milestone: 1,
  journeyBegins: 2,
  touch: 3,
  wait: 4,
  journeyEnds: 5,
} as const;

const entriesOf = ({ machine, status, startedAt, endedAt, error }: JourneyView) => {
  const kind = 'journey' as const;
  const begins = {
    at: startedAt,
    kind,
    what: `${machine} begins`,
    because: [],
    rank: ranks.journeyBegins,
  };
  if (endedAt === undefined) return [begins];
  const what = `${machine} has ${status === 'succeeded' ? 'ended' : status}`;
  const because = error === undefined ? [] : [error];
  return [begins, { at: endedAt, kind, what, because, rank: ranks.journeyEnds }];
};

/** A journey that is under way waits for news of the order, if it has registered for them; a wait that is over has no token. */
const waitsOf = ({ waits }: OrderLog, journeys: readonly JourneyView[]): readonly WaitView[] =>
  waits
    .filter(
      ({ stage, token }) =>
        token !== undefined &&
        journeys.some(({ machine, status }) => machine === stage && status === 'running'),
    )
    .map(({ stage, deadline }) => ({
      what: `${stage} waits for news of the order`,
      until: deadline,
    }));

const heldOf = ({ touchId, decision, outcome }: TouchRecord): readonly WaitView[] =>
  decision.kind === 'hold' && outcome === undefined
    ? [{ what: `${touchId} is held (${decision.reason})`, until: decision.until }]
    : [];

const booksView = (transactions: readonly Transaction[]): BooksView => ({
  balances: booksOf(transactions)
    .filter(({ amountMinor }) => amountMinor !== 0)
    .map(({ account, class: ofClass = '', lineId = '', amountMinor, currency }) => ({
      account,
      class: ofClass,
      line: lineId,
      amount: amountInWords(amountMinor, exponentOf(currency), currency),
    })),
  entries: transactions.flatMap(({ occurredAt, shop, orderId, type, entries }) =>
    entries.map((entry) => ({
      at: occurredAt,
      shop,
      orderId,
      transaction: type,
      account: entry.account,
      class: entry.class ?? '',
      line: entry.lineId ?? '',
      amount: amountInWords(entry.amountMinor, exponentOf(entry.currency), entry.currency),
      credited: (entry.credits ?? [])
        .map(({ kind, id, touch }) => touch ?? `${kind} ${id}`)
        .join('; '),
    })),
  ),
});
