import type { ShopConfig } from '#core/contracts/config.ts';
import { type IncomingEvent, parseEvent, type Refusal } from '#core/contracts/parse-event.ts';
import {
  applyToCustomer,
  type CustomerEvent,
  newCustomer,
} from '#core/domain/customers/customer.ts';
import { retryOnConflict } from '#core/domain/retry-on-conflict.ts';
import type { Catalogue } from '#core/ports/catalogue.ts';
import type { Customers } from '#core/ports/customers.ts';
import type { ParkedEvents } from '#core/ports/parked-events.ts';
import { ingestOrderEvent, type IngestOrderEventDeps } from './ingest-order-event.ts';

export interface IngestEventDeps extends IngestOrderEventDeps {
  readonly customers: Customers;
  readonly catalogue: Catalogue;
  readonly parked: ParkedEvents;
  readonly shops: Readonly<Record<string, ShopConfig>>;
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
  return 'orderId' in event
    ? ingestOrderEvent(deps, event)
    : { kind: await changeCustomer(deps, event), event };
};

const changeCustomer = (
  { customers }: IngestEventDeps,
  event: CustomerEvent,
): Promise<'applied' | 'known'> =>
  retryOnConflict(async () => {
    const { shop, customerId } = event;
    const customer = (await customers.read(shop, customerId)) ?? newCustomer(shop, customerId);
    const changed = applyToCustomer(customer, event);
    if (changed === customer) return 'known';
    return (await customers.write(changed)) ? 'applied' : undefined;
  });
