import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { removeFolder } from '../diff/checkout.ts';
import { compareVersions } from '../diff/compare-versions.ts';
import { diffInMarkdown, diffInWords } from '../diff/print-diff.ts';
import { isSameReport } from '#rehearsal/diff/diff-report.ts';

const help = `Runs two versions over the same orders and says in plain words what changes for whom: messages, decisions,
confirmation pages, journeys, cost, expected revenue and books.

  npm run diff -- --base REV                    the sample shops, half a year
  npm run diff -- --base REV --orders FILE [--map MAP] [--shop SHOP] [--limit N]
  npm run diff -- --base REV --events FILE|DIR
  npm run diff -- --base REV --archive FILE|DIR

  --base REV       the version before: a branch, tag or commit
  --head REV       the version after (default: the working tree, with what is not committed)
  --orders FILE    order history as CSV or JSON lines (.gz too); --map, --shop, --emails and --consent
                   as for npm run rehearse
  --events PATH    canonical events or whole EventBridge envelopes, as JSON or JSON lines
  --archive PATH   events of an EventBridge archive, see docs/replay.md
  --limit N        the first N orders
  --until WHEN     days from the first event, such as 60, or a date (default: 180 days of the sample
                   shop, 120 days after the last event of a file)
  --seed TEXT      decides every draw (default 1)
  --rates FILE     how often offers and messages are taken up (default: as the sample's customers do)
  --stage STAGE    the stage of both configurations to synthesize (default: the first of each)
  --tolerance SPAN times closer than this are the same (default 10m)
  --markdown FILE  write it as Markdown too, for a pull request
  --json           print all of it as JSON
  --exit-code      tell by the exit code whether anything differs

Exit code 0: compared; 1: compared with --exit-code, and something differs; 2: wrong arguments, or a version cannot be
had, synthesized or rehearsed. How to read it: docs/journey-diff.md`;

const options = {
  base: { type: 'string' },
  head: { type: 'string' },
  orders: { type: 'string' },
  map: { type: 'string' },
  shop: { type: 'string' },
  limit: { type: 'string' },
  emails: { type: 'string', default: 'customers-and-guests' },
  consent: { type: 'string', default: '1' },
  events: { type: 'string' },
  archive: { type: 'string' },
  until: { type: 'string' },
  seed: { type: 'string', default: '1' },
  rates: { type: 'string' },
  stage: { type: 'string' },
  tolerance: { type: 'string', default: '10m' },
  markdown: { type: 'string' },
  json: { type: 'boolean', default: false },
  'exit-code': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** What is the caller's to correct is said in a line, not in a stack trace. */
const mistakes: ReadonlySet<string> = new Set([
  'UnusableInput',
  'UnusableRevision',
  'UnusableRates',
  'UnusableArchive',
  'InvalidImportMap',
  'InvalidOffers',
  'UnreadableFile',
  'InvalidDuration',
  'MissingRate',
  'SideFailed',
]);

/** As a shell reports a process that was ended by SIGINT: 128 and the signal's number. */
const INTERRUPTED = 130;

/** The command `diff`: see its --help. Answers the exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  if (values.base === undefined) {
    console.error('diff: say --base REV, the version to compare with, such as --base main');
    return 2;
  }
  try {
    return await compareAndPrint({ ...values, base: values.base });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'AbortError') return INTERRUPTED;
    if (!mistakes.has(error.name)) throw error;
    console.error(`diff: ${error.message}`);
    return 2;
  }
};

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'] & {
  readonly base: string;
};

const compareAndPrint = async (values: Values): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'afterglow-diff-'));
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    const report = await compareVersions(values, folder, interrupted.signal);
    if (values.markdown !== undefined) await writeFile(values.markdown, diffInMarkdown(report));
    console.log(values.json ? JSON.stringify(report, undefined, 2) : diffInWords(report));
    return values['exit-code'] && !isSameReport(report) ? 1 : 0;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await removeFolder(folder);
  }
};
