import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { keepCounts, runInWords } from '#rehearsal/cost/counts-file.ts';
import { mergeCounts } from '#rehearsal/parts/merge-counts.ts';
import { mergeOutboxes, mergeStates, partFolder } from '#rehearsal/parts/merge-states.ts';
import { mergeSummaries } from '#rehearsal/parts/merge-summaries.ts';
import { shareEvents } from '#rehearsal/parts/share-events.ts';
import { writeJson } from '#rehearsal/report/state-files.ts';
import type { Summary } from '#rehearsal/report/summary.ts';
import { AwsError } from '#rehearsal/services/aws-error.ts';
import type { PackedMails } from '#rehearsal/services/packed-mail.ts';
import { progressOf } from '../commands/progress.ts';
import { collectGarbage, collectSooner } from './collect-garbage.ts';
import type { Part, PartOutcome, PartProgress, PartTold } from './part.ts';
import { reached } from './reached.ts';
import type { Run } from './run.ts';

/**
 * Shares the customers of a file among threads, each with a rehearsal of its own, and leaves and reports what they came
 * to together, as one rehearsal would have. The threads have the events then: the input has none any more.
 *
 * @param jobs how many threads at the most
 * @throws what the first of them to fail threw; the others are ended
 */
export const rehearseInJobs = async (run: Run, jobs: number): Promise<Summary> => {
  const { input, stateDir, report, assemblyDir, stacks, seed, hiccups, faults } = run;
  const { fromMs, untilMs } = input;
  collectSooner();
  const workers = shareEvents(input.events, jobs).map((events, part) => {
    const own = { part, events, stateDir: partFolder(stateDir, part) };
    return begun({ ...own, fromMs, untilMs, assemblyDir, stacks, seed, hiccups, faults });
  });
  input.events.length = 0;
  // This thread has next to nothing to do from now on, and would keep a gigabyte of what it has read.
  const [first, ...others] = await endedWith(workers, async () => {
    const [outcomes] = await Promise.all([
      outcomesOf(workers, input),
      collectGarbage(),
      writeSent(stateDir, workers),
    ]);
    return outcomes;
  });
  if (first === undefined) throw new Error('a rehearsal has one part at the least');
  const summary = mergeSummaries([first, ...others]);
  await mergeStates(stateDir, workers.length);
  await writeJson(join(stateDir, 'summary.json'), summary);
  if (summary.orders + summary.testOrders > 0) {
    const open = [first, ...others].reduce((total, part) => total + part.open, 0);
    const counts = [first.counts, ...others.map((each) => each.counts)] as const;
    await keepCounts(stateDir, mergeCounts(counts, runInWords(summary, open)));
  }
  await report(summary);
  return summary;
};

const begun = (part: Part): Worker =>
  new Worker(new URL('./part-worker.ts', import.meta.url), { workerData: part });

/** Whatever comes of it, no thread outlives it. */
const endedWith = async <Result>(
  workers: readonly Worker[],
  act: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await act();
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
};

/** While the threads look at the rest of what they leave behind, this one writes what they have sent. */
const writeSent = async (stateDir: string, workers: readonly Worker[]): Promise<void> =>
  mergeOutboxes(stateDir, await Promise.all(workers.map(sentBy)));

/** Comes to nothing where the thread fails: `outcomeOf` does then. */
const sentBy = (worker: Worker): Promise<PackedMails> =>
  new Promise((resolve) => {
    worker.on('message', (told: PartTold) => {
      if (told.kind === 'sent') resolve(told.outbox);
    });
  });

const outcomesOf = (
  workers: readonly Worker[],
  { fromMs, untilMs }: Pick<Part, 'fromMs' | 'untilMs'>,
): Promise<readonly PartOutcome[]> => {
  const reports = workers.map((): PartProgress => ({ nowMs: fromMs, mails: 0 }));
  const progress = progressOf(() =>
    reached(
      leastOf(reports),
      reports.reduce((total, { mails }) => total + mails, 0),
    ),
  );
  const hear = (part: number, told: PartProgress): void => {
    reports[part] = told;
    progress((leastOf(reports) - fromMs) / (untilMs - fromMs));
  };
  return Promise.all(workers.map((worker, part) => outcomeOf(worker, (told) => hear(part, told))));
};

const leastOf = (reports: readonly PartProgress[]): number =>
  Math.min(...reports.map(({ nowMs }) => nowMs));

const outcomeOf = (
  worker: Worker,
  onProgress: (progress: PartProgress) => void,
): Promise<PartOutcome> =>
  new Promise((resolve, reject) => {
    worker.on('message', (told: PartTold) => {
      switch (told.kind) {
        case 'progress':
          return onProgress(told.progress);
        case 'sent':
          return;
        case 'done':
          return resolve(told.outcome);
        case 'refused':
          return reject(new AwsError(told.code, told.message));
      }
    });
    worker.on('error', reject);
    worker.on('exit', (code) =>
      reject(new Error(`a thread of the rehearsal ended with ${code} before it was done`)),
    );
  });
