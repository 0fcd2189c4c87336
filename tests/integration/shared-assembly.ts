import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { synthesize } from '../../bin/commands/synthesize.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder of the whole run, for what its test files share. */
    readonly sharedFolder: string;
  }
}

/** Vitest calls it once a run, before the first file; what it gives back, after the last. */
export const setup = ({ provide }: TestProject): (() => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'afterglow-shared-'));
  provide('sharedFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
};

const POLL_MS = 100;

/**
 * The app as it would be deployed, bundles and all: made by the first file that asks for it, since it takes ten
 * seconds; the others wait.
 *
 * @throws for every file alike when it cannot be made
 */
export const sharedAssembly = async (folder: string): Promise<string> => {
  const result = join(folder, 'assembly.json');
  if (isFirst(join(folder, 'app'))) {
    const answer = JSON.stringify(await made(folder));
    writeFileSync(`${result}.new`, answer);
    // Whoever waits sees all of it or nothing.
    renameSync(`${result}.new`, result);
  }
  while (!existsSync(result)) await sleep(POLL_MS);
  const { dir, problem }: Made = JSON.parse(readFileSync(result, 'utf8'));
  if (dir === undefined) throw new Error(`the app cannot be synthesized: ${problem}`);
  return dir;
};

interface Made {
  readonly dir?: string;
  readonly problem?: string;
}

const made = async (folder: string): Promise<Made> => {
  try {
    return { dir: await synthesize(join(folder, 'app'), undefined) };
  } catch (error) {
    return { problem: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

/** A folder can be made once. */
const isFirst = (folder: string): boolean => {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
};
