import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { toTouchRecord } from '#core/adapters/dynamo-touch-records.ts';
import { tables } from '#core/contracts/tables.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import type { ExecutionDescription } from '#rehearsal/asl/execution.ts';
import type { Faults } from '#rehearsal/faults.ts';
import type { React } from '#rehearsal/input/customer-model.ts';
import { DAY_MS, HOUR_MS } from '#rehearsal/input/duration.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import { Rehearsal } from '#rehearsal/rehearsal.ts';
import type { RehearsalOptions } from '#rehearsal/rehearsal-options.ts';
import type { DeadLetter } from '#rehearsal/services/dead-letters.ts';
import { type Summary, summarize } from '#rehearsal/report/summary.ts';
import { WITHOUT_LEARNING } from '#rehearsal/assembly/assembly.ts';
import type { Denial } from '#rehearsal/services/authorizer.ts';
import type { Item } from '#rehearsal/services/dynamodb.ts';
import type { SentMail } from '#rehearsal/services/mail.ts';
import type { SentPush, SentText } from '#rehearsal/services/sent-message.ts';
import type { Visit } from '#rehearsal/services/visits.ts';
import { sharedAssembly } from './shared-assembly.ts';

export interface Run {
  readonly assemblyDir: string;
  readonly events: readonly TimedEvent[];
  /** @default '1' */
  readonly seed?: string;
  /** From the first event. @default 30 */
  readonly days?: number;
  /** Share of messages that come twice and of answers that get lost. @default 0 */
  readonly hiccups?: number;
  /** @default nothing goes wrong with messages */
  readonly faults?: Faults | undefined;
  /** Whether customers are scored every week, which takes a while. @default false */
  readonly scored?: boolean;
  /** Where it is kept what functions did. @default nowhere */
  readonly invocations?: RehearsalOptions['invocations'];
  /** What whoever got a message does. @default nothing */
  readonly react?: React | undefined;
  /** Plans what customers do of themselves. @default nothing */
  readonly visit?: (rehearsal: Rehearsal) => Promise<void>;
}

/** What a rehearsal came to. */
export interface Rehearsed {
  readonly summary: Summary;
  readonly outbox: readonly SentMail[];
  readonly texts: readonly SentText[];
  readonly pushes: readonly SentPush[];
  readonly visits: readonly Visit[];
  readonly touches: readonly TouchRecord[];
  /** Every item of every table. */
  readonly items: Readonly<Record<string, readonly Item[]>>;
  readonly executions: readonly ExecutionDescription[];
  readonly deadLetters: readonly DeadLetter[];
  readonly denials: readonly Denial[];
  readonly unusedGrants: readonly string[];
  /** Reads and writes of tables. */
  readonly tableRequests: number;
}

/** A folder that is gone when the run of the tests is over. */
export const temporaryFolder = (): string => mkdtempSync(join(inject('sharedFolder'), 'run-'));

/** The app as it would be deployed, bundles and all. */
export const assembly = (): Promise<string> => sharedAssembly(inject('sharedFolder'));

/** Runs the deployed product on these events from the first of them on. */
export const rehearsed = (run: Run): Promise<Rehearsed> =>
  withRehearsal(run, async (rehearsal, { fromMs, untilMs }) => {
    await rehearsal.run(untilMs);
    return outcomeOf(rehearsal, run.events, fromMs);
  });

/** Everything that is denied by when each of these principals was denied something, or else in the whole run. */
export const deniedIn = (run: Run, principals: readonly string[]): Promise<readonly Denial[]> =>
  withRehearsal(run, async ({ clock, denials }, { untilMs }) => {
    const isOver = () =>
      clock.now() >= untilMs ||
      principals.every((each) => denials.some(({ principal }) => principal === each));
    while (!isOver()) await clock.runUntil(Math.min(clock.now() + HOUR_MS, untilMs));
    return denials;
  });

interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

const withRehearsal = async <Result>(
  { assemblyDir, events, seed = '1', days = 30, hiccups = 0, scored = false, ...run }: Run,
  use: (rehearsal: Rehearsal, span: Span) => Promise<Result>,
): Promise<Result> => {
  const stateDir = temporaryFolder();
  const fromMs = Math.min(...events.map(({ atMs }) => atMs));
  const { faults, react, visit, invocations } = run;
  const { stacks } = scored ? {} : WITHOUT_LEARNING;
  const base = { assemblyDir, stacks, stateDir, startMs: fromMs, seed, hiccups };
  const options = { ...base, faults, react, invocations };
  const rehearsal = await Rehearsal.boot(options);
  try {
    rehearsal.schedule(events);
    await visit?.(rehearsal);
    return await use(rehearsal, { fromMs, untilMs: fromMs + days * DAY_MS });
  } finally {
    await rehearsal.stop();
  }
};

const outcomeOf = async (
  rehearsal: Rehearsal,
  events: readonly TimedEvent[],
  fromMs: number,
): Promise<Rehearsed> => {
  const { reads, writes } = rehearsal.tables.meter;
  const items = Object.fromEntries(
    await Promise.all(
      rehearsal.tables.all.map(
        async (table) =>
          [table.logicalId.slice(0, -8), await rehearsal.tables.dump(table)] as const,
      ),
    ),
  );
  return {
    summary: await summarize({ rehearsal, events, fromMs }),
    outbox: rehearsal.outbox,
    texts: rehearsal.texts,
    pushes: rehearsal.pushes,
    visits: rehearsal.visits,
    touches: (items[tables.touches.name] ?? []).map(toTouchRecord),
    items,
    executions: rehearsal.executions,
    deadLetters: rehearsal.deadLetters(),
    denials: rehearsal.denials,
    unusedGrants: rehearsal.unusedGrants(),
    tableRequests: reads + writes,
  };
};
