import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ServiceError } from './errors.ts';
import { isJsonObject, type Json, toJson } from './json.ts';
import { hostOfFolder } from './map-runs/host-of-folder.ts';
import { InvalidMocks, MissingMock } from './mocks.ts';
import { InvalidDefinition } from './problems.ts';
import { type RunOptions, type RunResult, runStateMachine } from './run-state-machine.ts';

const help = `Runs an Amazon States Language definition (QueryLanguage JSONata) on virtual time.

  npm run asl -- DEFINITION [INPUT] [--mocks MOCKS] [options]
  npm run asl -- --batch FILE [options]

DEFINITION, INPUT and MOCKS are JSON: a file's path or the text itself. INPUT is {} if left out.

MOCKS say what Tasks answer, by the name of the state:
  { "Charge": { "Return": { "StatusCode": 200, "Payload": { "ok": true } } },
    "Ship":   [ { "Throw": { "Error": "Busy", "Cause": "try again" } }, { "Return": {} } ],
    "Await":  { "After": 3600, "Return": { "deliveredAt": "2026-01-02T00:00:00Z" } },
    "Never":  { "Never": true } }
A list answers successive calls, its last entry for good. After is in virtual seconds. For a
.waitForTaskToken state Return and Throw are SendTaskSuccess and SendTaskFailure. A MockConfigFile of
Step Functions Local works too.

Options
  --mocks MOCKS      answers of the Tasks
  --test-case NAME   which test case of a Step Functions Local mock file
  --objects FOLDER   what Distributed Maps read and write, as FOLDER/<bucket>/<key>
  --batch FILE       JSON lines, each a case: {"id"?, "definition": object or path, "input"?,
                     "mocks"?, "testCase"?, "name"?, "now"?, "seed"?}; prints one line a case
  --name NAME        name of the execution (default: run)
  --now TIME         start of the virtual clock, ISO 8601 (default: 2026-01-01T00:00:00Z)
  --seed NUMBER      fixes $random, $uuid and retry jitter (default: 0)
  --help

Prints { status, output, error, cause, history }; history is what GetExecutionHistory returns.
Exit code 0: it ran, whatever its status. 2: bad usage, definition, input or mocks, or a Task
without a mock. In a batch such a case prints { id, "status": "INVALID", error, cause }.`;

/** The caller's mistake: reported, never a stack trace. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

const flags = {
  mocks: { type: 'string' },
  'test-case': { type: 'string' },
  objects: { type: 'string' },
  batch: { type: 'string' },
  name: { type: 'string' },
  now: { type: 'string' },
  seed: { type: 'string' },
  help: { type: 'boolean' },
} as const;

const parseUsage = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: flags, allowPositionals: true });
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : String(thrown));
  }
};

type Flags = ReturnType<typeof parseUsage>['values'];

const parseJson = (text: string, title: string): Json => {
  try {
    return toJson(JSON.parse(text)) ?? null;
  } catch (thrown) {
    throw new UsageError(`${title} is not JSON: ${thrown instanceof Error ? thrown.message : ''}`);
  }
};

const looksInline = (text: string): boolean => /^\s*(?:[[{"\d-]|true|false|null)/.test(text);

const readJson = (argument: string, title: string, folder = '.'): Json => {
  const path = [argument, resolve(folder, argument)].find((candidate) => existsSync(candidate));
  if (path !== undefined) return parseJson(readFileSync(path, 'utf8'), `${title} ${argument}`);
  if (looksInline(argument)) return parseJson(argument, title);
  throw new UsageError(`${title}: no file "${argument}", and the text is not JSON.`);
};

const readSeed = (value: Json | undefined): number | undefined => {
  if (value === undefined) return undefined;
  const seed = Number(value);
  if (Number.isInteger(seed)) return seed;
  throw new UsageError(`seed: got ${JSON.stringify(value)}; needs a whole number.`);
};

const readTime = (value: Json | undefined): string | undefined => {
  if (value === undefined || (typeof value === 'string' && !Number.isNaN(Date.parse(value))))
    return value;
  throw new UsageError(`now: got ${JSON.stringify(value)}; needs an ISO 8601 time.`);
};

const readText = (value: Json | undefined, title: string): string | undefined => {
  if (value === undefined || typeof value === 'string') return value;
  throw new UsageError(`${title}: got ${JSON.stringify(value)}; needs a string.`);
};

const readObjects = (folder: string | undefined): RunOptions['mapHost'] => {
  if (folder === undefined) return undefined;
  if (!existsSync(folder)) throw new UsageError(`objects: no folder "${folder}".`);
  return hostOfFolder(folder);
};

const optionsOf = (values: Flags): RunOptions => ({
  mapHost: readObjects(values.objects),
  name: values.name,
  testCase: values['test-case'],
  startTime: readTime(values.now),
  seed: readSeed(values.seed),
});

/** One event a line: short enough to read down, complete enough to compare with AWS's. */
const print = ({ history, ...result }: RunResult): string => {
  const head = Object.entries(result).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`,
  );
  const events = history.map((event) => `    ${JSON.stringify(event)}`).join(',\n');
  return ['{', ...head, '  "history": [', events, '  ]', '}'].join('\n');
};

const runOne = async (positionals: readonly string[], values: Flags): Promise<number> => {
  const [definition, input = '{}', ...surplus] = positionals;
  if (definition === undefined || surplus.length > 0)
    throw new UsageError('needs DEFINITION and at most one INPUT; see --help.');
  const mocks = values.mocks === undefined ? {} : readJson(values.mocks, 'mocks');
  const result = await runStateMachine(
    readJson(definition, 'definition'),
    readJson(input, 'input'),
    { ...optionsOf(values), mocks },
  );
  console.log(print(result));
  return 0;
};

const isExpected = (thrown: unknown): thrown is Error =>
  thrown instanceof UsageError ||
  thrown instanceof InvalidDefinition ||
  thrown instanceof InvalidMocks ||
  thrown instanceof MissingMock ||
  thrown instanceof ServiceError;

const runCase = async (line: string, folder: string, defaults: RunOptions): Promise<RunResult> => {
  const source = parseJson(line, 'case');
  if (!isJsonObject(source)) throw new UsageError(`case: got ${line}; needs an object.`);
  const { definition, input = {}, mocks = {}, name, testCase, now, seed } = source;
  const loadedDefinition =
    typeof definition === 'string' ? readJson(definition, 'definition', folder) : definition;
  return runStateMachine(loadedDefinition, input, {
    mapHost: defaults.mapHost,
    mocks: typeof mocks === 'string' ? readJson(mocks, 'mocks', folder) : mocks,
    name: readText(name, 'name') ?? defaults.name,
    testCase: readText(testCase, 'testCase') ?? defaults.testCase,
    startTime: readTime(now) ?? defaults.startTime,
    seed: readSeed(seed) ?? defaults.seed,
  });
};

/** The case's own id, or the number of its line. */
const idOf = (line: string, number: number): Json => {
  try {
    const source = toJson(JSON.parse(line));
    return isJsonObject(source) ? (source['id'] ?? number) : number;
  } catch {
    return number;
  }
};

const runBatch = async (file: string, values: Flags): Promise<number> => {
  if (!existsSync(file)) throw new UsageError(`batch: no file "${file}".`);
  const defaults = optionsOf(values);
  const lines = readFileSync(file, 'utf8').split('\n');
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const id = idOf(line, index + 1);
    try {
      console.log(JSON.stringify({ id, ...(await runCase(line, dirname(file), defaults)) }));
    } catch (thrown) {
      if (!isExpected(thrown)) throw thrown;
      const { name: error, message: cause } = thrown;
      console.log(JSON.stringify({ id, status: 'INVALID', error, cause }));
    }
  }
  return 0;
};

/** The command `asl`: see its --help. Answers the exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  try {
    const { values, positionals } = parseUsage(args);
    if (values.help === true) {
      console.log(help);
      return 0;
    }
    if (values.batch === undefined) return await runOne(positionals, values);
    if (positionals.length > 0) throw new UsageError('--batch takes no DEFINITION or INPUT.');
    return await runBatch(values.batch, values);
  } catch (thrown) {
    if (!isExpected(thrown)) throw thrown;
    console.error(`asl: ${thrown.message}`);
    return 2;
  }
};
