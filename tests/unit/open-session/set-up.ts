import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import type { ShopConfig } from '#core/contracts/config.ts';
import { sessionAnswer } from '#core/contracts/session-api.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { Customer } from '#core/domain/customers/customer.ts';
import type { Purchase } from '#core/domain/customers/purchase.ts';
import type { Experiments } from '#core/domain/experiments/experiment.ts';
import type { Offer } from '#core/domain/offers/offer.ts';
import { openSession } from '#lambdas/open-session/open-session.ts';
import type { OpenSessionDeps } from '#lambdas/open-session/open-session-deps.ts';
import { inMemoryAffinity } from '#tests/fakes/in-memory-affinity.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryCustomers } from '#tests/fakes/in-memory-customers.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryOfferCounts } from '#tests/fakes/in-memory-offer-counts.ts';
import { inMemoryOfferHistories } from '#tests/fakes/in-memory-offer-histories.ts';
import { inMemoryOffers } from '#tests/fakes/in-memory-offers.ts';
import { inMemoryPurchases } from '#tests/fakes/in-memory-purchases.ts';
import { inMemorySessions } from '#tests/fakes/in-memory-sessions.ts';
import { inMemoryToldEvents } from '#tests/fakes/in-memory-told-events.ts';
import { euros } from '#tests/unit/orders/order-events.ts';
import { type Asked, type Heard, served } from '#tests/unit/sessions/http.ts';
import { hearth, minute } from '#tests/unit/sessions/sessions.ts';
import {
  orderToken,
  type OrderTokenChange,
  orderTokens,
  sessionTokens,
  tokenOrder,
} from '#tests/unit/sessions/tokens.ts';

export const offer = (offerId: string, change: Partial<Offer> = {}): Offer => ({
  shop: 'hearth',
  offerId,
  type: 'upsell',
  product: { kind: 'sku', sku: `SKU-${offerId}` },
  creative: {
    en: { headline: `${offerId}, in English`, action: 'Add to my order' },
    de: { headline: `${offerId}, auf Deutsch`, action: 'Hinzufügen' },
  },
  // So much that no draw is below the floor.
  value: { kind: 'margin', amountMinor: 1_000_000 },
  conditions: {},
  isActive: true,
  updatedAt: minute(-100),
  ...change,
});

export const item = (sku: string, change: Partial<CatalogItem> = {}): CatalogItem => ({
  shop: 'hearth',
  sku,
  name: `The ${sku}`,
  price: euros(1290),
  imageUrl: `https://static.hearth.example/${sku}.jpg`,
  updatedAt: minute(-100),
  ...change,
});

export const noExperiments: Experiments = { experiments: [] };

/** Everybody is held out, or nobody. */
export const holdoutOf = (share: number): Experiments => ({
  ...noExperiments,
  holdout: { share, treats: ['marketing'], also: [], except: [] },
});

export interface Setting {
  readonly offers?: readonly Offer[];
  readonly items?: readonly CatalogItem[];
  readonly customers?: readonly Customer[];
  readonly purchases?: readonly Purchase[];
  readonly shop?: Partial<ShopConfig>;
  readonly experiments?: Experiments;
  readonly deps?: Partial<OpenSessionDeps>;
}

const beans = offer('beans');

/** The function with everything around it in memory; its clock goes by minutes. */
export const setUp = ({
  offers = [beans],
  items = offers.map(({ offerId }) => item(`SKU-${offerId}`)),
  customers = [],
  purchases = [],
  shop = {},
  experiments = noExperiments,
  deps = {},
}: Setting = {}) => {
  const clock = { minute: 0 };
  const sessions = inMemorySessions();
  const counts = inMemoryOfferCounts();
  const histories = inMemoryOfferHistories();
  const told = inMemoryToldEvents();
  const bus = inMemoryEventBus();
  const affinity = inMemoryAffinity();
  const all: OpenSessionDeps = {
    shops: { hearth: hearth(shop) },
    experiments,
    sessions,
    offers: inMemoryOffers(...offers),
    counts,
    histories,
    catalogue: inMemoryCatalogue(...items),
    customers: inMemoryCustomers(...customers),
    purchases: inMemoryPurchases(...purchases),
    affinity: affinity.reader,
    orderTokens,
    sessionTokens,
    told,
    publisher: bus,
    digest: sha256Digest,
    now: () => new Date(minute(clock.minute)),
    ...deps,
  };
  const { ask, reported } = served(openSession(all));
  const post = async (change: OrderTokenChange = {}): Promise<Heard> =>
    ask('POST', '/sessions', {
      body: {
        orderToken: await orderToken({ from: Date.parse(minute(clock.minute)) / 1000, ...change }),
      },
    });
  const get = (sessionId: string, token: string, asked: Asked = {}): Promise<Heard> =>
    ask('GET', `/sessions/${sessionId}`, {
      headers: { authorization: `Bearer ${token}` },
      ...asked,
    });
  return { clock, sessions, counts, histories, told, bus, affinity, ask, reported, post, get };
};

/** The session in an answer. */
export const sessionIn = ({ status, body }: Heard) => {
  if (status >= 300) throw new Error(`got ${status}: ${JSON.stringify(body)}`);
  return sessionAnswer.parse(body);
};

/** Opens a page and says what it offers, by offer id. */
export const offered = async (setting: Setting, order: Parameters<typeof tokenOrder>[0] = {}) => {
  const world = setUp(setting);
  const answer = await world.post({ order: tokenOrder(order) });
  sessionIn(answer);
  return (world.sessions.all()[0]?.offers ?? []).map(({ offerId }) => offerId).toSorted();
};
