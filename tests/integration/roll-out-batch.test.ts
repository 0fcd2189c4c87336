import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import config from '#config';
import type { RollOutReport } from '#core/content/roll-out/roll-out-report.ts';
import { chosenModel } from '#core/contracts/content-config.ts';
import { costUsd } from '#core/domain/content/draft-cost.ts';
import { languageOf } from '#core/domain/messages/locales.ts';
import { readCatalogueFile } from '#rehearsal/input/catalogue-import/read-catalogue.ts';
import { type RehearsedRollOut, rehearseRollOut } from '#rehearsal/roll-out/rehearse-roll-out.ts';
import type { ModelCall } from '#rehearsal/services/bedrock.ts';
import { isOfJobs } from './grants-of-jobs.ts';
import { assembly } from './rehearsed.ts';

const { content } = config;
if (content === undefined) throw new Error('the configuration has no texts');
const model = chosenModel(content);

/** The sample catalogue twice: a job has a hundred records at least. */
const catalogue = async () => {
  const shops = Object.entries(config.shops).map(([id, { currency, locales }]) => ({
    id,
    currency,
    language: languageOf(locales[0] ?? ''),
  }));
  const { products } = await readCatalogueFile('samples/catalogue.jsonl', { shops });
  return ['', '-B'].flatMap((end) => products.map((each) => ({ ...each, sku: each.sku + end })));
};

const stateDir = mkdtempSync(join(tmpdir(), 'afterglow-batch-'));
afterAll(() => rmSync(stateDir, { recursive: true, force: true }));

const calls: ModelCall[] = [];
let rolledOut: RehearsedRollOut;
let report: RollOutReport;

beforeAll(async () => {
  rolledOut = await rehearseRollOut({
    assemblyDir: await assembly(),
    stateDir,
    seed: 'batch',
    faults: { bedrock: { unavailable: 0.05, inventedNumber: 0.05 } },
    products: await catalogue(),
    startMs: Date.parse('2026-03-01T06:00:00Z'),
    orders: 20,
    input: { batch: true },
    onModelCall: (call) => calls.push(call),
    onProgress: () => undefined,
  });
  report = JSON.parse(rolledOut.report ?? '{}');
}, 120_000);

const usdOf = (some: readonly ModelCall[]): number =>
  some.reduce((sum, call) => sum + costUsd(call, model), 0);

describe('a roll-out by batch inference', () => {
  test('comes to its end by the rights of the stacks', () => {
    expect(rolledOut.problems).toEqual([]);
    expect(rolledOut.status).toBe('SUCCEEDED');
  });

  test('has every product drafted, by calls where a record failed or broke a rule', () => {
    const inBatch = calls.filter(({ isInBatch }) => isInBatch).length;
    const { batch, results, plan } = report;

    expect(plan.batch).toMatchObject({ kind: 'job', cut: 0 });
    expect(batch).toMatchObject({ status: 'Completed', answered: inBatch });
    expect(batch?.failed).toBeGreaterThan(0);
    // There are products whose facts carry no text: what they could do was to propose facts.
    const { drafted = 0, unchanged = 0 } = results.products;
    expect(drafted + unchanged).toBe(plan.products.planned);
    expect(drafted).toBeGreaterThan(unchanged);
    expect(calls.length - inBatch).toBeGreaterThan(batch?.failed ?? 0);
    expect(calls.length - inBatch).toBeLessThan(inBatch / 2);
  });

  test('counts the tokens of the job at its price, and those of calls at theirs', () => {
    const share = model.batchPriceShare ?? 0;
    const inBatch = usdOf(calls.filter(({ isInBatch }) => isInBatch));
    const onDemand = usdOf(calls.filter(({ isInBatch }) => !isInBatch));
    const { results, counted, batch } = report;

    expect(batch?.usd).toBeCloseTo(inBatch * share, 8);
    expect(results.all.usd).toBeCloseTo(inBatch * share + onDemand, 5);
    expect(counted.usd).toBeCloseTo(inBatch * share + onDemand, 6);
  });

  test('says on its page what became of the job', () => {
    expect(rolledOut.page).toMatch(
      /The job of batch inference had \d+ records.* It ended as Completed: \d+ were answered for \$[\d.]+, \d+ failed, such as by: 503 /,
    );
  });

  test('needs every right that jobs have', () => {
    const ofJobs = rolledOut.unusedGrants.filter(isOfJobs);

    expect(ofJobs).toEqual([]);
  });
});
