import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import config from '#config';
import { chosenModel } from '#core/contracts/content-config.ts';
import { batchUsd, costUsd } from '#core/domain/content/draft-cost.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import { readFaults } from '#rehearsal/input/faults-file.ts';
import { readCatalogueMap } from '#rehearsal/input/catalogue-import/catalogue-map.ts';
import { readCatalogueFile } from '#rehearsal/input/catalogue-import/read-catalogue.ts';
import { clearState } from '#rehearsal/clear-state.ts';
import {
  type RehearsedRollOut,
  rehearseRollOut,
  type RollOutProgress,
} from '#rehearsal/roll-out/rehearse-roll-out.ts';
import { AwsError } from '#rehearsal/services/aws-error.ts';
import { progressOf } from './progress.ts';
import { synthesize } from './synthesize.ts';

const help = `Rehearses a roll-out: the deployed state machine drafts the texts of a catalogue, with Bedrock's stand-in.

  npm run roll-out -- --catalogue FILE [--shop SHOP] [--map MAP]

  --catalogue FILE   what npm run catalogue -- import reads (default samples/catalogue.jsonl)
  --shop, --map      as of npm run catalogue
  --orders N         assumed orders of the 60 days before, by which products are ordered (default 400)
  --budget-usd USD, --budget-tokens N, --limit PRODUCTS
                     what the run may take (default: of afterglow.content.ts)
  --batch            by batch inference, at its price. A job has 100 records at least: one a product and locale
  --state DIR        where the run keeps what it does (default .roll-out). Killed, or stopped by its budget,
                     it goes on from there when it is started again
  --fresh            from the beginning
  --faults FILE      how the model misbehaves: the part bedrock of samples/faults.yaml
  --bedrock real     asks Bedrock itself, with the credentials and the region of this shell. It costs money
  --seed TEXT        other past orders (default 1)

Written: report.md and report.json in DIR. Exit code 0: it came to its end; 1: it did not, or a grant was missing.`;

const options = {
  catalogue: { type: 'string', default: 'samples/catalogue.jsonl' },
  shop: { type: 'string' },
  map: { type: 'string' },
  orders: { type: 'string', default: '400' },
  'budget-usd': { type: 'string' },
  'budget-tokens': { type: 'string' },
  limit: { type: 'string' },
  batch: { type: 'boolean', default: false },
  state: { type: 'string', default: '.roll-out' },
  fresh: { type: 'boolean', default: false },
  faults: { type: 'string' },
  bedrock: { type: 'string', default: 'stand-in' },
  seed: { type: 'string', default: '1' },
  help: { type: 'boolean', default: false },
} as const;

const parsed = (args: readonly string[]) => parseArgs({ args: [...args], options });

type Values = ReturnType<typeof parsed>['values'];

class UsageError extends Error {
  override readonly name = 'UsageError';
}

const mistakes: ReadonlySet<string> = new Set([
  'UsageError',
  'InvalidCatalogueMap',
  'UnreadableFile',
  'UnusableFaults',
]);

/** Virtual time begins here, whatever day it is. */
const START_MS = Date.parse('2026-03-01T06:00:00Z');

/** The command `roll-out`: see its --help. Answers the exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parsed(args);
  if (values.help) {
    console.log(help);
    return 0;
  }
  try {
    return await rehearse(values);
  } catch (error) {
    if (error instanceof AwsError) {
      console.error(`roll-out: the deployed stacks would fail: ${error.message}`);
      return 1;
    }
    if (!(error instanceof Error) || !mistakes.has(error.name)) throw error;
    console.error(`roll-out: ${error.message}`);
    return 2;
  }
};

const rehearse = async (values: Values): Promise<number> => {
  const { content } = config;
  if (content === undefined)
    throw new UsageError(
      'afterglow.config.ts has no `content`: nothing says by which model to draft',
    );
  const stateDir = resolve(values.state);
  const products = await productsOf(values);
  if (values.fresh) await clearState(stateDir);
  await mkdir(stateDir, { recursive: true });
  let usd = 0;
  const model = chosenModel(content);
  const rehearsed = await rehearseRollOut({
    assemblyDir: await synthesize(stateDir, undefined),
    stateDir,
    seed: values.seed,
    products,
    startMs: START_MS,
    orders: wholeNumber('orders', values.orders),
    input: inputOf(values),
    bedrock: bedrockOf(values.bedrock),
    faults: values.faults === undefined ? undefined : await readFaults(values.faults, START_MS),
    onModelCall: (call) => {
      usd += (call.isInBatch ? batchUsd : costUsd)(call, model);
    },
    onProgress: showing(() => usd),
  });
  await tell(rehearsed, stateDir);
  return rehearsed.status === 'SUCCEEDED' && rehearsed.problems.length === 0 ? 0 : 1;
};

const productsOf = async ({ catalogue, shop, map }: Values) => {
  const shops = Object.entries(config.shops).map(([id, { currency, locales }]) => ({
    id,
    currency,
    language: languageOf(locales[0] ?? ''),
  }));
  const { products, refused } = await readCatalogueFile(catalogue, {
    shops,
    ...(shop === undefined ? {} : { shop }),
    ...(map === undefined ? {} : { map: await readCatalogueMap(map) }),
  });
  for (const { place, problem } of refused) console.error(`${place}: ${problem}`);
  if (products.length === 0) throw new UsageError(`${catalogue}: no usable product`);
  return products;
};

const tell = async (
  { run: name, runsBefore, status, report, page, problems }: RehearsedRollOut,
  stateDir: string,
): Promise<void> => {
  if (runsBefore > 0) console.log(`Went on from ${runsBefore} run(s) in ${stateDir}.`);
  if (page !== undefined) console.log(page);
  for (const problem of problems) console.error(problem);
  if (report !== undefined) await writeFile(join(stateDir, 'report.json'), report);
  if (page !== undefined) await writeFile(join(stateDir, 'report.md'), page);
  console.log(`${name}: ${status}. The report is in ${join(stateDir, 'report.md')}.`);
};

const bedrockOf = (value: string): 'stand-in' | 'real' => {
  if (value === 'stand-in' || value === 'real') return value;
  throw new UsageError(`--bedrock: got "${value}", expected stand-in or real`);
};

const inputOf = (values: Values): object => ({
  ...(values['budget-usd'] === undefined
    ? {}
    : { budgetUsd: positive('budget-usd', values['budget-usd']) }),
  ...(values['budget-tokens'] === undefined
    ? {}
    : { budgetTokens: wholeNumber('budget-tokens', values['budget-tokens']) }),
  ...(values.limit === undefined ? {} : { limit: wholeNumber('limit', values.limit) }),
  ...(values.batch ? { batch: true } : {}),
});

const positive = (name: string, text: string): number => {
  const value = Number(text);
  if (value > 0) return value;
  throw new UsageError(`--${name}: got "${text}", expected a number above 0`);
};

const wholeNumber = (name: string, text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new UsageError(`--${name}: got "${text}", expected a whole number`);
};

/** One bar a step. */
const showing = (usd: () => number): ((progress: RollOutProgress) => void) => {
  let at: RollOutProgress = { step: 'catalogue', done: 0, of: 0 };
  const label = (): string =>
    at.step === 'catalogue'
      ? `${at.done} of ${at.of} products taken in`
      : `${at.done} of ${at.of} products drafted, USD ${usd().toFixed(2)}`;
  const bars = { catalogue: progressOf(label), drafts: progressOf(label) };
  return (progress) => {
    at = progress;
    if (progress.of > 0) bars[progress.step](progress.done / progress.of);
  };
};
