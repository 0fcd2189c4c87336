import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '#core/domain/orders/order-event.ts';
import { NoRehearsal } from '#rehearsal/report/state-files.ts';

/**
 * Until when the rehearsal went that left its state here.
 *
 * @throws {NoRehearsal} when none has
 */
export const endOfStored = async (stateDir: string): Promise<Instant> => {
  const file = join(stateDir, 'summary.json');
  if (!existsSync(file)) throw new NoRehearsal(stateDir);
  const { until }: { readonly until?: unknown } = JSON.parse(await readFile(file, 'utf8'));
  // The books alone (--books) have another summary, and no decisions.
  if (typeof until !== 'string') throw new NoRehearsal(stateDir);
  return until;
};
