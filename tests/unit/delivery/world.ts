import config from '#config';
import type { ShopConfig } from '#core/contracts/config.ts';
import {
  deliverTouch,
  type DueTouch,
  type Prepared,
  type SendResult,
} from '#core/delivery/deliver-touch.ts';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import type { ContactHistory } from '#core/domain/contact-policy/contact-history.ts';
import type { AddressSuppression } from '#core/domain/contact-policy/suppression.ts';
import type { Customer } from '#core/domain/customers/customer.ts';
import type { Purchase } from '#core/domain/customers/purchase.ts';
import { type Experiments, noExperiments } from '#core/domain/experiments/experiment.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { Channel } from '#core/domain/touches/touch.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryContactLog } from '#tests/fakes/in-memory-contact-log.ts';
import { inMemoryCustomers } from '#tests/fakes/in-memory-customers.ts';
import { inMemoryEventBus } from '#tests/fakes/in-memory-event-bus.ts';
import { inMemoryOrderLogs } from '#tests/fakes/in-memory-order-logs.ts';
import { inMemoryPurchases } from '#tests/fakes/in-memory-purchases.ts';
import { inMemorySuppressions } from '#tests/fakes/in-memory-suppressions.ts';
import { inMemoryTouchRecords } from '#tests/fakes/in-memory-touch-records.ts';
import { agreed, reachable, smallPolicy } from '#tests/unit/contact-policy/policy-inputs.ts';
import { logOf } from '#tests/unit/orders/histories.ts';
import { at, delivered, placed } from '#tests/unit/orders/order-events.ts';
import { type TouchName, touches } from '#touches/registry.ts';

export interface World {
  readonly touch: TouchName;
  readonly subjects: readonly string[];
  readonly channel?: Channel;
  readonly experiments?: Experiments;
  readonly record?: Partial<TouchRecord>;
  readonly events?: readonly OrderEvent[];
  readonly items?: readonly CatalogItem[];
  readonly shop?: Partial<ShopConfig>;
  readonly customer?: Customer;
  readonly purchases?: readonly Purchase[];
  readonly histories?: readonly ContactHistory[];
  readonly suppressed?: Readonly<Record<string, AddressSuppression>>;
  /** What the provider says, one answer a call; the last one from then on. */
  readonly answers?: readonly SendResult[];
  readonly nothingToSay?: boolean;
  readonly hours?: number;
  readonly busBreaks?: () => boolean;
  /** Whether writing down what the provider said fails this time. */
  readonly recordBreaks?: () => boolean;
}

export const accepted = { kind: 'accepted', messageId: 'm-1' } as const satisfies SendResult;

const shopOf = (change: Partial<ShopConfig> = {}): ShopConfig => {
  const { hearth } = config.shops;
  if (hearth === undefined) throw new Error('the configuration has no shop hearth');
  return { ...hearth, categories: {}, products: {}, ...change };
};

const recordOf = ({ touch, subjects, channel = 'email', record }: World): TouchRecord => ({
  shop: 'hearth',
  orderId: '100482',
  touch,
  touchId: touch,
  subjects,
  purpose: touches[touch].purpose,
  customerId: 'c-17',
  decision: { kind: 'send', channel, rules: [] },
  decidedAt: at(12),
  turn: 1,
  earlier: [],
  zones: ['Europe/Berlin'],
  state: 'decided',
  attempts: 0,
  ...record,
});

const recordsOf = (record: TouchRecord, breaks: () => boolean = () => false) => {
  const records = inMemoryTouchRecords(record);
  const finish: typeof records.finish = async (...outcome) => {
    if (breaks()) throw new Error('the record was not written');
    await records.finish(...outcome);
  };
  return { ...records, finish };
};

/** A decided touch of somebody in Berlin who agreed to everything, and everything that delivers it at noon. */
export const worldOf = (world: World) => {
  const { channel = 'email', purchases = [], answers = [accepted] } = world;
  const { events = [placed({ contact: reachable }), delivered(14)] } = world;
  const record = recordOf(world);
  const records = recordsOf(record, world.recordBreaks);
  const bus = inMemoryEventBus(world.busBreaks);
  const log = inMemoryContactLog(world.histories);
  const suppressions = inMemorySuppressions(world.suppressed);
  const due: DueTouch[] = [];
  const calls: SendResult[] = [];
  const clock = { hours: world.hours ?? 396 };
  const send = async (): Promise<SendResult> => {
    const answer = answers[Math.min(calls.length, answers.length - 1)] ?? accepted;
    calls.push(answer);
    return answer;
  };
  const prepare = async (each: DueTouch): Promise<Prepared> => {
    due.push(each);
    return world.nothingToSay === true
      ? { kind: 'dropped', reason: 'no-longer-relevant' }
      : {
          kind: 'ready',
          locale: 'de-DE',
          addressId: 'e-1',
          personalised: ['lines', 'locale'],
          send,
        };
  };
  const deliver = deliverTouch({
    channel,
    touches,
    shops: { hearth: shopOf(world.shop) },
    policy: smallPolicy,
    experiments: world.experiments ?? noExperiments,
    orders: inMemoryOrderLogs({ ...logOf(events), version: 1 }),
    customers: inMemoryCustomers(world.customer ?? agreed),
    purchases: inMemoryPurchases(...purchases),
    catalogue: inMemoryCatalogue(...(world.items ?? [])),
    suppressions,
    log,
    placeZones: () => [],
    records,
    prepare,
    publisher: bus,
    now: () => new Date(at(clock.hours)),
  });
  return {
    deliver: () => deliver(record),
    stored: () => records.find(record),
    history: () => log.read('hearth', 'c-17'),
    clock,
    due,
    calls,
    bus,
    suppressions,
  };
};
