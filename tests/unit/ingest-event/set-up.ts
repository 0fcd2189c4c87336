import { writtenAddresses } from '#core/adapters/written-addresses.ts';
import { type IncomingDetail, sourceOf } from '#core/contracts/incoming-events.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { AddressSuppression } from '#core/domain/contact-policy/suppression.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { OrderLog } from '#core/domain/orders/order-log.ts';
import type { Customers } from '#core/ports/customers.ts';
import type { Identities } from '#core/ports/identities.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';
import type { Purchases } from '#core/ports/purchases.ts';
import { type IngestEventDeps, ingestEvent } from '#lambdas/ingest-event/ingest-event.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryCustomers } from '#tests/fakes/in-memory-customers.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryIdentities } from '#tests/fakes/in-memory-identities.ts';
import { inMemoryJourneys } from '#tests/fakes/in-memory-journeys.ts';
import { inMemoryOrderLogs } from '#tests/fakes/in-memory-order-logs.ts';
import { inMemoryPurchases } from '#tests/fakes/in-memory-purchases.ts';
import { inMemoryParkedEvents } from '#tests/fakes/in-memory-queues.ts';
import { inMemorySuppressions } from '#tests/fakes/in-memory-suppressions.ts';

/** Two shops without a promise of their own; marketing in Germany needs a double opt-in. */
export const shops: IngestEventDeps['shops'] = {
  hearth: { country: 'DE', promise: {}, categories: {}, products: {} },
  northside: { country: 'US', promise: {}, categories: {}, products: {} },
};

const policy: IngestEventDeps['policy'] = {
  regions: { germany: ['DE'] },
  consent: [
    { purposes: ['marketing'], regions: ['germany'], needs: 'double-opt-in' },
    { needs: 'opt-in' },
  ],
};

/** An event as the shop's system puts it on the bus. */
export const messageOf = ({ type, ...detail }: OrderEvent): string =>
  JSON.stringify({
    source: sourceOf(detail.shop),
    'detail-type': type,
    detail: { ...detail, schemaVersion: 1 },
  });

type PersonType =
  | 'CustomerUpdated'
  | 'ConsentChanged'
  | 'SupportCaseOpened'
  | 'SupportCaseClosed'
  | 'DeviceRegistered'
  | 'DeviceRemoved';

/** What is told of a customer of the shop `hearth`. */
export const tell = <Type extends PersonType>(
  type: Type,
  detail: Omit<IncomingDetail<Type>, 'schemaVersion' | 'shop'>,
): string =>
  JSON.stringify({
    source: 'oms.hearth',
    'detail-type': type,
    detail: { ...detail, shop: 'hearth', schemaVersion: 1 },
  });

/** Keyed hashes that can be read. */
const hashAddress: IngestEventDeps['hashAddress'] = async (kind, address) => `${kind}:${address}`;

/** What an order's customer is known by, with nobody known yet. */
export const knowingNobody = () => ({
  customers: inMemoryCustomers(),
  identities: inMemoryIdentities(),
  addresses: writtenAddresses,
  hashAddress,
  policy,
});

export interface World {
  readonly logs?: readonly OrderLog[];
  readonly items?: readonly CatalogItem[];
  readonly shops?: IngestEventDeps['shops'];
  /** Stands between the use case and the stored logs. */
  readonly around?: (orders: OrderLogs) => OrderLogs;
  readonly aroundCustomers?: (customers: Customers) => Customers;
  readonly aroundIdentities?: (identities: Identities) => Identities;
  readonly suppressed?: Readonly<Record<string, AddressSuppression>>;
  readonly busBreaks?: () => boolean;
  readonly journeysBreak?: () => boolean;
  readonly purchasesBreak?: () => boolean;
}

const breaking = (purchases: Purchases, breaks: () => boolean): Purchases => ({
  ...purchases,
  keep: async (purchase, version) => {
    if (breaks()) throw new Error('the purchases cannot be reached');
    await purchases.keep(purchase, version);
  },
});

/** The use case among fakes, and the fakes to look at. */
export const setUp = (world: World = {}) => {
  const orders = inMemoryOrderLogs(...(world.logs ?? []));
  const { customers, identities, ...knowing } = knowingNobody();
  const suppressions = inMemorySuppressions(world.suppressed);
  const catalogue = inMemoryCatalogue(...(world.items ?? []));
  const purchases = breaking(inMemoryPurchases(), world.purchasesBreak ?? (() => false));
  const bus = inMemoryEventBus(world.busBreaks);
  const parked = inMemoryParkedEvents();
  const journeys = inMemoryJourneys(world.journeysBreak);
  const ingest = ingestEvent({
    orders: world.around?.(orders) ?? orders,
    customers: world.aroundCustomers?.(customers) ?? customers,
    identities: world.aroundIdentities?.(identities) ?? identities,
    suppressions,
    ...knowing,
    sha256: (text) => `sha256 of ${text}`,
    catalogue,
    purchases,
    publisher: bus,
    parked,
    wake: journeys.wake,
    shops: world.shops ?? shops,
  });
  const fakes = { orders, customers, identities, suppressions, catalogue, purchases };
  return { ingest, ...fakes, bus, parked, journeys };
};
