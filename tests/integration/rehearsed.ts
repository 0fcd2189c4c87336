import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { toTouchRecord } from '#core/adapters/dynamo-touch-records.ts';
import { tables } from '#core/contracts/tables.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import type { ExecutionDescription } from '#rehearsal/asl/execution.ts';
import { DAY_MS } from '#rehearsal/input/duration.ts';
import type { TimedEvent } from '#rehearsal/input/timed-event.ts';
import { type DeadLetter, Rehearsal } from '#rehearsal/rehearsal.ts';
import { type Summary, summarize } from '#rehearsal/report/summary.ts';
import type { Denial } from '#rehearsal/services/authorizer.ts';
import type { Item } from '#rehearsal/services/dynamodb.ts';
import type { SentMail } from '#rehearsal/services/mail.ts';
import { synthesize } from '../../bin/commands/synthesize.ts';

export interface Run {
  readonly assemblyDir: string;
  readonly events: readonly TimedEvent[];
  /** @default '1' */
  readonly seed?: string;
  /** From the first event. @default 30 */
  readonly days?: number;
  /** Share of messages that come twice and of answers that get lost. @default 0 */
  readonly hiccups?: number;
}

/** What a rehearsal came to. */
export interface Rehearsed {
  readonly summary: Summary;
  readonly outbox: readonly SentMail[];
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

const root = mkdtempSync(join(tmpdir(), 'afterglow-'));
afterAll(() => rmSync(root, { recursive: true }));

/** A folder that is gone when the tests of the file have run. */
export const temporaryFolder = (): string => mkdtempSync(join(root, 'run-'));

/** The app as it would be deployed, bundles and all. */
export const assembly = (): Promise<string> => synthesize(temporaryFolder(), undefined);

/** Runs the deployed product on these events from the first of them on. */
export const rehearsed = async ({
  assemblyDir,
  events,
  seed = '1',
  days = 30,
  hiccups = 0,
}: Run): Promise<Rehearsed> => {
  const stateDir = temporaryFolder();
  const fromMs = Math.min(...events.map(({ atMs }) => atMs));
  const rehearsal = await Rehearsal.boot({ assemblyDir, stateDir, startMs: fromMs, seed, hiccups });
  try {
    rehearsal.schedule(events);
    await rehearsal.run(fromMs + days * DAY_MS);
    return await outcomeOf(rehearsal, events, fromMs);
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
    touches: (items[tables.touches.name] ?? []).map(toTouchRecord),
    items,
    executions: rehearsal.executions,
    deadLetters: rehearsal.deadLetters(),
    denials: rehearsal.denials,
    unusedGrants: rehearsal.unusedGrants(),
    tableRequests: reads + writes,
  };
};
