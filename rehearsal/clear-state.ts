import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Empties the folder that a rehearsal leaves its state in.
 *
 * @param but names in it that stay
 */
export const clearState = async (stateDir: string, but: readonly string[] = []): Promise<void> => {
  await mkdir(stateDir, { recursive: true });
  for (const name of await readdir(stateDir))
    if (!but.includes(name)) await rm(join(stateDir, name), { recursive: true, force: true });
};
