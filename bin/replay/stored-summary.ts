import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { NoRehearsal } from '#rehearsal/report/state-files.ts';

const storedSummary = z.object({ from: z.iso.datetime(), until: z.iso.datetime() });

/**
 * From when until when the rehearsal went that left its state here.
 *
 * @throws {NoRehearsal} when none has
 */
export const readStoredSummary = async (
  stateDir: string,
): Promise<z.output<typeof storedSummary>> => {
  const file = join(stateDir, 'summary.json');
  if (!existsSync(file)) throw new NoRehearsal(stateDir);
  return storedSummary.parse(JSON.parse(await readFile(file, 'utf8')));
};
