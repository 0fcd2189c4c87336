import { join } from 'node:path';
import { stderr } from 'node:process';
import config from '#config';
import { compareRuns } from '#rehearsal/diff/compare-runs.ts';
import { compareCost, type ComparedCost } from '#rehearsal/diff/compared-cost.ts';
import type { DiffReport } from '#rehearsal/diff/diff-report.ts';
import { expectedOf } from '#rehearsal/diff/expected-revenue.ts';
import { compareExpected } from '#rehearsal/diff/number-sections.ts';
import { type Rates, readRates, sampleRates } from '#rehearsal/diff/rates.ts';
import type { RunRecord } from '#rehearsal/diff/run-record.ts';
import { withModels } from '#rehearsal/cost/model-prices.ts';
import { type PriceList, readPrices, UnusableCosts } from '#rehearsal/cost/price-list.ts';
import { parseDuration } from '#rehearsal/input/duration.ts';
import { touches } from '#touches/registry.ts';
import { progressOf } from '../commands/progress.ts';
import { type Checkout, checkOut, workingTree } from './checkout.ts';
import {
  type DiffInput,
  type DiffInputOptions,
  eventsOfSide,
  readDiffInput,
} from './diff-input.ts';
import type { Side } from './rehearse-side.ts';
import { runSides } from './run-sides.ts';
import { synthesizeCheckout } from './synthesize-checkout.ts';

export interface CompareOptions extends DiffInputOptions {
  readonly base: string;
  /** @default the working tree */
  readonly head?: string | undefined;
  readonly rates?: string | undefined;
  readonly stage?: string | undefined;
  readonly tolerance: string;
}

/**
 * Checks both versions out, synthesizes each by its own code, rehearses both on the same events and compares what they
 * came to. Nothing is left behind but what is in the folder.
 */
export const compareVersions = async (
  options: CompareOptions,
  folder: string,
  signal: AbortSignal,
): Promise<DiffReport> => {
  const toleranceMs = parseDuration(options.tolerance);
  const rates = await ratesOf(options.rates);
  const input = await readDiffInput(options, folder);
  const checkouts: Checkout[] = [];
  try {
    checkouts.push(await checkOut(options.base, { folder: join(folder, 'base'), signal }));
    checkouts.push(
      options.head === undefined
        ? workingTree()
        : await checkOut(options.head, { folder: join(folder, 'head'), signal }),
    );
    const [before, after] = await rehearseBoth(checkouts, { input, options, folder, signal });
    if (before === undefined || after === undefined) throw new Error('a side has no record');
    const [base, head] = checkouts.map(({ name }) => name);
    return {
      before: base ?? options.base,
      after: head ?? '',
      input: input.notes,
      diff: compareRuns(before, after, { toleranceMs }),
      ...(await comparedCost(before, after)),
      expected: compareExpected(expectedOf(before, rates), expectedOf(after, rates)),
      ratesOf: rates.of,
      notCovered: notCoveredBy(input),
    };
  } finally {
    for (const { remove } of checkouts) await remove();
  }
};

const ratesOf = (file: string | undefined): Promise<Rates> | Rates =>
  file === undefined ? sampleRates : readRates(file, Object.keys(touches));

interface Rehearsing {
  readonly input: DiffInput;
  readonly options: CompareOptions;
  readonly folder: string;
  readonly signal: AbortSignal;
}

const rehearseBoth = async (
  checkouts: readonly Checkout[],
  { input, options, folder, signal }: Rehearsing,
): Promise<readonly RunRecord[]> => {
  const { stage, seed } = options;
  stderr.write(`Synthesizing ${checkouts.map(({ name }) => name).join(' and ')}\n`);
  const sides = await allOf(
    checkouts.map(async (checkout, at): Promise<Side> => {
      const stateDir = join(folder, `side-${at}`);
      const assemblyDir = join(stateDir, 'assembly');
      await synthesizeCheckout(checkout, { outdir: assemblyDir, stage, signal });
      const { fromMs, untilMs, audience, faults } = input;
      const events = await eventsOfSide(input, checkout.root);
      const run = { fromMs, untilMs, audience, faults, seed, events };
      return { name: checkout.name, assemblyDir, stateDir, ...run };
    }),
  );
  const slowest = (shares: readonly number[]): number => Math.min(...shares);
  let shown: readonly number[] = [];
  const progress = progressOf(
    () => `rehearsed: ${shown.map((share) => `${Math.floor(100 * share)} %`).join(' and ')}`,
  );
  return runSides(sides, {
    signal,
    onProgress: (shares) => {
      shown = shares;
      progress(slowest(shares));
    },
  });
};

/** As `Promise.all`, but waits for what goes on beside one that failed: nothing writes afterwards. */
const allOf = async <Value>(promises: readonly Promise<Value>[]): Promise<readonly Value[]> => {
  await Promise.allSettled(promises);
  return Promise.all(promises);
};

/** What was used and has no price leaves the cost out, and says so. */
const comparedCost = async (
  before: RunRecord,
  after: RunRecord,
): Promise<{ readonly cost?: ComparedCost; readonly currency: string }> => {
  const prices: PriceList = withModels(await readPrices('prices.json'), config.content);
  const { currency } = prices;
  if (before.counts === undefined || after.counts === undefined) return { currency };
  try {
    return { currency, cost: compareCost(before.counts, after.counts, prices) };
  } catch (error) {
    if (!(error instanceof UnusableCosts)) throw error;
    stderr.write(`No cost: ${error.message}\n`);
    return { currency };
  }
};

const notCoveredBy = ({ audience }: DiffInput): readonly string[] => [
  ...(audience === 'sample'
    ? [
        'What customers of the sample do is assumed, and follows from the seed, the order and the touch: a message that goes out on one side alone has its consequences there alone.',
      ]
    : [
        'Nobody reacts to messages of these orders; their confirmation pages are opened once, and nothing is done there.',
      ]),
  'Scores, affinity and priors of offers are left out: they are learnt of all orders together. Offers still learn within the run what is shown.',
  'Of cards, inboxes and audiences the words are not compared; nor is what only AWS does, such as throttling.',
];
