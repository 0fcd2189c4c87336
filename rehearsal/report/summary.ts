import { toCustomer } from '#core/adapters/dynamo-customers.ts';
import { toSession } from '#core/adapters/dynamo-sessions.ts';
import { toSuppression } from '#core/adapters/dynamo-suppressions.ts';
import { tables } from '#core/contracts/tables.ts';
import { type Order, statusOf } from '#core/domain/orders/order.ts';
import { orderOf } from '#core/domain/orders/order-of.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import type { ExecutionDescription } from '../asl/execution.ts';
import { stageOfMachine } from '../cost/stage-of-machine.ts';
import type { Denial } from '../services/authorizer.ts';
import type { TimedEvent } from '../input/timed-event.ts';
import { gatherEvidence, recordsOf } from '../invariants/evidence.ts';
import { mayDoubt } from '../invariants/invariant.ts';
import { checkInvariants } from '../invariants/invariants.ts';
import type { Rehearsal } from '../rehearsal.ts';
import { lostEvents } from './lost-events.ts';
import { sentAfterOptOut } from './opt-outs.ts';
import { leftWaiting, pageCounts, routeOf } from './page-counts.ts';

export type Counts = Readonly<Record<string, number>>;

/** What a rehearsal came to. The same seed and input give the same summary. */
export interface Summary {
  readonly from: string;
  readonly until: string;
  readonly events: number;
  readonly orders: number;
  readonly testOrders: number;
  /** Orders of which only other events have come: they wait for it. */
  readonly ordersAwaited: number;
  readonly ordersByStatus: Counts;
  /** `<touch>: <outcome>`. */
  readonly messages: Counts;
  readonly mails: number;
  readonly texts: number;
  readonly pushes: number;
  /** `<rule's reason>: <what became of it>`, of touches that were held. */
  readonly held: Counts;
  /** Customers by the arms that touches showed them, or would have: `holdout: treated`. */
  readonly exposed: Counts;
  /** What happened on the confirmation pages: sessions, offers, and what became of those that were accepted. */
  readonly page: Counts;
  /** What customers asked of the pages: `POST /unsubscribe: 200`. */
  readonly visits: Counts;
  /** What went wrong on purpose. */
  readonly injected: Counts;
  /** `<stage>: <status>`. */
  readonly executions: Counts;
  /** Moments still to come. */
  readonly scheduled: number;
  /** What customers who ordered again changed. */
  readonly repeats: Counts;
  readonly transitions: number;
  /** By reason. */
  readonly parked: Counts;
  /** By the bus, told to the sender. */
  readonly refused: Counts;
  readonly denied: readonly Denial[];
  /** What roles are granted and no call of this run has needed. */
  readonly unusedGrants: readonly string[];
  /** Violations of each invariant. */
  readonly invariants: Counts;
  /** Messages that were given up and that an operator had tried again. */
  readonly redriven: number;
  /** Events that the shops lost on their way to the bus. */
  readonly lostBySenders: number;
  /** Why the rehearsal does not count as passed; empty when it does. */
  readonly problems: readonly string[];
}

export interface Finished {
  readonly rehearsal: Rehearsal;
  readonly events: readonly TimedEvent[];
  readonly fromMs: number;
}

/** Only events that could not be used lie here; what lies in any other queue was not delivered. */
const PARKED_QUEUE = /^IngressDeadLetters/;

export const summarize = async ({ rehearsal, events, fromMs }: Finished): Promise<Summary> => {
  const told = [...events, ...rehearsal.reactions];
  const evidence = gatherEvidence(rehearsal, (logs) =>
    lostEvents({ events: told, logs, rehearsal }),
  );
  const { logs, touches, executions } = evidence;
  const sessions = recordsOf(rehearsal, tables.sessions.name, toSession);
  const orders = logs.flatMap((log) => orderOf(log.events) ?? []);
  const real = orders.filter(({ test }) => !test);
  const checked = checkInvariants(evidence);
  await rehearsal.lake.check();
  const parked = rehearsal.deadLetters().filter(({ queue }) => PARKED_QUEUE.test(queue));
  return {
    from: new Date(fromMs).toISOString(),
    until: new Date(rehearsal.clock.now()).toISOString(),
    events: rehearsal.eventsPut,
    orders: real.length,
    testOrders: orders.length - real.length,
    ordersAwaited: logs.length - orders.length,
    ordersByStatus: countBy(real, statusOf),
    messages: countBy(touches, (record) => `${record.touch}: ${outcomeOf(record)}`),
    mails: rehearsal.outbox.length,
    texts: rehearsal.texts.length,
    pushes: rehearsal.pushes.length,
    held: countBy(touches.flatMap(holdsOf), (hold) => hold),
    exposed: exposedIn(touches),
    page: pageCounts(sessions),
    visits: countBy(
      rehearsal.visits,
      ({ method, path, status }) => `${method} ${routeOf(path)}: ${status}`,
    ),
    injected: { ...rehearsal.injected },
    executions: countBy(executions, (each) => `${stageOf(each, rehearsal)}: ${each.status}`),
    scheduled: rehearsal.scheduled.length,
    repeats: repeatsOf(real, touches),
    transitions: executions.reduce((total, each) => total + each.stateTransitions, 0),
    parked: countBy(parked, ({ attributes }) => attributes['reason'] ?? 'failed five times'),
    refused: countBy(rehearsal.refused, ({ because }) => because.split(':')[0] ?? because),
    denied: rehearsal.denials,
    unusedGrants: rehearsal.unusedGrants(),
    invariants: Object.fromEntries(
      checked.map(({ name, violations }) => [name, violations.length]),
    ),
    redriven: rehearsal.looseEnds.redriven,
    lostBySenders: rehearsal.senders.lost.length,
    problems: [
      ...problemsOfRun(rehearsal),
      ...sentAfterOptOut({ touches, ...knownOptOuts(rehearsal) }),
      ...leftWaiting(sessions, rehearsal.clock.now()),
      ...checked.flatMap(({ violations }) => violations),
    ],
  };
};

/** Each customer counts once in an arm, however many touches show it. */
const exposedIn = (touches: readonly TouchRecord[]): Counts => {
  const shown = touches.flatMap((record) =>
    [...record.earlier, record].flatMap(({ arms = [] }) =>
      arms.map(({ experiment, arm }) => ({
        arm: `${experiment}: ${arm}`,
        who: JSON.stringify([record.shop, record.customerId]),
      })),
    ),
  );
  const once = new Map(shown.map((each) => [JSON.stringify(each), each]));
  return countBy([...once.values()], ({ arm }) => arm);
};

/** Why a touch was held, and what was decided in the end. */
const holdsOf = (record: TouchRecord): readonly string[] => {
  const turns = [...record.earlier, record];
  return turns.flatMap(({ decision }, at) => {
    if (decision.kind !== 'hold') return [];
    const next = turns[at + 1]?.decision;
    const became = next === undefined ? 'waits' : `then ${outcomeOfDecision(next)}`;
    return [`${decision.reason}, ${became}`];
  });
};

const outcomeOfDecision = (decision: TouchRecord['decision']): string => {
  switch (decision.kind) {
    case 'send':
    case 'reroute':
      return `sent by ${decision.channel}`;
    case 'hold':
      return `held again (${decision.reason})`;
    case 'drop':
      return `dropped (${decision.reason})`;
  }
};

const knownOptOuts = (rehearsal: Rehearsal) => ({
  customers: recordsOf(rehearsal, tables.customers.name, toCustomer),
  suppressions: new Map(recordsOf(rehearsal, tables.suppressions.name, toSuppression)),
});

/**
 * An execution is named `<shop>_<order>_<stage>`, a visit's `…_repurchase-<touch>`; one that a schedule started by a
 * UUID, so that it goes by its machine.
 */
const stageOf = (
  { name, stateMachineArn }: Pick<ExecutionDescription, 'name' | 'stateMachineArn'>,
  { cloud }: Rehearsal,
): string => {
  const stage = name.split('_').at(-1)?.split('-')[0] ?? name;
  return name.includes('_') ? stage : stageOfMachine(cloud.byArn(stateMachineArn).logicalId);
};

const repeatsOf = (orders: readonly Order[], touches: readonly TouchRecord[]): Counts => {
  const customers = orders.flatMap(({ shop, contact }) =>
    contact.customerId === undefined ? [] : [JSON.stringify([shop, contact.customerId])],
  );
  const overtaken = touches.filter(
    ({ decision }) => decision.kind === 'drop' && decision.reason === 'ordered-again',
  );
  const count = (touch: string): number =>
    overtaken.filter((record) => record.touch === touch).length;
  return {
    'orders of customers who had ordered before': customers.length - new Set(customers).size,
    'replenishments moved by a new order of the same products': count('replenishment'),
    'win-backs ended by a new order': count('win-back'),
  };
};

const countBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Counts => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

const outcomeOf = ({ decision, outcome, state }: TouchRecord): string => {
  if (outcome !== undefined)
    return outcome.state === 'dropped' ? `dropped late (${outcome.reason})` : outcome.state;
  if (decision.kind === 'drop') return `dropped (${decision.reason})`;
  return decision.kind === 'hold' ? `held (${decision.reason})` : state;
};

const problemsOfRun = (rehearsal: Rehearsal): readonly string[] => [
  ...rehearsal.lake.problems,
  // Who asked while a function was cut off saw that it failed.
  ...rehearsal.visits
    .filter(({ status }) => status >= 500 && !mayDoubt(rehearsal))
    .map(({ method, path, because }) => `${method} ${path} failed: ${because}`),
  ...rehearsal.denials.map(
    ({ principal, action, resource }) => `denied: ${principal} may not ${action} on ${resource}`,
  ),
];
