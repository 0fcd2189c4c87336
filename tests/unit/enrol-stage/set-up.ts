import { createHash } from 'node:crypto';
import config from '#config';
import type { ShopConfig } from '#core/contracts/config.ts';
import type { ShopList } from '#core/domain/affinity/affinity-list.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { Customer } from '#core/domain/customers/customer.ts';
import type { Purchase } from '#core/domain/customers/purchase.ts';
import { spread } from '#core/domain/journeys/spread.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { DatedScore } from '#core/domain/scores/dated-score.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';
import { stageDue } from '#lambdas/enrol-stage/contract.ts';
import {
  enrolAccepted,
  enrolDue,
  enrolNext,
  enrolNotice,
  type EnrolStageDeps,
} from '#lambdas/enrol-stage/enrol-stage.ts';
import { inMemoryAffinity } from '#tests/fakes/in-memory-affinity.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryCustomers } from '#tests/fakes/in-memory-customers.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryJourneys } from '#tests/fakes/in-memory-journeys.ts';
import { inMemoryOrderLogs } from '#tests/fakes/in-memory-order-logs.ts';
import { inMemoryPurchases } from '#tests/fakes/in-memory-purchases.ts';
import { scoresOf } from '#tests/fakes/in-memory-scores.ts';
import { inMemoryScheduler } from '#tests/fakes/in-memory-scheduler.ts';
import { ARRIVAL, tenOclock, timing } from '#tests/unit/journeys/plan-inputs.ts';
import { logOf } from '#tests/unit/orders/histories.ts';
import { at, delivered, placed } from '#tests/unit/orders/order-events.ts';

export const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** When an order's touch goes that is due at this instant. */
export const spreadOf = (due: string, orderId = '100482'): string => spread(due, orderId, hash);

const shopOf = (change: Partial<ShopConfig>): ShopConfig => {
  const { hearth } = config.shops;
  if (hearth === undefined) throw new Error('the configuration has no shop hearth');
  const plain = { categories: {}, products: {}, packagingInserts: false, timing };
  return { ...hearth, highValueFrom: undefined, priceBands: undefined, ...plain, ...change };
};

export interface World {
  readonly orderId?: string;
  /** @default an order that arrives at hour 60 */
  readonly events?: readonly OrderEvent[];
  readonly shop?: Partial<ShopConfig>;
  /** By SKU. */
  readonly facts?: ShopConfig['products'];
  readonly items?: readonly CatalogItem[];
  readonly customer?: Customer;
  readonly purchases?: readonly Purchase[];
  /** Of the customer `c-17`. */
  readonly score?: DatedScore;
  /** What was learnt. */
  readonly affinity?: readonly ShopList[];
  readonly now?: string;
  readonly schedulerBreaks?: () => boolean;
  readonly busBreaks?: () => boolean;
}

const machines = () => ({
  fulfilment: inMemoryJourneys(),
  onboarding: inMemoryJourneys(),
  advocacy: inMemoryJourneys(),
  repurchase: inMemoryJourneys(),
  notice: inMemoryJourneys(),
  support: inMemoryJourneys(),
});

/** The use cases among fakes, and the fakes to look at. */
export const setUp = ({ orderId = '100482', ...world }: World = {}) => {
  const events = world.events ?? [placed({ orderId }), delivered(ARRIVAL)];
  const orders = inMemoryOrderLogs({ ...logOf(events), orderId, version: 1 });
  const journeys = machines();
  const scheduler = inMemoryScheduler(world.schedulerBreaks);
  const bus = inMemoryEventBus(world.busBreaks);
  const clock = { now: world.now ?? tenOclock(0) };
  const deps: EnrolStageDeps = {
    orders,
    customers: inMemoryCustomers(...(world.customer === undefined ? [] : [world.customer])),
    purchases: inMemoryPurchases(...(world.purchases ?? [])),
    catalogue: inMemoryCatalogue(...(world.items ?? [])),
    affinity: inMemoryAffinity(...(world.affinity ?? [])).reader,
    scores: scoresOf(world.score === undefined ? {} : { 'hearth#c-17': world.score }),
    publisher: bus,
    schedule: scheduler.schedule,
    start: {
      fulfilment: journeys.fulfilment.start,
      onboarding: journeys.onboarding.start,
      advocacy: journeys.advocacy.start,
      repurchase: journeys.repurchase.start,
      notice: journeys.notice.start,
      support: journeys.support.start,
    },
    shops: { hearth: shopOf({ products: world.facts ?? {}, ...world.shop }) },
    hash,
    now: () => new Date(clock.now),
  };
  const fact = (occurredAt: string) =>
    ({ eventId: 'fact', occurredAt, schemaVersion: 1, shop: 'hearth', orderId }) as const;

  return {
    orders,
    journeys,
    scheduler,
    bus,
    clock,
    accept: (deadline?: string) =>
      enrolAccepted(deps)({ ...fact(at(10)), placedAt: at(10), deadline }),
    notice: enrolNotice(deps),
    hear: (...more: readonly OrderEvent[]) => addTo(orders, orderId, more),
    handOver: (stage: string, outcome = 'done') =>
      enrolNext(deps)({ ...fact(clock.now), stage, outcome }),
    due: (payload: unknown) => enrolDue(deps)(stageDue.parse(payload)),
    /** The first schedule calls, at its time; it can be looked at. */
    fire: async () => {
      const first = scheduler.fire();
      if (first === undefined) throw new Error('nothing is scheduled');
      if (first.at > clock.now) clock.now = first.at;
      return { ...first, result: await enrolDue(deps)(stageDue.parse(first.payload)) };
    },
  };
};

const addTo = async (orders: OrderLogs, orderId: string, more: readonly OrderEvent[]) => {
  const log = await orders.read('hearth', orderId);
  await orders.write({ ...log, events: [...log.events, ...more] });
};
