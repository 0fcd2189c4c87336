import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import config from '#config';
import { metricsInput } from '#analytics/metrics-input.ts';
import { viewColumns } from '#analytics/view-columns.ts';
import { shopKey } from '#core/adapters/shop-key.ts';
import { armNames } from '#core/domain/experiments/experiment.ts';
import { resultsInWords } from '#rehearsal/scenarios/print-results.ts';
import { hasPassed, runScenarios } from '#rehearsal/scenarios/run-scenarios.ts';
import { readScenarioFiles } from '#rehearsal/scenarios/scenario-files.ts';
import { touches } from '#touches/registry.ts';
import { assembly, temporaryFolder } from './rehearsed.ts';

/** The first scenario of the samples, its dispatch notice expected a day later. */
const changed = (): string => {
  const text = readFileSync('samples/scenarios/fulfilment/orders.yaml', 'utf8');
  const [first = ''] = text.split('\n---\n');
  const file = join(temporaryFolder(), 'changed.yaml');
  writeFileSync(
    file,
    first.replace('day 1 14:00: dispatch-notice', 'day 2 14:00: dispatch-notice'),
  );
  return file;
};

const { scenarios, problems } = await readScenarioFiles(['samples/scenarios', changed()], {
  shops: config.shops,
  touches: Object.keys(touches),
  arms: armNames(config.experiments),
  views: viewColumns(metricsInput(config)),
});

describe('the scenarios of the samples, and one that expects otherwise', () => {
  const run = assembly().then((assemblyDir) =>
    runScenarios({
      scenarios,
      assemblyDir,
      stateDir: temporaryFolder(),
      seed: '1',
      experiments: config.experiments,
      keyOf: shopKey,
    }),
  );

  test('can be read', () => {
    expect(problems).toEqual([]);
  });

  test('pass', { timeout: 240_000 }, async () => {
    const { results, denials } = await run;
    const samples = results.filter(({ scenario }) => scenario.file.startsWith('samples/'));
    const failed = samples.filter((result) => !hasPassed(result));

    expect(samples.length).toBeGreaterThanOrEqual(200);
    expect(denials).toEqual([]);
    expect(resultsInWords(failed, '.rehearsal/scenarios')).toContain('0 failed.');
  });

  test('fails with the difference, beside the one that passes', async () => {
    const { results } = await run;
    const failed = results.filter(({ scenario }) => !scenario.file.startsWith('samples/'));

    expect(failed).toHaveLength(1);
    expect(resultsInWords(failed, 'dir')).toMatch(
      / expected {4}day 2 14:00 {8}dispatch-notice sent\n +got {9}day 1 14:00 {8}dispatch-notice of P1 sent by email\n/,
    );
  });
});
