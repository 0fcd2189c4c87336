import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { itemKey, tables } from '#core/contracts/tables.ts';
import { catalogueEventsOf } from '../input/catalogue-import/catalogue-events.ts';
import type { ImportedProduct } from '../input/catalogue-import/catalogue-product.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../input/duration.ts';
import { Rehearsal } from '../rehearsal.ts';
import type { RehearsalOptions } from '../rehearsal-options.ts';
import { allItems, hasTable, tableName, writeJson, writeState } from '../report/state-files.ts';
import { pastOrders } from './past-orders.ts';

export interface RollOutOptions extends Pick<
  RehearsalOptions,
  'assemblyDir' | 'stateDir' | 'seed' | 'faults' | 'bedrock' | 'onModelCall'
> {
  readonly products: readonly ImportedProduct[];
  readonly startMs: number;
  /** Of the 60 days before. */
  readonly orders: number;
  /** What the state machine is started with. */
  readonly input: object;
  readonly onProgress: (progress: RollOutProgress) => void;
}

export interface RollOutProgress {
  readonly step: 'catalogue' | 'drafts';
  readonly done: number;
  readonly of: number;
}

/** What a roll-out leaves in its bucket. */
export interface RehearsedRollOut {
  readonly run: string;
  /** Runs of this state that it went on from. */
  readonly runsBefore: number;
  readonly status: string;
  /** `report.json` and `report.md`; absent where it did not come so far. */
  readonly report?: string | undefined;
  readonly page?: string | undefined;
  readonly problems: readonly string[];
  /** Grants of the templates that nothing has needed. */
  readonly unusedGrants: readonly string[];
}

/** What a roll-out needs of the app: no journey waits for it. */
const STACKS = ['Data', 'Ingestion', 'Lake', 'Insight', 'Content'];

const DAYS_BEFORE = 60;

/** Virtual time in which a catalogue is taken in, and in which a roll-out ends. */
const CATALOGUE_MS = 30 * MINUTE_MS;
const LONGEST_DAYS = 30;

/** How often it is said how far the catalogue is. */
const CATALOGUE_STEPS = 30;

/** How they begin in the templates. */
const MACHINE = 'RollOut';
const BUCKET = 'RollOutRuns';

/**
 * Has the deployed state machine draft a whole catalogue. Every write of a table is kept as it is done: one that was
 * killed goes on where it stopped when it is called again with the same state folder.
 *
 * @throws {AwsError} for what the deployed policies would refuse
 */
export const rehearseRollOut = async (options: RollOutOptions): Promise<RehearsedRollOut> => {
  const { stateDir, startMs } = options;
  const before = runsBefore(stateDir);
  const run = `run-${before + 1}`;
  writeFileSync(runsFile(stateDir), JSON.stringify({ runs: before + 1 }));
  // Another day for each run: what the one before had claimed is free.
  const fromMs = startMs + before * DAY_MS;
  // Orders of before are told anew: what a killed run left of the lake may be half of it.
  await rm(join(stateDir, 'lake'), { recursive: true, force: true });
  const journal = join(stateDir, 'writes.jsonl');
  const wasKilled = existsSync(journal);
  const rehearsal = await Rehearsal.boot({ ...options, journal, startMs: fromMs, stacks: STACKS });
  try {
    if (!wasKilled) await fillFrom(stateDir, rehearsal);
    await takeIn(rehearsal, options, fromMs);
    for (const { row, day } of pastOrders({ ...options, beforeMs: fromMs, days: DAYS_BEFORE }))
      rehearsal.lake.put('order_lines', row, day);
    const status = await untilDrafted(rehearsal, options, run);
    const bucket = runsBucket(rehearsal);
    const problems = problemsOf(rehearsal);
    await writeState(rehearsal, stateDir);
    const until = new Date(rehearsal.clock.now()).toISOString();
    await writeJson(join(stateDir, 'summary.json'), { run, status, until, problems });
    // From here on the tables count: somebody may decide on their texts.
    await rm(journal, { force: true });
    return {
      run,
      runsBefore: before,
      status,
      report: rehearsal.objects.get(bucket, `runs/${run}/report.json`),
      page: rehearsal.objects.get(bucket, `runs/${run}/report.md`),
      problems,
      unusedGrants: rehearsal.unusedGrants(),
    };
  } finally {
    await rehearsal.stop();
  }
};

/** The tables of a run that came to its end, with what was decided since. */
const fillFrom = async (stateDir: string, { tables: { all, fill } }: Rehearsal): Promise<void> => {
  for (const table of all) {
    const name = tableName(table.logicalId);
    if (hasTable(stateDir, name)) await fill(table, await allItems(stateDir, name));
  }
};

const runsFile = (stateDir: string): string => join(stateDir, 'roll-outs.json');

const runsBefore = (stateDir: string): number => {
  if (!existsSync(runsFile(stateDir))) return 0;
  const { runs }: { readonly runs: number } = JSON.parse(readFileSync(runsFile(stateDir), 'utf8'));
  return runs;
};

/** The products that are not in the catalogue yet, by the events that a shop sends. */
const takeIn = async (
  rehearsal: Rehearsal,
  { products, onProgress }: RollOutOptions,
  fromMs: number,
): Promise<void> => {
  const table = rehearsal.tables.all.find(({ logicalId }) =>
    logicalId.startsWith(tables.catalogue.name),
  );
  if (table === undefined) throw new Error('the templates have no catalogue');
  const known = new Set(
    (await rehearsal.tables.dump(table)).map((item) => item[tables.catalogue.partitionKey]?.S),
  );
  const missing = products.filter(({ shop, sku }) => !known.has(itemKey(shop, sku)));
  rehearsal.schedule(
    catalogueEventsOf(missing, fromMs, Math.floor(CATALOGUE_MS / (missing.length + 1))),
  );
  const of = missing.length;
  for (let step = 1; step <= CATALOGUE_STEPS; step += 1) {
    await rehearsal.run(fromMs + (CATALOGUE_MS * step) / CATALOGUE_STEPS);
    onProgress({ step: 'catalogue', done: Math.round((of * step) / CATALOGUE_STEPS), of });
  }
};

const untilDrafted = async (
  rehearsal: Rehearsal,
  { input, onProgress }: RollOutOptions,
  run: string,
): Promise<string> => {
  rehearsal.mapRuns.watch(({ total, succeeded, failed }) =>
    onProgress({ step: 'drafts', done: succeeded + failed, of: total }),
  );
  const arn = rehearsal.startMachine(MACHINE, run, input);
  const ended = () => rehearsal.executions.find(({ executionArn }) => executionArn === arn);
  const untilMs = rehearsal.clock.now() + LONGEST_DAYS * DAY_MS;
  while (ended() === undefined && rehearsal.clock.now() < untilMs && rehearsal.denials.length === 0)
    await rehearsal.run(rehearsal.clock.now() + HOUR_MS);
  return ended()?.status ?? 'RUNNING';
};

const runsBucket = ({ cloud }: Rehearsal): string => {
  const bucket = cloud
    .ofType('AWS::S3::Bucket')
    .find(({ logicalId }) => logicalId.startsWith(BUCKET));
  if (bucket === undefined) throw new Error('the templates have no bucket of roll-outs');
  return bucket.ref;
};

const problemsOf = ({ denials, executions, refused, lake }: Rehearsal): readonly string[] => [
  ...denials.map(({ principal, action, resource }) => `${principal} may not ${action} ${resource}`),
  ...executions
    .filter(({ status }) => status !== 'SUCCEEDED')
    .map(
      ({ name, status, error, cause }) =>
        `${name} ended as ${status}: ${error ?? ''} ${cause ?? ''}`,
    ),
  ...refused.map(({ event, because }) => `${event.detailType} was refused: ${because}`),
  ...lake.problems,
];
