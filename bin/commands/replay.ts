import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseDuration } from '#rehearsal/input/duration.ts';
import { compareReplay, isFaithful } from '#rehearsal/replay/compare-replay.ts';
import { type Archived, readArchive } from '#rehearsal/replay/read-archive.ts';
import { replayVerdict, sectionsOfReplay } from '#rehearsal/replay/replay-report.ts';
import { recordedInExports, recordedInState, type RecordedUntil } from '../replay/recorded.ts';
import { replay } from '../replay/replay.ts';
import { instantOf } from './rehearsal-input.ts';
import { inWords } from '../sections/print-sections.ts';

const help = `Runs archived events again, each when it came, and says whether they lead to the decisions and ledger entries
that were recorded; where not, what differs and why.

  npm run replay                                the last rehearsal, by the archive in its state
  npm run replay -- --archive PATH --state DIR
  npm run replay -- --archive PATH --touches PATH --ledger PATH

  --archive PATH   the events: a file or folder of JSON lines (.gz too), the envelopes as on the bus or
                   { "ingestionTime", "event" } around them (default: archive.jsonl of the state)
  --state DIR      where a rehearsal left what it recorded (default .rehearsal)
  --touches PATH   the table Touches of a deployment instead, exported as DynamoDB JSON: its data folder
  --ledger PATH    and the table Ledger
  --until WHEN     days from the first event, or a date (default: the end of the rehearsal; of exports the
                   last event)
  --tolerance SPAN times closer than this are the same (default 10m)
  --seed TEXT      as the rehearsal was given (default 1)
  --without-learning  leave out scores, affinity and priors of offers, which take the longest
  --stage STAGE    the stage of afterglow.config.ts to synthesize (default: the first)
  --assembly DIR   run this cloud assembly instead of synthesizing
  --json           print what differs as JSON

Exit code 0: the same; 1: something differs; 2: wrong arguments, files that cannot be used, or the stacks would fail.
How to export an archive, and what is not in it: docs/replay.md`;

const options = {
  archive: { type: 'string' },
  state: { type: 'string', default: '.rehearsal' },
  touches: { type: 'string' },
  ledger: { type: 'string' },
  until: { type: 'string' },
  tolerance: { type: 'string', default: '10m' },
  seed: { type: 'string', default: '1' },
  'without-learning': { type: 'boolean', default: false },
  stage: { type: 'string' },
  assembly: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What is the caller's to correct is said in a line, not in a stack trace. */
const mistakes: ReadonlySet<string> = new Set([
  'UsageError',
  'UnusableInput',
  'UnusableArchive',
  'NoRehearsal',
  'InvalidDuration',
  'SideFailed',
]);

/** The command `replay`: see its --help. Answers the exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  try {
    return await replayAndCompare(values);
  } catch (error) {
    if (!(error instanceof Error) || !mistakes.has(error.name)) throw error;
    console.error(`replay: ${error.message}`);
    return 2;
  }
};

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

const replayAndCompare = async (values: Values): Promise<number> => {
  const toleranceMs = parseDuration(values.tolerance);
  const recorded = await recordedBy(values);
  const archived = await readArchive(archiveOf(values));
  const untilMs = untilOf(values.until ?? recorded.until, archived);
  const folder = await mkdtemp(join(tmpdir(), 'afterglow-replay-'));
  try {
    const { assembly, stage, seed } = values;
    const isLearning = !values['without-learning'];
    const replayed = await replay({ archived, untilMs, assembly, stage, seed, isLearning, folder });
    const hasArrivals = archived.withoutArrival === 0;
    const diff = compareReplay(recorded, replayed, { toleranceMs, hasArrivals });
    if (values.json) console.log(JSON.stringify(diff, undefined, 2));
    else
      console.log(
        [replayVerdict(diff), inputOf(archived), ...sectionsOfReplay(diff).map(inWords)].join(
          '\n\n',
        ),
      );
    return isFaithful(diff) ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const recordedBy = ({ state, touches, ledger }: Values): Promise<RecordedUntil> => {
  if (touches === undefined && ledger === undefined) return recordedInState(resolve(state));
  if (touches === undefined || ledger === undefined)
    throw new UsageError('give --touches and --ledger, exports of both tables, or neither');
  return recordedInExports(touches, ledger);
};

const archiveOf = ({ archive, state, touches }: Values): string => {
  if (archive !== undefined) return archive;
  const file = join(resolve(state), 'archive.jsonl');
  if (touches !== undefined)
    throw new UsageError('--touches needs --archive PATH: the events that led to them');
  if (!existsSync(file))
    throw new UsageError(
      `${file} is not there: a rehearsal of an earlier version kept no archive; run npm run rehearse again, or give --archive PATH`,
    );
  return file;
};

const untilOf = (until: string | undefined, { events }: Archived): number => {
  const [first, last] = [events[0]?.atMs ?? 0, events.at(-1)?.atMs ?? 0];
  if (until === undefined) return last + 1;
  return instantOf(until, first);
};

const inputOf = ({ events, ownEvents, withoutArrival }: Archived): string =>
  [
    `${events.length} events from outside replayed; ${ownEvents} of our own are said again by themselves.`,
    ...(withoutArrival === 0
      ? []
      : [`Of ${withoutArrival} only the second is known at which their sender put them.`]),
  ].join('\n');
