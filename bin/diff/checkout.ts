import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
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
export const workingTree = (project: string = cwd()): Checkout => ({
  name: 'the working tree',
  root: project,
  remove: async () => undefined,
});

export interface CheckOutOptions {
  /** Made anew. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** The project in whose repository the revision is. @default the working directory */
  readonly project?: string | undefined;
}

/**
 * Checks a revision out into a folder as a worktree of git, with the packages of its lockfile: those that are
 * installed here where the lockfiles are the same.
 *
 * @throws {UnusableRevision} when there is no such revision, or its packages cannot be installed
 */
export const checkOut = async (
  revision: string,
  { folder, signal, project = cwd() }: CheckOutOptions,
): Promise<Checkout> => {
  const git = gitIn(project);
  const commit = await commitOf(revision, git);
  const prefix = (await git('rev-parse', '--show-prefix')).trim();
  const root = join(folder, prefix);
  // A worktree that was never finished is known to git too.
  const remove = async (): Promise<void> => {
    await removeFolder(folder);
    await git('worktree', 'prune');
  };
  try {
    await git('worktree', 'add', '--detach', folder, commit);
    await addPackages({ root, project, revision, signal });
    return { name: `${revision} (${commit.slice(0, 9)})`, root, remove };
  } catch (error) {
    await remove();
    throw error;
  }
};

/** Removes a folder into which a process that was ended may still write for a moment. */
export const removeFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });

type Git = (...args: readonly string[]) => Promise<string>;

const gitIn =
  (project: string): Git =>
  async (...args) =>
    (await execute('git', [...args], { cwd: project })).stdout;

const commitOf = async (revision: string, git: Git): Promise<string> => {
  try {
    return (await git('rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`)).trim();
  } catch (cause) {
    throw new UnusableRevision(
      `got the revision "${revision}", expected a commit, branch or tag that git knows here: git fetch it first, and check out with its whole history (fetch-depth: 0) in a workflow`,
      { cause },
    );
  }
};

const PACKAGES = 'node_modules';
const LOCKFILE = 'package-lock.json';

interface Adding {
  readonly root: string;
  readonly project: string;
  readonly revision: string;
  readonly signal: AbortSignal;
}

const addPackages = async ({ root, project, revision, signal }: Adding): Promise<void> => {
  const [ours, theirs] = await Promise.all([lockfileIn(project), lockfileIn(root)]);
  if (theirs === undefined)
    throw new UnusableRevision(`${revision} has no ${LOCKFILE}: is it a version of this project?`);
  if (ours === theirs) {
    await symlink(resolve(project, PACKAGES), join(root, PACKAGES), 'dir');
    return;
  }
  try {
    await execute('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, signal });
  } catch (cause) {
    signal.throwIfAborted();
    throw new UnusableRevision(
      `the packages of ${revision} cannot be installed: ${String(cause)}`,
      { cause },
    );
  }
};

const lockfileIn = async (folder: string): Promise<string | undefined> => {
  const file = join(folder, LOCKFILE);
  return existsSync(file) ? readFile(file, 'utf8') : undefined;
};
