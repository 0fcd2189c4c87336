import { execFile } from 'node:child_process';
import { readFile, rm, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { cwd } from 'node:process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A version of the project that cannot be had, and what to do about it. */
export class UnusableRevision extends Error {
  override readonly name = 'UnusableRevision';
}

/** A version of the project in a folder of its own. */
export interface Checkout {
  /** How messages name it. */
  readonly name: string;
  readonly root: string;
  readonly remove: () => Promise<void>;
}

/** The files as they are, with what is not committed. */
export const workingTree = (): Checkout => ({
  name: 'the working tree',
  root: cwd(),
  remove: async () => undefined,
});

/**
 * Checks a revision out into this folder as a worktree of git, with the packages of its lockfile: those that are
 * installed here where the lockfiles are the same.
 *
 * @throws {UnusableRevision} when there is no such revision, or its packages cannot be installed
 */
export const checkOut = async (
  revision: string,
  folder: string,
  signal: AbortSignal,
): Promise<Checkout> => {
  const commit = await commitOf(revision);
  const prefix = (await git('rev-parse', '--show-prefix')).trim();
  const root = join(folder, prefix);
  const remove = (): Promise<void> => removeWorktree(folder);
  try {
    await git('worktree', 'add', '--detach', folder, commit);
    await addPackages(root, revision, signal);
    return { name: `${revision} (${commit.slice(0, 9)})`, root, remove };
  } catch (error) {
    await remove();
    throw error;
  }
};

const git = async (...args: readonly string[]): Promise<string> =>
  (await execute('git', [...args])).stdout;

const commitOf = async (revision: string): Promise<string> => {
  try {
    return (await git('rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`)).trim();
  } catch (cause) {
    throw new UnusableRevision(
      `got the revision "${revision}", expected a commit, branch or tag that git knows here: git fetch it first, and check out with its whole history (fetch-depth: 0) in a workflow`,
      { cause },
    );
  }
};

/** A worktree that was never finished is known to git too. */
const removeWorktree = async (folder: string): Promise<void> => {
  await rm(folder, { recursive: true, force: true });
  await git('worktree', 'prune');
};

const PACKAGES = 'node_modules';
const LOCKFILE = 'package-lock.json';

const addPackages = async (root: string, revision: string, signal: AbortSignal): Promise<void> => {
  const [ours, theirs] = await Promise.all(
    [LOCKFILE, join(root, LOCKFILE)].map((file) => readFile(file, 'utf8').catch(() => undefined)),
  );
  if (theirs === undefined)
    throw new UnusableRevision(`${revision} has no ${LOCKFILE}: is it a version of this project?`);
  if (ours === theirs) {
    await symlink(resolve(PACKAGES), join(root, PACKAGES), 'dir');
    return;
  }
  try {
    await execute('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, signal });
  } catch (cause) {
    signal.throwIfAborted();
    throw new UnusableRevision(
      `the packages of ${revision} cannot be installed: ${String(cause)}`,
      {
        cause,
      },
    );
  }
};
