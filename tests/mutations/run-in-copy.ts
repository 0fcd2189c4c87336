import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import config from '#config';
import { metricsInput } from '#analytics/metrics-input.ts';
import { viewColumns } from '#analytics/view-columns.ts';
import { shopKey } from '#core/adapters/shop-key.ts';
import { armNames } from '#core/domain/experiments/experiment.ts';
import { clearState } from '#rehearsal/clear-state.ts';
import { hasPassed, runScenarios } from '#rehearsal/scenarios/run-scenarios.ts';
import { readScenarioFiles } from '#rehearsal/scenarios/scenario-files.ts';
import { problemInWords } from '#rehearsal/scenarios/scenario.ts';
import { touches } from '#touches/registry.ts';
import { synthesize } from '../../bin/commands/synthesize.ts';
import { fileOf, pathOf, scenarioId } from './mutation-list.ts';
import { rebuild } from './rebuild.ts';

/** What a copy of the tree is asked to do; the runner writes it into a file. */
export interface Errand {
  /** Where the app lies synthesized as it was before anything was changed; made if it does not. */
  readonly baseDir: string;
  readonly stateDir: string;
  /** The file that was changed. */
  readonly changed?: string | undefined;
  /** Files of scenarios as the list calls them. */
  readonly files: readonly string[];
  /** Of them these alone. @default all */
  readonly ids?: readonly string[] | undefined;
}

/** What came of it. */
export interface Outcome {
  readonly failed: readonly string[];
  readonly passed: readonly string[];
}

const [errandFile = '', outcomeFile = ''] = argv.slice(2);
const errand: Errand = JSON.parse(readFileSync(errandFile, 'utf8'));
const { baseDir, stateDir, changed, ids } = errand;

const { scenarios, problems } = await readScenarioFiles(errand.files.map(pathOf), {
  shops: config.shops,
  touches: Object.keys(touches),
  arms: armNames(config.experiments),
  views: viewColumns(metricsInput(config)),
});
if (problems.length > 0) throw new Error(problems.map(problemInWords).join('\n'));
const chosen = scenarios.filter(
  ({ file, name }) => ids === undefined || ids.includes(scenarioId({ file: fileOf(file), name })),
);
await clearState(stateDir);
const assemblyDir =
  (await rebuild(baseDir, stateDir, changed)) ?? (await synthesize(stateDir, undefined));
const { results } = await runScenarios({
  scenarios: chosen,
  assemblyDir,
  stateDir,
  seed: '1',
  experiments: config.experiments,
  keyOf: shopKey,
});
const idsOf = (passed: boolean): readonly string[] =>
  results
    .filter((result) => hasPassed(result) === passed)
    .map(({ scenario: { file, name } }) => scenarioId({ file: fileOf(file), name }));
const outcome: Outcome = { failed: idsOf(false), passed: idsOf(true) };
writeFileSync(outcomeFile, JSON.stringify(outcome));
