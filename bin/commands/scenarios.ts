import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import config from '#config';
import { metricsInput } from '#analytics/metrics-input.ts';
import { viewColumns } from '#analytics/view-columns.ts';
import { shopKey } from '#core/adapters/shop-key.ts';
import { armNames } from '#core/domain/experiments/experiment.ts';
import { clearState } from '#rehearsal/clear-state.ts';
import { catalogueEventsOf } from '#rehearsal/input/catalogue-import/catalogue-events.ts';
import type { PricedProduct } from '#rehearsal/input/sample-catalogue.ts';
import { resultsAsJson, resultsInWords } from '#rehearsal/scenarios/print-results.ts';
import { hasPassed, runScenarios } from '#rehearsal/scenarios/run-scenarios.ts';
import { readScenarioFiles } from '#rehearsal/scenarios/scenario-files.ts';
import { problemInWords, type Scenario } from '#rehearsal/scenarios/scenario.ts';
import { AwsError } from '#rehearsal/services/aws-error.ts';
import { touches } from '#touches/registry.ts';
import { pricedProducts } from '../scenarios/priced-products.ts';
import { progressOf } from './progress.ts';
import { synthesize } from './synthesize.ts';

const help = `Rehearses scenarios, journeys as they should be, and shows where they come out otherwise.

  npm run scenarios                         all of samples/scenarios
  npm run scenarios -- FILE|DIR …           these files, and all .yaml files of these folders

  --only TEXT      scenarios whose name has this text
  --seed TEXT      decides every draw (default 1)
  --stage STAGE    the stage of afterglow.config.ts to synthesize (default: the first)
  --assembly DIR   run this cloud assembly instead of synthesizing
  --catalogue FILE what the shops sell, as npm run catalogue reads it, each with its price (default:
                   samples/catalogue.jsonl)
  --state DIR      where the state stays for \`npm run explain\` (default .rehearsal/scenarios)
  --json           print the results as JSON

How a scenario is written: docs/scenarios.md.
Exit code 0: all passed; 1: one came out otherwise; 2: a file cannot be used, or none was found.`;

const options = {
  only: { type: 'string', default: '' },
  seed: { type: 'string', default: '1' },
  stage: { type: 'string' },
  assembly: { type: 'string' },
  catalogue: { type: 'string' },
  state: { type: 'string', default: join('.rehearsal', 'scenarios') },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const paths = positionals.length === 0 ? [join('samples', 'scenarios')] : positionals;
  const known = {
    shops: config.shops,
    touches: Object.keys(touches),
    arms: armNames(config.experiments),
    views: viewColumns(metricsInput(config)),
  };
  const products = await productsOf(values.catalogue);
  if (products === 'unusable') return 2;
  const { scenarios, problems } = await readScenarioFiles(paths, {
    ...known,
    ...(products === undefined ? {} : { products }),
  });
  const chosen = scenarios.filter(({ name }) =>
    name.toLowerCase().includes(values.only.toLowerCase()),
  );
  for (const problem of problems) console.error(problemInWords(problem));
  if (problems.length > 0) return 2;
  if (chosen.length > 0) return rehearseOrSay(chosen, values, products);
  console.error(`scenarios: got --only "${values.only}", expected a part of a scenario's name`);
  return 2;
};

const rehearseOrSay = async (
  scenarios: readonly Scenario[],
  values: Values,
  products: readonly PricedProduct[] | undefined,
): Promise<number> => {
  try {
    return await rehearse(scenarios, values, products);
  } catch (error) {
    if (error instanceof AwsError) {
      console.error(`scenarios: the deployed stacks would fail: ${error.message}`);
      return 1;
    }
    if (!(error instanceof Error) || error.name !== 'InvalidMessages') throw error;
    console.error(`scenarios: ${error.message}`);
    return 2;
  }
};

/** @returns nothing where the sample shops' are meant */
const productsOf = async (
  file: string | undefined,
): Promise<readonly PricedProduct[] | undefined | 'unusable'> => {
  if (file === undefined) return undefined;
  const { products, problems } = await pricedProducts(file, config.shops);
  for (const problem of problems) console.error(`--catalogue: ${problem}`);
  return problems.length > 0 ? 'unusable' : products;
};

interface Values {
  readonly seed: string;
  readonly stage?: string | undefined;
  readonly assembly?: string | undefined;
  readonly state: string;
  readonly json: boolean;
}

const rehearse = async (
  scenarios: readonly Scenario[],
  values: Values,
  products: readonly PricedProduct[] | undefined,
): Promise<number> => {
  const { seed, assembly, stage, state, json } = values;
  const stateDir = resolve(state);
  await clearState(stateDir);
  const assemblyDir = assembly ?? (await synthesize(stateDir, stage));
  let nowMs = 0;
  const progress = progressOf(() => new Date(nowMs).toISOString().slice(0, 10));
  const { results, denials } = await runScenarios({
    scenarios,
    assemblyDir,
    stateDir,
    seed,
    experiments: config.experiments,
    keyOf: shopKey,
    ...(products === undefined
      ? {}
      : { catalogue: (startMs: number) => catalogueEventsOf(products, startMs) }),
    onProgress: (share, ms) => {
      nowMs = ms;
      progress(share);
    },
  });
  console.log(json ? resultsAsJson(results) : resultsInWords(results, relative('.', stateDir)));
  for (const { principal, action, resource } of denials)
    console.error(`the deployed stacks would fail: ${principal} may not ${action} on ${resource}`);
  return denials.length === 0 && results.every(hasPassed) ? 0 : 1;
};
