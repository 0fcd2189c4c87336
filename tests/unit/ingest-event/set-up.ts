import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import { writtenAddresses } from '#core/adapters/written-addresses.ts';
import { type IncomingDetail, sourceOf } from '#core/contracts/incoming-events.ts';
import type { OutgoingEvent } from '#core/contracts/outgoing-events.ts';
import type { ProductTexts } from '#core/domain/content/product-texts.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { AddressSuppression } from '#core/domain/contact-policy/suppression.ts';
import type { Evidence } from '#core/domain/ledger/evidence.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { OrderLog } from '#core/domain/orders/order-log.ts';
import type { Session } from '#core/domain/sessions/session.ts';
import type { Customers } from '#core/ports/customers.ts';
import type { Identities } from '#core/ports/identities.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';
import type { Purchases } from '#core/ports/purchases.ts';
import { settleOffers } from '#core/sessions/settle-offers.ts';
import { type IngestEventDeps, ingestEvent } from '#lambdas/ingest-event/ingest-event.ts';
import { inMemoryAttributions } from '#tests/fakes/in-memory-attributions.ts';
import { inMemoryProductContents } from '#tests/fakes/in-memory-product-contents.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryCustomers } from '#tests/fakes/in-memory-customers.ts';
import { type InMemoryEventBus, inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryIdentities } from '#tests/fakes/in-memory-identities.ts';
import { inMemoryJourneys } from '#tests/fakes/in-memory-journeys.ts';
import { type InMemoryLedger, inMemoryLedger } from '#tests/fakes/in-memory-ledger.ts';
import { inMemoryOfferCounts } from '#tests/fakes/in-memory-offer-counts.ts';
import { inMemoryOfferHistories } from '#tests/fakes/in-memory-offer-histories.ts';
import { inMemoryOffers } from '#tests/fakes/in-memory-offers.ts';
import { inMemoryOrderLogs } from '#tests/fakes/in-memory-order-logs.ts';
import { inMemoryPurchases } from '#tests/fakes/in-memory-purchases.ts';
import { inMemoryParkedEvents } from '#tests/fakes/in-memory-queues.ts';
import { inMemorySessions } from '#tests/fakes/in-memory-sessions.ts';
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

const ledgerRules: IngestEventDeps['ledgerRules'] = {
  reportingCurrency: 'EUR',
  rates: { USD: '0.92' },
  attribution: {
    model: 'last-touch',
    clickDays: 7,
    purposes: ['service', 'marketing'],
    codeDays: 30,
    sessionHours: 24,
  },
  codes: {},
};

const breakingLedger = (ledger: InMemoryLedger, breaks: () => boolean): InMemoryLedger => ({
  ...ledger,
  post: async (transaction) => {
    if (breaks()) throw new Error('the ledger cannot be reached');
    return ledger.post(transaction);
  },
});

/** Confirmation pages that were opened, and what settles what was taken up on them. */
const pagesOf = (opened: readonly Session[]) => {
  const sessions = inMemorySessions(opened);
  const counts = inMemoryOfferCounts();
  const histories = inMemoryOfferHistories();
  const settle = settleOffers({ sessions, counts, histories, reportUnpaid: () => undefined });
  return { sessions, counts, settle };
};

/** What an order is taken in by, with nobody known and nothing booked yet. */
export const knowingNobody = (ledgerBreaks = () => false) => ({
  customers: inMemoryCustomers(),
  identities: inMemoryIdentities(),
  addresses: writtenAddresses,
  hashAddress,
  policy,
  ledger: breakingLedger(inMemoryLedger(), ledgerBreaks),
  attributions: inMemoryAttributions(),
  ledgerRules,
  digest: sha256Digest,
  ...pagesOf([]),
});

export interface World {
  readonly logs?: readonly OrderLog[];
  readonly items?: readonly CatalogItem[];
  readonly texts?: readonly ProductTexts[];
  readonly shops?: IngestEventDeps['shops'];
  /** Stands between the use case and the stored logs. */
  readonly around?: (orders: OrderLogs) => OrderLogs;
  readonly aroundCustomers?: (customers: Customers) => Customers;
  readonly aroundIdentities?: (identities: Identities) => Identities;
  readonly suppressed?: Readonly<Record<string, AddressSuppression>>;
  readonly evidence?: readonly Evidence[];
  readonly sessions?: readonly Session[];
  readonly ledgerBreaks?: () => boolean;
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

/** With what stands between them and the use case. */
const surrounded = (
  { around, aroundCustomers, aroundIdentities }: World,
  { orders, customers, identities }: Pick<IngestEventDeps, 'orders' | 'customers' | 'identities'>,
) => ({
  orders: around?.(orders) ?? orders,
  customers: aroundCustomers?.(customers) ?? customers,
  identities: aroundIdentities?.(identities) ?? identities,
});

/** The use case among fakes, and the fakes to look at. */
export const setUp = (world: World = {}) => {
  const orders = inMemoryOrderLogs(...(world.logs ?? []));
  const { customers, identities, ledger, ...knowing } = knowingNobody(world.ledgerBreaks);
  const pages = pagesOf(world.sessions ?? []);
  const offers = inMemoryOffers();
  const suppressions = inMemorySuppressions(world.suppressed);
  const catalogue = inMemoryCatalogue(...(world.items ?? []));
  const contents = inMemoryProductContents(...(world.texts ?? []));
  const purchases = breaking(inMemoryPurchases(), world.purchasesBreak ?? (() => false));
  const bus = inMemoryEventBus(world.busBreaks);
  const parked = inMemoryParkedEvents();
  const journeys = inMemoryJourneys(world.journeysBreak);
  const attributions = inMemoryAttributions(...(world.evidence ?? []));
  const ingest = ingestEvent({
    ...surrounded(world, { orders, customers, identities }),
    suppressions,
    ...knowing,
    settle: pages.settle,
    offers,
    ledger,
    sha256: (text) => `sha256 of ${text}`,
    catalogue,
    contents,
    purchases,
    attributions,
    publisher: bus,
    parked,
    wake: journeys.wake,
    shops: world.shops ?? shops,
  });
  const books = { ledger, attributions, offers, sessions: pages.sessions, counts: pages.counts };
  const fakes = {
    orders,
    customers,
    identities,
    suppressions,
    catalogue,
    contents,
    purchases,
    ...books,
  };
  return { ingest, ...fakes, ...parted(bus), parked, journeys };
};

/** `bus` has what others act on; `recorded` what only the lake takes. */
const parted = ({ events }: InMemoryEventBus) => {
  const isRecorded = ({ type }: OutgoingEvent): boolean =>
    type === 'OrderChanged' || type === 'LedgerEntryPosted';
  return {
    bus: {
      get events() {
        return events.filter((event) => !isRecorded(event));
      },
    },
    recorded: () => events.filter(isRecorded),
  };
};
