import { join } from 'node:path';
import { toOrderLog } from '#core/adapters/dynamo-order-logs.ts';
import { tables } from '#core/contracts/tables.ts';
import { byTime, type TimedEvent } from '#rehearsal/input/timed-event.ts';
import { Rehearsal } from '#rehearsal/rehearsal.ts';
import { lostEvents } from '#rehearsal/report/lost-events.ts';
import { writeJson, writeState } from '#rehearsal/report/state-files.ts';
import { progressOf } from './progress.ts';
import type { RehearsalInput } from './rehearsal-input.ts';

export interface BooksRun {
  readonly input: RehearsalInput;
  readonly assemblyDir: string;
  readonly stateDir: string;
  readonly seed: string;
  readonly hiccups: number;
  /** Those that take events in and keep them; journeys and messages are none of the books' business. */
  readonly stacks: readonly string[];
}

/** Takes a shop's books in and leaves the ledger in the state's folder. Answers the exit code. */
export const rehearseBooks = async (
  { input, assemblyDir, stateDir, seed, hiccups, stacks }: BooksRun,
  { isJson }: { readonly isJson: boolean },
): Promise<number> => {
  const { events, fromMs, untilMs, notes } = input;
  const options = { assemblyDir, stateDir, stacks, startMs: fromMs, seed, hiccups };
  const rehearsal = await Rehearsal.boot(options);
  try {
    rehearsal.schedule(events);
    const startedMs = performance.now();
    const seconds = (): number => (performance.now() - startedMs) / 1000;
    const shown = progressOf(
      () => `${rehearsal.eventsPut} of ${events.length} events, ${rateOf(rehearsal, seconds())}/s`,
    );
    await rehearsal.run(untilMs, () => shown(rehearsal.eventsPut / events.length));
    const taken = { events: rehearsal.eventsPut, seconds: Math.round(seconds()) };
    const problems = await problemsOf(rehearsal, events);
    await writeState(rehearsal, stateDir);
    await writeJson(join(stateDir, 'summary.json'), { ...taken, notes, problems });
    if (isJson) console.log(JSON.stringify({ ...taken, notes, problems }, undefined, 2));
    else print({ ...taken, notes, problems, stateDir });
    return problems.length === 0 ? 0 : 1;
  } finally {
    await rehearsal.stop();
  }
};

const rateOf = ({ eventsPut }: Rehearsal, seconds: number): number =>
  Math.round(eventsPut / Math.max(1, seconds));

const MOST_PROBLEMS = 20;

interface Outcome {
  readonly events: number;
  readonly seconds: number;
  readonly notes: readonly string[];
  readonly problems: readonly string[];
  readonly stateDir: string;
}

const print = ({ events, seconds, notes, problems, stateDir }: Outcome): void => {
  for (const note of notes) console.log(note);
  console.log(`${events} events taken in, in ${seconds} s; the state is in ${stateDir}.`);
  for (const problem of problems.slice(0, MOST_PROBLEMS)) console.log(`  - ${problem}`);
  if (problems.length > MOST_PROBLEMS) console.log('  … all of them in summary.json');
  console.log(
    problems.length === 0
      ? 'Passed: no event lost or parked, no call denied. Now hold the ledger against the file: npm run reconcile -- FILE'
      : `FAILED: ${problems.length} problem(s)`,
  );
};

/** Here a parked event is money that is not in the books. */
const problemsOf = async (
  rehearsal: Rehearsal,
  events: readonly TimedEvent[],
): Promise<readonly string[]> => {
  const orders = rehearsal.tables.all.find(({ logicalId }) =>
    logicalId.startsWith(tables.orders.name),
  );
  const logs = orders === undefined ? [] : (await rehearsal.tables.dump(orders)).map(toOrderLog);
  return [
    ...rehearsal.denials.map(
      ({ principal, action, resource }) => `denied: ${principal} may not ${action} on ${resource}`,
    ),
    ...rehearsal.deadLetters().map(({ queue, body, attributes }) => {
      const why = attributes['problem'] ?? 'failed five times';
      return `in ${queue}: ${why}: ${body.slice(0, 200)}`;
    }),
    ...rehearsal.refused.map(({ because, event }) => `refused: ${event.detailType}: ${because}`),
    ...lostEvents({ events: events.toSorted(byTime), logs, rehearsal }).map(
      (lost) => `lost: ${lost}`,
    ),
  ];
};
