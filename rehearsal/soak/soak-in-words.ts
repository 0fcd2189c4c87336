import { summaryInWords } from '../report/print-summary.ts';
import type { Soaked } from './soak-run.ts';

/** At most this many problems of a run are printed. */
const MOST_PROBLEMS = 5;

/** A run in a line; with its problems, if it has any; in full where it is asked for alone. */
export const soakInWords = (
  { seed, summary, faults, seconds }: Soaked,
  isAlone = false,
): string => {
  const { problems, orders, events, injected, redriven } = summary;
  const struck = Object.values(injected).reduce((sum, count) => sum + count, 0);
  const outcome = problems.length === 0 ? 'holds' : `BROKEN (${problems.length})`;
  const line = `seed ${seed.padStart(4)}  ${outcome.padEnd(12)} ${orders} orders, ${events} events, ${struck} faults, ${redriven} redriven, ${seconds.toFixed(1)} s`;
  if (isAlone)
    return [JSON.stringify(faults, undefined, 2), summaryInWords(summary), line].join('\n');
  return [
    line,
    ...problems.slice(0, MOST_PROBLEMS).map((problem) => `             ${problem}`),
  ].join('\n');
};

/** What all runs came to: invariants, and how often what went wrong. */
export const soakTable = (all: readonly Soaked[]): string => {
  const broken = all.filter(({ summary }) => summary.problems.length > 0);
  return [
    '',
    `${all.length} runs, ${total(all.map(({ summary }) => summary.orders))} orders, ${total(all.map(({ seconds }) => seconds)).toFixed(0)} s: ${broken.length} broken`,
    '',
    'Invariant                       runs that break it',
    ...sums(all.map(({ summary }) => asFlags(summary.invariants))),
    '',
    'Fault                           times, in all runs',
    ...sums(all.map(({ summary }) => summary.injected)),
  ].join('\n');
};

type Counts = Readonly<Record<string, number>>;

const asFlags = (counts: Counts): Counts =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count > 0 ? 1 : 0]));

const sums = (all: readonly Counts[]): readonly string[] => {
  const names = [...new Set(all.flatMap((counts) => Object.keys(counts)))];
  return names.map((name) => `  ${name.padEnd(30)}${total(all.map((of) => of[name] ?? 0))}`);
};

const total = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);
