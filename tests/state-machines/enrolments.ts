import { createHash } from 'node:crypto';
import config from '#config';
import type { ShopConfig } from '#core/contracts/config.ts';
import type { OrderEvent } from '#core/domain/orders/order-event.ts';
import type { Stage } from '#core/domain/orders/stage-name.ts';
import type { DatedScore } from '#core/domain/scores/dated-score.ts';
import type { Scores } from '#core/ports/scores.ts';
import { type StageDue, stageDue } from '#lambdas/enrol-stage/contract.ts';
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
import { inMemoryOrderLogs } from '#tests/fakes/in-memory-order-logs.ts';
import { inMemoryPurchases } from '#tests/fakes/in-memory-purchases.ts';
import { scoresOf } from '#tests/fakes/in-memory-scores.ts';
import { logOf } from '#tests/unit/orders/histories.ts';
import { at, delivered, dispatched, euros, line, placed } from '#tests/unit/orders/order-events.ts';
import { usedFirst } from './after-delivery.ts';
import type { Recordable } from './recorded-inputs.ts';

/** Facts that give reason for every visit there is. */
const products: ShopConfig['products'] = {
  'SKU-machine': { complexity: 'complex', reportsUse: true, upgradeSku: 'SKU-better' },
  'SKU-beans': { daysOfSupply: 20, subscribable: true, pairsWith: ['SKU-filters'] },
  'SKU-grinder': { complexity: 'considered', warrantyMonths: 24 },
};

const shops: Readonly<Record<string, ShopConfig>> = Object.fromEntries(
  Object.entries(config.shops).map(([id, shop]) => {
    const { website } = shop;
    const pages = { warranty: website, loyalty: website, subscription: website };
    return [id, { ...shop, products, pages, packagingInserts: true, highValueFrom: 80_000 }];
  }),
);

type Placing = Parameters<typeof placed>[0];

const deliveredOrder = (change: Placing): readonly OrderEvent[] => [
  placed(change),
  dispatched(12, 'P1'),
  delivered(36, 'P1'),
];

/** Of a customer who had the beans before: every visit has its reason. */
const returning: readonly OrderEvent[] = [
  ...deliveredOrder({ lines: ['machine', 'beans', 'grinder'].map((name) => line(name)) }),
  usedFirst(40, 'machine'),
];

/** Of a guest, to whom it is all new. */
const first = deliveredOrder({
  contact: { email: 'mia.sommer@mail.example' },
  lines: [line('machine'), line('grinder')],
});

/** Nothing to use and nothing to look back at. */
const simple = deliveredOrder({ lines: [line('towel')], total: euros(90_000) });

/** Nothing that its buyer could review. */
const gift = deliveredOrder({ lines: [line('grinder')], gift: true });

const purchase = (orderId: string, hours: number) => ({
  shop: 'hearth',
  customerId: 'c-17',
  orderId,
  placedAt: at(hours),
  total: euros(3000),
  lines: [{ sku: 'SKU-beans', quantity: 1 }],
});

/** Of the customer's latest order: what visits go by. */
const scored: DatedScore = {
  scoredOn: '2026-11-23',
  lastOrderDay: '2026-11-18',
  dueBy: '2027-02-01',
  propensities: [],
};

const ref = { shop: 'hearth', orderId: '100482' };

const enrolmentOf = (events: readonly OrderEvent[], scores: Scores) => {
  const sent: Recordable[] = [];
  const starter = (machine: Stage | 'notice' | 'support') => async (_: string, input: object) => {
    sent.push({ to: 'state-machines', from: machine, input: asSent(input) });
    return 'started' as const;
  };
  const schedules: (readonly [string, StageDue])[] = [];
  const clock = { now: at(37) };
  const deps: EnrolStageDeps = {
    orders: inMemoryOrderLogs(logOf(events)),
    customers: inMemoryCustomers(),
    purchases: inMemoryPurchases(purchase('100400', -400), purchase('100482', 10)),
    catalogue: inMemoryCatalogue(),
    affinity: inMemoryAffinity().reader,
    scores,
    publisher: inMemoryEventBus(),
    shops,
    start: {
      fulfilment: starter('fulfilment'),
      onboarding: starter('onboarding'),
      advocacy: starter('advocacy'),
      repurchase: starter('repurchase'),
      notice: starter('notice'),
      support: starter('support'),
    },
    schedule: async (_, dueAt, payload) => {
      const due = stageDue.parse(asSent(payload));
      sent.push({ to: 'enrol-stage', from: `schedule.${due.stage}`, input: asSent(payload) });
      schedules.push([dueAt, due]);
      return 'scheduled';
    },
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    now: () => new Date(clock.now),
  };
  return { deps, sent, schedules, clock };
};

/** What is left of it on its way: text, without what is undefined. */
const asSent = (input: object): unknown => JSON.parse(JSON.stringify(input));

const completed = (stage: Stage, outcome: string) => ({
  eventId: `stage-completed/100482/${stage}`,
  occurredAt: at(37),
  schemaVersion: 1 as const,
  ...ref,
  stage,
  outcome,
});

/** Everything that an order's enrolment starts and schedules, from its acceptance to its last visit. */
const enrolledOf = async (
  events: readonly OrderEvent[],
  scores: Scores = scoresOf(),
): Promise<readonly Recordable[]> => {
  const { deps, sent, schedules, clock } = enrolmentOf(events, scores);
  const accepted = { ...completed('fulfilment', ''), placedAt: at(10) };
  await enrolAccepted(deps)(accepted);
  await enrolAccepted(deps)({ ...accepted, deadline: at(80) });
  await enrolNotice(deps)({ ...ref, touch: 'refund', subjects: ['F-1'] });
  await enrolNotice(deps)({ ...ref, touch: 'out-for-delivery', subjects: ['P1'] });
  await enrolNotice(deps)({ ...ref, touch: 'consent-confirmation', subjects: ['email'] });
  await enrolNotice(deps)({ ...ref, touch: 'support-hand-off', subjects: [at(40)] });
  await enrolNext(deps)(completed('fulfilment', 'delivered'));
  await enrolNext(deps)(completed('onboarding', 'done'));
  await enrolNext(deps)(completed('advocacy', 'done'));
  // Each visit schedules the one after it.
  for (let next = schedules.shift(); next !== undefined; next = schedules.shift()) {
    const [dueAt, due] = next;
    clock.now = dueAt;
    await enrolDue(deps)(due);
  }
  return sent;
};

/** What enrol-stage sends, to the machines that it starts and through schedules to itself. */
export const enrolments = async (): Promise<readonly Recordable[]> => {
  const all = await Promise.all([
    ...[returning, first, simple, gift].map((events) => enrolledOf(events)),
    enrolledOf(returning, scoresOf({ 'hearth#c-17': scored })),
  ]);
  return all.flat();
};
