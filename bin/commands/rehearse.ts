import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { toOrderLog } from '#core/adapters/dynamo-order-logs.ts';
import { toTouchRecord } from '#core/adapters/dynamo-touch-records.ts';
import { orderKey, tables } from '#core/contracts/tables.ts';
import { withQuietEnd } from '#rehearsal/faults/quiet-end.ts';
import { presetsInWords, readFaults } from '#rehearsal/input/faults-file.ts';
import { openLocalSite } from '#rehearsal/local-site.ts';
import { summaryInWords } from '#rehearsal/report/print-summary.ts';
import { storedItems } from '#rehearsal/report/state-files.ts';
import type { Summary } from '#rehearsal/report/summary.ts';
import { AwsError } from '#rehearsal/services/aws-error.ts';
import { rehearseInJobs } from '../rehearse/in-jobs.ts';
import { jobsOf } from '../rehearse/jobs.ts';
import { clearOrKeep, invocationsOf } from '../rehearse/resumable.ts';
import { rehearseAlone } from '../rehearse/alone.ts';
import { explained } from './explain.ts';
import { rehearseBooks } from './rehearse-books.ts';
import {
  type InputOptions,
  type RehearsalInput,
  readInput,
  UnusableInput,
} from './rehearsal-input.ts';
import { isMistake } from './rehearsal-mistakes.ts';
import { printVisit, servePort, withServePort } from './serve.ts';
import { synthesize } from './synthesize.ts';

const help = `Runs the synthesized stacks on this machine, on a virtual clock, and shows what every customer received.

  npm run rehearse                                    the sample shop: 180 days
  npm run rehearse -- --orders FILE [--map MAP] [--shop SHOP] [--limit N]
  npm run rehearse -- --orders FILE --books           its money and nothing else, for npm run reconcile
  npm run rehearse -- --events FILE|DIR

  --orders FILE    order history as CSV or JSON lines (.gz too); the fulfilment model adds deliveries
  --books          all money of the orders' file, postage, refunds and adjustments too, goes into the
                   ledger: no deliveries, no messages, only the stacks that take events in
  --stacks LIST    with --books: which stacks those are, by the ends of their names (default
                   Data,Ingestion; with Lake too its tables are written, which takes three times as long)
  --map MAP        which column is what: a JSON file or inline (see docs/order-import.md)
  --shop SHOP      the shop of imported orders (default: the first of afterglow.config.ts)
  --limit N        the first N usable orders
  --events PATH    canonical events or whole EventBridge envelopes, as JSON or JSON lines
  --emails WHO     who gets a made-up address where the file has none: customers,
                   customers-and-guests (default) or none
  --consent SHARE  share of the customers of a file who are taken to have agreed to marketing by
                   e-mail (default 1)
  --until WHEN     days from the first event, such as 60, or a date (default: 180 days of the
                   sample shop, 120 days after the last event of a file)
  --duplicate P    deliver this share of the events twice, such as 0.1
  --shuffle SPAN   shuffle events within this span, such as 1h
  --hiccups P      share of queue messages and schedules that come twice and of functions' answers
                   that get lost, as AWS may let them (default 0.01)
  --faults WHAT    what goes wrong, by a file (see samples/faults.yaml) or the name of a preset: bounces,
                   throttles, crashes, races, outages, lost and doubled events; --faults help names
                   the presets (default: what an ordinary day has for the sample shop, nothing for
                   a file)
  --bedrock real   draft texts of products by Bedrock itself, with the credentials and region of this
                   shell; it costs money (default stand-in: composed from the facts)
  --seed TEXT      decides every draw (default 1)
  --stage STAGE    the stage of afterglow.config.ts to synthesize (default: the first)
  --resumable      keep what every function did in the state folder, so that a run that was killed can go on
  --resume         go on with such a run; everything else as it was begun
  --jobs N         share the customers of a file among N threads, or as many as the machine has cores (max),
                   see docs/rehearsal.md (default 1)
  --assembly DIR   run this cloud assembly instead of synthesizing
  --state DIR      where the state stays for \`npm run explain\` (default .rehearsal)
  --json           print the summary as JSON
  --serve [PORT]   afterwards serve the stacks' HTTP APIs on http://127.0.0.1:PORT (default 4080)
                   until Ctrl-C, so that links of messages can be opened; the clock stands still.
                   The sample shops' confirmation pages are under /demo/

Exit code 0: passed; 1: an execution failed, an event was lost or a call was denied; 2: wrong arguments.`;

const options = {
  orders: { type: 'string' },
  books: { type: 'boolean', default: false },
  stacks: { type: 'string', default: 'Data,Ingestion' },
  map: { type: 'string' },
  shop: { type: 'string' },
  limit: { type: 'string' },
  events: { type: 'string' },
  emails: { type: 'string', default: 'customers-and-guests' },
  consent: { type: 'string', default: '1' },
  until: { type: 'string' },
  duplicate: { type: 'string', default: '0' },
  shuffle: { type: 'string', default: '0s' },
  seed: { type: 'string', default: '1' },
  hiccups: { type: 'string', default: '0.01' },
  stage: { type: 'string' },
  assembly: { type: 'string' },
  state: { type: 'string', default: '.rehearsal' },
  json: { type: 'boolean', default: false },
  faults: { type: 'string' },
  resumable: { type: 'boolean', default: false },
  resume: { type: 'boolean', default: false },
  jobs: { type: 'string', default: '1' },
  bedrock: { type: 'string', default: 'stand-in' },
  serve: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({ args: [...withServePort(args)], options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  if (values.faults === 'help') {
    console.log(await presetsInWords());
    return 0;
  }
  const stateDir = resolve(values.state);
  try {
    return await prepareAndRehearse(values, stateDir);
  } catch (error) {
    if (error instanceof AwsError) {
      console.error(`rehearse: the deployed stacks would fail: ${error.message}`);
      return 1;
    }
    if (!isMistake(error)) throw error;
    console.error(`rehearse: ${error.message}`);
    return 2;
  }
};

interface Values extends InputOptions {
  readonly hiccups: string;
  readonly books: boolean;
  readonly stacks: string;
  readonly assembly?: string | undefined;
  readonly stage?: string | undefined;
  readonly json: boolean;
  readonly faults?: string | undefined;
  readonly bedrock: string;
  readonly resumable: boolean;
  readonly resume: boolean;
  readonly jobs: string;
  readonly serve?: string | undefined;
}

const prepareAndRehearse = async (values: Values, stateDir: string): Promise<number> => {
  const jobs = jobsOf(values);
  const port = values.serve === undefined ? undefined : servePort(values.serve);
  const site = port === undefined ? undefined : await openLocalSite(port, printVisit);
  try {
    // Not before the port is known to be free: it may be a rehearsal of the same folder that has it.
    await clearOrKeep(values, stateDir);
    const input = await readInput(values, stateDir);
    const faults =
      values.faults === undefined
        ? input.faults
        : withQuietEnd(await readFaults(values.faults, input.fromMs), input.untilMs);
    const assemblyDir = values.assembly ?? (await synthesize(stateDir, values.stage));
    const { seed } = values;
    const hiccups = shareOf(values.hiccups);
    if (values.books)
      return await rehearseBooks(
        { input, assemblyDir, stateDir, seed, hiccups, stacks: values.stacks.split(',') },
        { isJson: values.json },
      );
    const report = async (summary: Summary): Promise<void> => {
      if (values.json) console.log(JSON.stringify(summary, undefined, 2));
      else await print(summary, input, stateDir);
    };
    const bedrock = bedrockOf(values.bedrock);
    const invocations =
      values.resumable || values.resume ? invocationsOf(stateDir, input) : undefined;
    const run = {
      input,
      assemblyDir,
      stateDir,
      seed,
      hiccups,
      faults,
      bedrock,
      invocations,
      report,
      site,
    };
    const summary = await (jobs === 1 ? rehearseAlone(run) : rehearseInJobs(run, jobs));
    return summary.problems.length === 0 ? 0 : 1;
  } finally {
    await site?.close();
  }
};

const bedrockOf = (text: string): 'stand-in' | 'real' => {
  if (text === 'stand-in' || text === 'real') return text;
  throw new UnusableInput(`--bedrock: got "${text}", expected stand-in or real`);
};

const shareOf = (text: string): number => {
  const share = Number(text);
  if (share >= 0 && share <= 1) return share;
  throw new UnusableInput(`--hiccups: got "${text}", expected a share from 0 to 1`);
};

const print = async (
  summary: Summary,
  { notes, samples }: RehearsalInput,
  stateDir: string,
): Promise<void> => {
  for (const note of notes) console.log(note);
  for (const { shop, orderId, about } of samples) {
    if (about !== undefined) console.log(`\n${about}`);
    console.log(await timelineOf(stateDir, shop, orderId));
  }
  console.log(summaryInWords(summary));
  console.log(
    `\nThe state is in ${stateDir}: one e-mail of each kind under messages/, all of them in outbox.jsonl.`,
  );
  console.log('Any order in detail: npm run explain -- ORDER');
};

const timelineOf = async (stateDir: string, shop: string, orderId: string): Promise<string> => {
  const value = orderKey(shop, orderId);
  const [item] = await storedItems(stateDir, tables.orders.name, {
    attribute: tables.orders.partitionKey,
    value,
  });
  const touches = await storedItems(stateDir, tables.touches.name, {
    attribute: tables.touches.partitionKey,
    value,
  });
  return item === undefined
    ? ''
    : explained(toOrderLog(item), touches.map(toTouchRecord), { isBrief: true });
};
