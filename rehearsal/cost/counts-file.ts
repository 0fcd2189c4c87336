import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Rehearsal } from '../rehearsal.ts';
import { NoRehearsal, writeJson } from '../report/state-files.ts';
import type { Summary } from '../report/summary.ts';
import { countsOf, type UsageCounts, usageCounts } from './counts.ts';
import { readJsonAs, UnusableCosts } from './price-list.ts';

const fileIn = (stateDir: string): string => join(stateDir, 'counts.json');

/** Leaves what a rehearsal used in its state folder; nothing where it had no orders, of which a cost could be told. */
export const writeCounts = async (
  rehearsal: Rehearsal,
  stateDir: string,
  { orders, testOrders, from, until }: Summary,
): Promise<void> => {
  if (orders + testOrders === 0) return;
  const open = rehearsal.running().length;
  const of = `npm run rehearse: ${orders} orders and ${testOrders} test orders, ${from.slice(0, 10)} to ${until.slice(0, 10)}, of whose journeys ${open} have not ended`;
  const counts = await countsOf(rehearsal, { of, orders: orders + testOrders, stateDir });
  await writeJson(fileIn(stateDir), counts);
};

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
