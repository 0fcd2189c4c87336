import { type IncomingEvent, parseEvent, type Refusal } from '#core/contracts/parse-event.ts';
import type { AdjustmentPosted } from '#core/domain/ledger/adjustment-posted.ts';
import { adjustmentTransactions } from '#core/domain/ledger/adjustment-transaction.ts';
import { frozenRate } from '#core/domain/ledger/frozen-rate.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import { isOrderEventType } from '#core/domain/orders/order-of.ts';
import type { Attributions } from '#core/ports/attributions.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';
import type { Offers } from '#core/ports/offers.ts';
import type { ParkedEvents } from '#core/ports/parked-events.ts';
import { book } from './book-order.ts';
import { requestErasure } from './erase-requested.ts';
import {
  ingestCustomerEvent,
  type IngestCustomerEventDeps,
  type ToldOfCustomer,
} from './ingest-customer-event.ts';
import { ingestOrderEvent, type IngestOrderEventDeps } from './ingest-order-event.ts';
import { ingestPageEvent } from './ingest-page-event.ts';
import { reviewContent, type ReviewContentDeps } from './review-content.ts';

export interface IngestEventDeps extends IngestCustomerEventDeps, IngestOrderEventDeps {
  readonly orders: IngestOrderEventDeps['orders'];
  readonly purchases: IngestOrderEventDeps['purchases'];
  readonly shops: IngestOrderEventDeps['shops'];
  readonly attributions: Attributions;
  readonly catalogue: Catalogue;
  readonly contents: ReviewContentDeps['contents'];
  readonly offers: Pick<Offers, 'save'>;
  readonly parked: ParkedEvents;
}

/** What became of one message, for log and metrics. `known` is an event that came again. */
export type Ingested =
  | { readonly kind: 'applied' | 'known'; readonly event: IncomingEvent }
  | ({ readonly kind: 'parked' } & Refusal);

/**
 * Takes in one message: applied once in effect however often it comes, or parked with the reason.
 * Side effects are finished before this returns, so a message is only acknowledged when nothing
 * is left to do for it.
 */
export const ingestEvent =
  (deps: IngestEventDeps) =>
  async (body: string): Promise<Ingested> => {
    const parsed = parseEvent(body, Object.keys(deps.shops));
    const result = parsed.ok ? await apply(deps, parsed.event) : parked(parsed);
    if (result.kind === 'parked') await deps.parked.park(body, result);
    return result;
  };

const parked = ({ reason, problem }: Refusal): Ingested => ({ kind: 'parked', reason, problem });

const apply = async (deps: IngestEventDeps, event: IncomingEvent): Promise<Ingested> => {
  if (isOfOrder(event)) return ingestOrderEvent(deps, event);
  if (isOfCustomer(event)) return ingestCustomerEvent(deps, event);
  if (event.type === 'AdjustmentPosted') return bookAdjustment(deps, event);
  if (event.type === 'ErasureRequested') return requestErasure(deps, event);
  if (event.type === 'ContentReviewed') return reviewContent(deps, event);
  if (event.type === 'CatalogItemUpdated') await deps.catalogue.save(event.item);
  else if (event.type === 'OfferUpdated') await deps.offers.save(event.offer);
  else await ingestPageEvent(deps, event);
  return { kind: 'applied', event };
};

const bookAdjustment = async (
  deps: IngestEventDeps,
  event: AdjustmentPosted,
): Promise<Ingested> => {
  const rate = frozenRate(event.currency, undefined, deps.ledgerRules);
  if (!rate.ok) return { kind: 'parked', reason: 'no-exchange-rate', problem: rate.problem };
  const facts = await book(deps, adjustmentTransactions(event, rate.exchangeRate, deps.digest));
  if (facts.length > 0) await deps.publisher.publish(facts);
  return { kind: 'applied', event };
};

/** Some of them name an order as well: they are told of a person all the same. */
const ofCustomers: Readonly<Record<ToldOfCustomer['type'], true>> = {
  CustomerUpdated: true,
  ConsentChanged: true,
  DeviceRegistered: true,
  DeviceRemoved: true,
  SupportCaseOpened: true,
  SupportCaseClosed: true,
  LoyaltyEnrolled: true,
  SubscriptionStarted: true,
  SubscriptionRenewed: true,
  SubscriptionCancelled: true,
};

const isOfCustomer = (event: IncomingEvent): event is ToldOfCustomer =>
  Object.hasOwn(ofCustomers, event.type);

const isOfOrder = (event: IncomingEvent): event is OrderEvent => isOrderEventType(event.type);
