import config from '#config';
import type { ShopConfig } from '#core/contracts/config.ts';
import { sourceOf } from '#core/contracts/incoming-events.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { OrderLog } from '#core/domain/orders/order-log.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';
import type { Purchases } from '#core/ports/purchases.ts';
import { type IngestEventDeps, ingestEvent } from '#lambdas/ingest-event/ingest-event.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryCustomers } from '#tests/fakes/in-memory-customers.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryJourneys } from '#tests/fakes/in-memory-journeys.ts';
import { inMemoryOrderLogs } from '#tests/fakes/in-memory-order-logs.ts';
import { inMemoryPurchases } from '#tests/fakes/in-memory-purchases.ts';
import { inMemoryParkedEvents } from '#tests/fakes/in-memory-queues.ts';

/** The shops of the configuration, without a promise of their own. */
export const shops: Readonly<Record<string, ShopConfig>> = Object.fromEntries(
  Object.entries(config.shops).map(([id, shop]) => [id, { ...shop, promise: {} }]),
);

/** An event as the shop's system puts it on the bus. */
export const messageOf = ({ type, ...detail }: OrderEvent): string =>
  JSON.stringify({
    source: sourceOf(detail.shop),
    'detail-type': type,
    detail: { ...detail, schemaVersion: 1 },
  });

export interface World {
  readonly logs?: readonly OrderLog[];
  readonly items?: readonly CatalogItem[];
  readonly shops?: IngestEventDeps['shops'];
  /** Stands between the use case and the stored logs. */
  readonly around?: (orders: OrderLogs) => OrderLogs;
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
  const customers = inMemoryCustomers();
  const catalogue = inMemoryCatalogue(...(world.items ?? []));
  const purchases = breaking(inMemoryPurchases(), world.purchasesBreak ?? (() => false));
  const bus = inMemoryEventBus(world.busBreaks);
  const parked = inMemoryParkedEvents();
  const journeys = inMemoryJourneys(world.journeysBreak);
  const ingest = ingestEvent({
    orders: world.around?.(orders) ?? orders,
    customers,
    catalogue,
    purchases,
    publisher: bus,
    parked,
    wake: journeys.wake,
    shops: world.shops ?? shops,
  });
  return { ingest, orders, customers, catalogue, purchases, bus, parked, journeys };
};
