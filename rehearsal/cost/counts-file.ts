import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Rehearsal } from '../rehearsal.ts';
import { NoRehearsal, writeJson } from '../report/state-files.ts';
import type { Summary } from '../report/summary.ts';
import { countsOf, type UsageCounts, usageCounts } from './counts.ts';
import { readJsonAs, UnusableCosts } from './price-list.ts';

const fileIn = (stateDir: string): string => join(stateDir, 'counts.json');

/** What was run, as the counts say it. @param open journeys that have not ended */
export const runInWords = ({ orders, testOrders, from, until }: Summary, open: number): string =>
  `npm run rehearse: ${orders} orders and ${testOrders} test orders, ${from.slice(0, 10)} to ${until.slice(0, 10)}, of whose journeys ${open} have not ended`;

/** Leaves what a rehearsal used in its state folder; nothing where it had no orders, of which a cost could be told. */
export const writeCounts = async (
  rehearsal: Rehearsal,
  stateDir: string,
  summary: Summary,
): Promise<void> => {
  const orders = summary.orders + summary.testOrders;
  const of = runInWords(summary, rehearsal.running().length);
  if (orders > 0) await keepCounts(stateDir, await countsOf(rehearsal, { of, orders, stateDir }));
};

/** Leaves counts where `readCounts` finds them. */
export const keepCounts = (stateDir: string, counts: UsageCounts): Promise<void> =>
  writeJson(fileIn(stateDir), counts);

/**
 * What the rehearsal used that left its state in this folder.
 *
 * @throws {NoRehearsal} when none has
 * @throws {UnusableCosts} when it left no counts, or some of another version
 */
export const readCounts = async (stateDir: string): Promise<UsageCounts> => {
  const file = fileIn(stateDir);
  if (!existsSync(join(stateDir, 'summary.json'))) throw new NoRehearsal(stateDir);
  if (!existsSync(file))
    throw new UnusableCosts(
      `${stateDir} has a rehearsal and no counts.json: it had no orders, or is from an earlier version; run npm run rehearse again`,
    );
  return readJsonAs(file, usageCounts);
};
