import { type IncomingEvent, parseEvent, type Refusal } from '#core/contracts/parse-event.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';
import type { ParkedEvents } from '#core/ports/parked-events.ts';
import {
  ingestCustomerEvent,
  type IngestCustomerEventDeps,
  type ToldOfCustomer,
} from './ingest-customer-event.ts';
import { ingestOrderEvent, type IngestOrderEventDeps } from './ingest-order-event.ts';

export interface IngestEventDeps extends IngestCustomerEventDeps, IngestOrderEventDeps {
  readonly orders: IngestOrderEventDeps['orders'];
  readonly purchases: IngestOrderEventDeps['purchases'];
  readonly shops: IngestOrderEventDeps['shops'];
  readonly catalogue: Catalogue;
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
  if (event.type === 'CatalogItemUpdated') {
    await deps.catalogue.save(event.item);
    return { kind: 'applied', event };
  }
  return isOfCustomer(event) ? ingestCustomerEvent(deps, event) : ingestOrderEvent(deps, event);
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

const isOfCustomer = (event: OrderEvent | ToldOfCustomer): event is ToldOfCustomer =>
  Object.hasOwn(ofCustomers, event.type);
