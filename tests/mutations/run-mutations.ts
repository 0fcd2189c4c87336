import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import {
  fileOf,
  killedBy,
  type Mutation,
  type NamedScenario,
  readMutations,
  scenarioId,
} from './mutation-list.ts';
import type { Outcome } from './run-in-copy.ts';
import { unkilled } from './unkilled.ts';
import { Workbench } from './workbench.ts';

const help = `Breaks the product on purpose, a line at a time, and sees whether the scenarios notice.

  npm run mutations                     every mutation of tests/mutations/mutations.yaml
  npm run mutations -- --only TEXT      those whose name has this text
  npm run mutations -- --from NAME      from this one on, as after a run that was broken off
  npm run mutations -- --find FILE …    which scenarios of these files fail, as the list writes it

Exit code 0: each was seen to fail; 1: one survived, or a scenario is named by no mutation;
2: wrong arguments.`;

const options = {
  only: { type: 'string', default: '' },
  from: { type: 'string' },
  find: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

interface Seen {
  readonly mutation: Mutation;
  readonly survivors: readonly string[];
  readonly problem?: string | undefined;
  readonly seconds: number;
}

const main = async (): Promise<number> => {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const all = readMutations();
  const start = all.findIndex(({ mutation }) => mutation === (values.from ?? mutation));
  const mutations = (start < 0 ? [] : all.slice(start)).filter(({ mutation }) =>
    mutation.includes(values.only),
  );
  if (mutations.length === 0 || values.find !== positionals.length > 0) {
    console.error(`mutations: got nothing to do; see --help`);
    return 2;
  }
  const bench = new Workbench();
  try {
    return values.find
      ? await find(bench, mutations, positionals.map(fileOf))
      : await runAll(bench, mutations);
  } finally {
    bench.close();
  }
};

const runAll = async (bench: Workbench, mutations: readonly Mutation[]): Promise<number> => {
  const all: Seen[] = [];
  for (const mutation of mutations) {
    const seen = await runOne(bench, mutation);
    all.push(seen);
    console.log(lineOf(seen, `${all.length}/${mutations.length}`));
    for (const survivor of seen.survivors) console.log(`      SURVIVED  ${survivor}`);
    if (seen.problem !== undefined) console.log(`      ${seen.problem}`);
  }
  const nameless = unkilled(readMutations());
  for (const scenario of nameless) console.log(`named by no mutation: ${scenario}`);
  const bad = all.filter(({ survivors, problem }) => survivors.length > 0 || problem !== undefined);
  console.log(
    `${all.length - bad.length} of ${all.length} mutations were noticed as they should be.`,
  );
  return bad.length === 0 && nameless.length === 0 ? 0 : 1;
};

const runOne = async (bench: Workbench, mutation: Mutation): Promise<Seen> => {
  const startedMs = performance.now();
  const expected = killedBy(mutation);
  const ids = expected.map(scenarioId);
  const seconds = () => (performance.now() - startedMs) / 1000;
  try {
    const { failed } = await bench.run(mutation, { files: filesOf(expected), ids });
    const survivors = ids.filter((id) => !failed.includes(id));
    return { mutation, survivors, seconds: seconds() };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { mutation, survivors: [], problem, seconds: seconds() };
  }
};

const filesOf = (scenarios: readonly NamedScenario[]): readonly string[] => [
  ...new Set(scenarios.map(({ file }) => file)),
];

const lineOf = ({ mutation, survivors, problem, seconds }: Seen, count: string): string => {
  const scenarios = killedBy(mutation).length;
  const verdict =
    problem !== undefined ? 'NOT RUN' : survivors.length > 0 ? 'SURVIVED' : 'seen to fail';
  return `${count.padStart(7)}  ${verdict.padEnd(13)}${mutation.mutation.padEnd(58)}${String(scenarios).padStart(3)} scenarios ${seconds.toFixed(0).padStart(4)} s`;
};

/** Writes what the list needs to know of each. */
const find = async (
  bench: Workbench,
  mutations: readonly Mutation[],
  files: readonly string[],
): Promise<number> => {
  for (const mutation of mutations) {
    const found = await bench.run(mutation, { files }).catch((error: unknown) => String(error));
    if (typeof found === 'string') console.log(`# ${mutation.mutation}: ${found}`);
    else
      console.log(
        stringify([{ mutation: mutation.mutation, kills: killsOf(found) }], { lineWidth: 0 }),
      );
  }
  return 0;
};

const killsOf = ({ failed }: Outcome): Mutation['kills'] => {
  const split = failed.map((id) => [id.slice(0, id.indexOf(': ')), id.slice(id.indexOf(': ') + 2)]);
  return Object.fromEntries(
    [...Map.groupBy(split, ([file = '']) => file)].map(([file, ids]) => [
      file,
      ids.map(([, name = '']) => name),
    ]),
  );
};

process.exitCode = await main();
