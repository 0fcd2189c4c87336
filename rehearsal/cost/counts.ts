import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { toTouchRecord } from '#core/adapters/dynamo-touch-records.ts';
import { tables } from '#core/contracts/tables.ts';
import { resourceTypes } from '../assembly/resource-types.ts';
import type { Rehearsal } from '../rehearsal.ts';
import type { Use } from './meter.ts';
import { stageOfMachine } from './stage-of-machine.ts';

const count = z.number().nonnegative();
const counts = z.record(z.string(), count);

/**
 * What a rehearsal used: how `npm run rehearse` leaves it in `counts.json`. Amounts are of the whole run; `units` are
 * what AWS charges for, by the names of `prices.json`.
 */
export const usageCounts = z.strictObject({
  /** Of this file's shape. */
  format: z.literal(1),
  /** What was run, in words that a reader of the report understands. */
  of: z.string().min(1),
  orders: z.int().positive(),
  /** Who used what, and for which stage and touch as far as that is known. */
  uses: z.array(
    z.strictObject({
      actor: z.string(),
      stage: z.string().optional(),
      touch: z.string().optional(),
      units: counts,
    }),
  ),
  /** By stage. `seconds` are the virtual time that executions were open, `events` the longest history. */
  executions: z.record(
    z.string(),
    z.strictObject({ count: z.int(), transitions: z.int(), seconds: count, events: z.int() }),
  ),
  /** Real milliseconds of this machine, calls to the rehearsed services included. */
  functions: z.record(z.string(), z.strictObject({ invocations: z.int(), ms: count })),
  /** Calls by `<service>:<operation>`. */
  requests: counts,
  /** What only quotas ask for: bytes, records, seconds. */
  tallies: counts,
  /** How often something happened in each hour of the day, UTC. */
  hours: z.record(z.string(), z.array(count).length(24)),
  /** Messages that were sent, by channel and touch. */
  messages: z.record(z.string(), counts),
  /** Resources of the stacks, by type: some are paid by the month. */
  resources: counts,
});

export type UsageCounts = z.output<typeof usageCounts>;

export interface CountsOptions {
  readonly of: string;
  readonly orders: number;
  /** Where the rehearsal keeps its logs. */
  readonly stateDir: string;
}

/** The counts of a rehearsal up to now. Those of a run that goes on are too low: its orders have more to come. */
export const countsOf = async (
  rehearsal: Rehearsal,
  { of, orders, stateDir }: CountsOptions,
): Promise<UsageCounts> => {
  const { meter } = rehearsal;
  const executions = executionsOf(rehearsal);
  const functions = functionsOf(rehearsal);
  const logs = await logGigabytesOf(rehearsal, stateDir);
  return {
    format: 1,
    of,
    orders,
    uses: [
      ...meter.uses.map((use) => withLogs(use, logs)),
      ...Object.entries(executions).map(([stage, { transitions }]) => ({
        actor: 'Step Functions',
        stage,
        units: { stateTransitions: transitions },
      })),
      { actor: 'HTTP API', units: { httpRequests: rehearsal.visits.length } },
    ],
    executions,
    functions,
    requests: meter.requests,
    tallies: meter.tallies,
    hours: Object.fromEntries(Object.entries(meter.hours).map(([what, at]) => [what, [...at]])),
    messages: await messagesOf(rehearsal),
    resources: resourcesOf(rehearsal),
  };
};

const resourcesOf = ({ cloud }: Rehearsal): UsageCounts['resources'] =>
  Object.fromEntries(
    Object.keys(resourceTypes)
      .map((type) => [type, cloud.ofType(type).length] as const)
      .filter(([, number]) => number > 0),
  );

type Executions = UsageCounts['executions'];

const executionsOf = (rehearsal: Rehearsal): Executions => {
  const found: Executions = {};
  const nowMs = rehearsal.clock.now();
  for (const each of [...rehearsal.executions, ...rehearsal.running()]) {
    const stage = stageOfMachine(each.stateMachineArn.split(/[:-]/).at(-1) ?? '');
    const known = found[stage] ?? { count: 0, transitions: 0, seconds: 0, events: 0 };
    const endMs = each.stopDate === undefined ? nowMs : Date.parse(each.stopDate);
    found[stage] = {
      count: known.count + 1,
      transitions: known.transitions + each.stateTransitions,
      seconds: known.seconds + (endMs - Date.parse(each.startDate)) / 1000,
      events: Math.max(known.events, each.eventCount),
    };
  }
  return found;
};

/** A function's physical name ends with its logical id. */
const constructOf = (name: string): string => (name.split('-').at(-1) ?? name).slice(0, -8);

const functionsOf = (rehearsal: Rehearsal): UsageCounts['functions'] =>
  Object.fromEntries(
    [...rehearsal.durations].map(([name, times]) => [
      constructOf(name),
      { invocations: times.length, ms: times.reduce((total, each) => total + each, 0) },
    ]),
  );

/** Lambda's own lines of an invocation in its log, START, END and REPORT with their ids: assumption. */
const PLATFORM_LOG_BYTES = 330;

/** Of one invocation, by function. */
const logGigabytesOf = async (
  rehearsal: Rehearsal,
  stateDir: string,
): Promise<ReadonlyMap<string, number>> => {
  const found = new Map<string, number>();
  for (const [name, times] of rehearsal.durations) {
    const file = join(stateDir, 'logs', `${name.split('-').at(-1)}.log`);
    const own = (await sizeOf(file)) / Math.max(1, times.length);
    found.set(constructOf(name), (own + PLATFORM_LOG_BYTES) / 1024 ** 3);
  }
  return found;
};

/** A function that printed nothing has no log. */
const sizeOf = async (file: string): Promise<number> => {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
};

const withLogs = ({ actor, units, ...use }: Use, logs: ReadonlyMap<string, number>): Use => {
  const { lambdaRequests = 0 } = units;
  if (lambdaRequests === 0) return { actor, ...use, units };
  const logGigabytes = lambdaRequests * (logs.get(actor) ?? 0);
  return { actor, ...use, units: { ...units, logGigabytes } };
};

const messagesOf = async (rehearsal: Rehearsal): Promise<UsageCounts['messages']> => {
  const found: UsageCounts['messages'] = {};
  const table = rehearsal.tables.all.find(({ logicalId }) =>
    logicalId.startsWith(tables.touches.name),
  );
  const records = table === undefined ? [] : await rehearsal.tables.dump(table);
  for (const { touch, decision, outcome } of records.map(toTouchRecord)) {
    if (outcome?.state !== 'sent' || !('channel' in decision)) continue;
    const ofChannel = (found[decision.channel] ??= {});
    ofChannel[touch] = (ofChannel[touch] ?? 0) + 1;
  }
  return found;
};
