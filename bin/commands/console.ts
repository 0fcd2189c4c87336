import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openConsole, type OpenConsole } from '#rehearsal/console/open-console.ts';
import { Paths } from '#rehearsal/console/paths.ts';
import { readFaults } from '#rehearsal/input/faults-file.ts';
import { type LocalSite, openLocalSite } from '#rehearsal/local-site.ts';
import { clearState } from '#rehearsal/clear-state.ts';
import { Rehearsal } from '#rehearsal/rehearsal.ts';
import { writeJson, writeState } from '#rehearsal/report/state-files.ts';
import { summarize } from '#rehearsal/report/summary.ts';
import { AwsError } from '#rehearsal/services/aws-error.ts';
import { runningRecords } from '../explain/running-records.ts';
import { type RehearsalInput, readInput } from './rehearsal-input.ts';
import { isMistake } from './rehearsal-mistakes.ts';
import { linkHosts, sampleShopsAtPlay } from './sample-shops-at-play.ts';
import { printVisit, servePort } from './serve.ts';
import { synthesize } from './synthesize.ts';

const help = `Runs the synthesized stacks on this machine, on a virtual clock, with a page to drive them by:
http://127.0.0.1:4080. The clock stands still until it is let go there.

  npm start                                           the sample shops
  npm start -- --orders FILE [--map MAP] [--shop SHOP] [--limit N]
  npm start -- --events FILE|DIR

  --port PORT      of the page (default 4080; 0: any free one)
  --orders FILE    order history as CSV or JSON lines (.gz too); the fulfilment model adds deliveries
  --map MAP        which column is what: a JSON file or inline (see docs/order-import.md)
  --shop SHOP      the shop of imported orders (default: the first of afterglow.config.ts)
  --limit N        the first N usable orders
  --events PATH    canonical events or whole EventBridge envelopes, as JSON or JSON lines
  --until WHEN     where playing ends by itself: days from the first event, such as 60, or a date
  --faults FILE    what goes wrong with messages and their providers, see samples/faults.yaml
  --seed TEXT      decides every draw (default 1)
  --stage STAGE    the stage of afterglow.config.ts to synthesize (default: the first)
  --assembly DIR   run this cloud assembly instead of synthesizing
  --state DIR      where the state stays for \`npm run explain\` at the end (default .rehearsal)

Exit code 0: ended by Ctrl-C; 1: a call was denied at the start; 2: wrong arguments. See docs/console.md.`;

const options = {
  port: { type: 'string', default: '4080' },
  orders: { type: 'string' },
  map: { type: 'string' },
  shop: { type: 'string' },
  limit: { type: 'string' },
  events: { type: 'string' },
  until: { type: 'string' },
  faults: { type: 'string' },
  seed: { type: 'string', default: '1' },
  stage: { type: 'string' },
  assembly: { type: 'string' },
  state: { type: 'string', default: '.rehearsal' },
  help: { type: 'boolean', default: false },
} as const;

const parsed = (args: readonly string[]) => parseArgs({ args: [...args], options }).values;

type Values = ReturnType<typeof parsed>;

/** As AWS may let messages come twice, see `npm run rehearse -- --help`. */
const HICCUPS = 0.01;

/** The command `console`: see its --help. Answers the exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  const values = parsed(args);
  if (values.help) {
    console.log(help);
    return 0;
  }
  try {
    return await prepareAndServe(values);
  } catch (error) {
    if (error instanceof AwsError) {
      console.error(`console: the deployed stacks would fail: ${error.message}`);
      return 1;
    }
    if (!isMistake(error)) throw error;
    console.error(`console: ${error.message}`);
    return 2;
  }
};

const prepareAndServe = async (values: Values): Promise<number> => {
  const stateDir = resolve(values.state);
  let open: OpenConsole | undefined;
  const site = await openLocalSite(
    servePort(values.port, '--port'),
    (visit) => {
      if (visit.status >= 500) printVisit(visit);
    },
    (request, response) => open?.first(request, response) ?? false,
  );
  try {
    // Not before the port is known to be free: it may be a rehearsal of the same folder that has it.
    await clearState(stateDir);
    const input = await readInput({ ...values, ...asTheyCome }, stateDir);
    for (const note of input.notes) console.log(note);
    const assemblyDir = values.assembly ?? (await synthesize(stateDir, values.stage));
    const paths = new Paths();
    const rehearsal = await boot(values, { input, assemblyDir, stateDir, paths });
    try {
      open = await consoleOf(rehearsal, { input, paths, seed: values.seed });
      return await serve(rehearsal, { site, open, input, stateDir });
    } finally {
      await rehearsal.stop();
    }
  } finally {
    await site.close();
  }
};

/** What of an input the console does not ask for. */
const asTheyCome = {
  emails: 'customers-and-guests',
  consent: '1',
  duplicate: '0',
  shuffle: '0s',
} as const;

interface Prepared {
  readonly input: RehearsalInput;
  readonly assemblyDir: string;
  readonly stateDir: string;
  readonly paths: Paths;
}

const boot = async (
  { faults, seed }: Values,
  { input, assemblyDir, stateDir, paths }: Prepared,
): Promise<Rehearsal> =>
  Rehearsal.boot({
    assemblyDir,
    stateDir,
    startMs: input.fromMs,
    seed,
    hiccups: HICCUPS,
    faults: faults === undefined ? input.faults : await readFaults(faults, input.fromMs),
    react: input.react,
    onHistoryEvent: paths.hear,
  });

const consoleOf = async (
  rehearsal: Rehearsal,
  { input, paths, seed }: Pick<Prepared, 'input' | 'paths'> & { readonly seed: string },
): Promise<OpenConsole> => {
  const { events, fromMs, untilMs, react } = input;
  const play = (isAwaited: () => boolean) =>
    sampleShopsAtPlay(rehearsal, { events, fromMs, seed, isAwaited });
  rehearsal.schedule(events);
  return openConsole({
    rehearsal,
    records: runningRecords(rehearsal),
    paths,
    fromMs,
    untilMs,
    hosts: [...rehearsal.domainNames, ...linkHosts],
    play: react === undefined ? undefined : play,
    onProblem: (problem) => console.error(problem),
  });
};

interface Serving {
  readonly site: LocalSite;
  readonly open: OpenConsole;
  readonly input: RehearsalInput;
  readonly stateDir: string;
}

/** Until Ctrl-C; then the state is left as a rehearsal leaves it. */
const serve = async (
  rehearsal: Rehearsal,
  { site, open, input, stateDir }: Serving,
): Promise<number> => {
  site.open(open.ask);
  console.log(`\nThe console is on ${site.url}/ until Ctrl-C.`);
  await once(process, 'SIGINT');
  console.log('\nWriting the state …');
  await open.close();
  const { events, fromMs } = input;
  await writeState(rehearsal, stateDir);
  await writeJson(join(stateDir, 'summary.json'), await summarize({ rehearsal, events, fromMs }));
  console.log(`The state is in ${stateDir}. Any order in detail: npm run explain -- ORDER`);
  return 0;
};
