import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execPath } from 'node:process';
import { parseArgs } from 'node:util';
import { shopKey } from '#core/adapters/shop-key.ts';
import { soakInWords, soakTable } from '#rehearsal/soak/soak-in-words.ts';
import { type Soaked, soakRun } from '#rehearsal/soak/soak-run.ts';
import { synthesize } from './synthesize.ts';

const help = `Runs the synthesized stacks many times, each with orders and faults that its seed draws, and checks every invariant.

  npm run soak                                50 runs of 50 orders
  npm run soak -- --runs 500 --orders 50      from seed 1 on
  npm run soak -- --only SEED                 one run again, in full

  --runs N         how many (default 50)
  --orders N       of each run (default 50)
  --days N         from the first event of each (default 100)
  --from N         the first seed (default 1)
  --only SEED      this seed alone; its summary is printed
  --every N        every Nth seed alone: two processes with --every 2, from 1 and from 2, share the work
  --assembly DIR   run this cloud assembly instead of synthesizing
  --out FILE       writes what each failing run came to, as JSON lines (default soak-failures.jsonl
                   in the system's temporary folder)

Exit code 0: all invariants held in every run; 1: one did not; 2: wrong arguments.`;

const options = {
  runs: { type: 'string', default: '50' },
  orders: { type: 'string', default: '50' },
  days: { type: 'string', default: '100' },
  from: { type: 'string', default: '1' },
  every: { type: 'string', default: '1' },
  only: { type: 'string' },
  /** Of a process that another one has started: where it leaves what its runs came to. */
  results: { type: 'string' },
  assembly: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const COMMAND_LINE = join(import.meta.dirname, '../afterglow.ts');

interface Settings {
  readonly seeds: readonly string[];
  readonly orders: number;
  readonly days: number;
  readonly isAlone: boolean;
  readonly out: string;
}

/** A process keeps some memory of every run: some twenty megabytes, so that long soaks are several processes. */
const RUNS_A_PROCESS = 20;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const folder = await mkdtemp(join(tmpdir(), 'afterglow-soak-'));
  try {
    const { only, out = join(tmpdir(), 'soak-failures.jsonl') } = values;
    const settings = {
      seeds: only === undefined ? seedsOf(values) : [only],
      orders: wholeNumber('orders', values.orders),
      days: wholeNumber('days', values.days),
      isAlone: only !== undefined,
      out: resolve(out),
    };
    const assemblyDir = values.assembly ?? (await synthesize(folder, undefined));
    if (values.results !== undefined) {
      const done = await soak(settings, assemblyDir, folder);
      await writeFile(values.results, JSON.stringify(done));
      return 0;
    }
    const all =
      settings.seeds.length > RUNS_A_PROCESS
        ? await soakInProcesses(settings, assemblyDir, folder)
        : await soak(settings, assemblyDir, folder);
    return told(all, settings);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(`soak: ${error.message}`);
    return 2;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const keysBy = (appKey: string) => {
  const master = new TextEncoder().encode(appKey);
  return (shop: string) => shopKey(master, shop);
};

const wholeNumber = (name: string, text: string): number => {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new RangeError(`--${name}: got "${text}", expected a whole number from 1 on`);
};

const seedsOf = ({
  runs,
  from,
  every,
}: {
  readonly runs: string;
  readonly from: string;
  readonly every: string;
}): readonly string[] => {
  const [first, count, step] = [
    wholeNumber('from', from),
    wholeNumber('runs', runs),
    wholeNumber('every', every),
  ];
  return Array.from({ length: count }, (_, at) => String(first + at * step));
};

/** A few seeds after the other in a process of their own. */
const soakInProcesses = async (
  { seeds, orders, days, out }: Settings,
  assemblyDir: string,
  folder: string,
): Promise<readonly Soaked[]> => {
  const all: Soaked[] = [];
  const results = join(folder, 'results.json');
  const given = ['--orders', `${orders}`, '--days', `${days}`, '--assembly', assemblyDir];
  const step = Number(seeds[1]) - Number(seeds[0]);
  for (let at = 0; at < seeds.length; at += RUNS_A_PROCESS) {
    const some = seeds.slice(at, at + RUNS_A_PROCESS);
    const which = ['--from', `${some[0]}`, '--runs', `${some.length}`, '--every', `${step}`];
    const args = ['soak', ...which, ...given, '--out', out, '--results', results];
    const child = spawn(execPath, [COMMAND_LINE, ...args], { stdio: 'inherit' });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`the runs from seed ${some[0]} on ended with code ${code}`);
    const done: readonly Soaked[] = JSON.parse(await readFile(results, 'utf8'));
    all.push(...done);
  }
  return all;
};

const soak = async (
  { seeds, orders, days, isAlone, out }: Settings,
  assemblyDir: string,
  folder: string,
): Promise<readonly Soaked[]> => {
  const all: Soaked[] = [];
  for (const seed of seeds) {
    const stateDir = join(folder, `run-${seed}`);
    const soaked = await soakRun({ seed, orders, days, assemblyDir, stateDir, keysBy });
    await rm(stateDir, { recursive: true, force: true });
    all.push(soaked);
    console.log(soakInWords(soaked, isAlone));
    if (soaked.summary.problems.length > 0)
      await writeFile(out, `${JSON.stringify(soaked)}\n`, { flag: 'a' });
  }
  return all;
};

/** @returns the exit code */
const told = (all: readonly Soaked[], { orders, days, out }: Settings): number => {
  const failing = all.filter(({ summary }) => summary.problems.length > 0);
  console.log(soakTable(all));
  for (const { seed } of failing)
    console.log(`seed ${seed}: npm run soak -- --only ${seed} --orders ${orders} --days ${days}`);
  if (failing.length > 0) console.log(`What they came to is in ${out}`);
  return failing.length === 0 ? 0 : 1;
};
