import config from '#config';
import { sha256Digest } from '#core/adapters/sha256-digest.ts';
import type { ShopConfig } from '#core/contracts/config.ts';
import type { ContactHistory } from '#core/domain/contact-policy/contact-history.ts';
import type { ContactPolicy } from '#core/domain/contact-policy/policy.ts';
import type { AddressSuppression } from '#core/domain/contact-policy/suppression.ts';
import type { Customer } from '#core/domain/customers/customer.ts';
import { type Experiments, noExperiments } from '#core/domain/experiments/experiment.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { Channel, Touch } from '#core/domain/touches/touch.ts';
import {
  type Again,
  decideAgain,
  decideTouch,
  type DecideTouchDeps,
  reviewContacts,
} from '#lambdas/decide-touch/decide-touch.ts';
import { inMemoryContactLog } from '#tests/fakes/in-memory-contact-log.ts';
import { inMemoryCustomers } from '#tests/fakes/in-memory-customers.ts';
import { inMemoryDecisionScheduler } from '#tests/fakes/in-memory-decision-scheduler.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryOrderLogs } from '#tests/fakes/in-memory-order-logs.ts';
import { inMemoryPurchases } from '#tests/fakes/in-memory-purchases.ts';
import { inMemoryTouchQueue } from '#tests/fakes/in-memory-queues.ts';
import { inMemorySuppressions } from '#tests/fakes/in-memory-suppressions.ts';
import { inMemoryTouchRecords } from '#tests/fakes/in-memory-touch-records.ts';
import {
  agreed,
  reachable,
  smallPolicy,
  touchOf,
} from '#tests/unit/contact-policy/policy-inputs.ts';
import { logOf } from '#tests/unit/orders/histories.ts';
import { at, placed } from '#tests/unit/orders/order-events.ts';

export interface World {
  readonly events?: readonly OrderEvent[];
  readonly customer?: Customer | undefined;
  readonly touches?: Readonly<Record<string, Touch>>;
  readonly policy?: Partial<ContactPolicy>;
  readonly experiments?: Experiments;
  readonly channels?: readonly Channel[];
  readonly suppressed?: Readonly<Record<string, AddressSuppression>>;
  readonly histories?: readonly ContactHistory[];
  readonly log?: DecideTouchDeps['log'];
  readonly hours?: number;
  readonly queueBreaks?: () => boolean;
  readonly busBreaks?: () => boolean;
  readonly scheduleBreaks?: () => boolean;
}

const shopOf = (): ShopConfig => {
  const { hearth } = config.shops;
  if (hearth === undefined) throw new Error('the configuration has no shop hearth');
  return hearth;
};

/** Touches of the small policy: two that it ranks, one that it does not. */
export const smallTouches = {
  care: touchOf({ name: 'care', purpose: 'service' }),
  survey: touchOf({ name: 'survey', purpose: 'service', channels: ['email', 'push'] }),
  offer: touchOf({ name: 'offer', relevance: ['while-kept'] }),
  parcel: touchOf({ name: 'parcel', purpose: 'transactional', channels: ['push', 'email'] }),
};

export const requestOf = (touch: string, ...subjects: readonly string[]) => ({
  shop: 'hearth',
  orderId: '100482',
  touch,
  subjects,
});

/** An order of somebody in Berlin who agreed to everything, and everything that decides on its touches. */
export const worldOf = ({ hours = 36, ...world }: World = {}) => {
  const { events = [placed({ contact: reachable })], channels = ['email', 'sms', 'push'] } = world;
  const customer = 'customer' in world ? world.customer : agreed;
  const clock = { hours };
  const log = world.log ?? inMemoryContactLog(world.histories);
  const customers = inMemoryCustomers(...(customer === undefined ? [] : [customer]));
  const suppressions = inMemorySuppressions(world.suppressed);
  const records = inMemoryTouchRecords();
  const schedule = inMemoryDecisionScheduler(world.scheduleBreaks);
  const queue = inMemoryTouchQueue(world.queueBreaks);
  const bus = inMemoryEventBus(world.busBreaks);
  const deps: DecideTouchDeps = {
    touches: world.touches ?? smallTouches,
    shops: { hearth: shopOf() },
    policy: { ...smallPolicy, ...world.policy },
    experiments: world.experiments ?? noExperiments,
    channels,
    orders: inMemoryOrderLogs({ ...logOf(events), version: 1 }),
    customers,
    purchases: inMemoryPurchases(),
    suppressions,
    log,
    placeZones: () => [],
    records,
    queues: Object.fromEntries(channels.map((channel) => [channel, queue.send])),
    schedule,
    publisher: bus,
    digest: sha256Digest,
    now: () => new Date(at(clock.hours)),
  };
  const find = (touchId: string) => records.find({ shop: 'hearth', orderId: '100482', touchId });
  return {
    decide: decideTouch(deps),
    again: (touchId: string, turn: number, change: Partial<Again> = {}) =>
      decideAgain(deps)({ shop: 'hearth', orderId: '100482', touchId, turn, ...change }),
    review: () => reviewContacts(deps)('hearth', 'c-17'),
    history: () => log.read('hearth', 'c-17'),
    find,
    clock,
    customers,
    suppressions,
    records,
    schedule,
    queue,
    bus,
  };
};
