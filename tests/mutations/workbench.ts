import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execPath } from 'node:process';
import { mutated, type Mutation } from './mutation-list.ts';
import type { Errand, Outcome } from './run-in-copy.ts';

/** A copy of the tracked tree in which things can be broken. */
export class Workbench {
  readonly #dir: string;
  readonly #tree: string;

  constructor() {
    this.#dir = mkdtempSync(join(realpathSync(tmpdir()), 'afterglow-mutations-'));
    this.#tree = join(this.#dir, 'tree');
    const listed = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' });
    for (const file of listed.split('\0').filter((each) => each !== '')) {
      mkdirSync(dirname(join(this.#tree, file)), { recursive: true });
      cpSync(file, join(this.#tree, file));
    }
    symlinkSync(realpathSync('node_modules'), join(this.#tree, 'node_modules'));
  }

  /**
   * Runs scenarios on the product with one thing broken, and mends it.
   *
   * @param mutation nothing: on the product as it is
   * @throws where they cannot be run, with what was said of it
   */
  async run(
    mutation: Mutation | undefined,
    { files, ids }: Pick<Errand, 'files' | 'ids'>,
  ): Promise<Outcome> {
    if (mutation === undefined) return this.#send({ files, ids });
    const file = join(this.#tree, mutation.file);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, mutated(mutation, text));
    try {
      return await this.#send({ files, ids, changed: mutation.file });
    } finally {
      writeFileSync(file, text);
    }
  }

  async #send(errand: Pick<Errand, 'files' | 'ids' | 'changed'>): Promise<Outcome> {
    const [told, came] = [join(this.#dir, 'errand.json'), join(this.#dir, 'outcome.json')];
    rmSync(came, { force: true });
    const baseDir = join(this.#dir, 'base');
    const whole: Errand = { ...errand, baseDir, stateDir: join(this.#dir, 'state') };
    writeFileSync(told, JSON.stringify(whole));
    const child = spawn(execPath, ['tests/mutations/run-in-copy.ts', told, came], {
      cwd: this.#tree,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said = `${said}${chunk.toString()}`.slice(-MOST_SAID);
    });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(said.trim());
    const outcome: Outcome = JSON.parse(readFileSync(came, 'utf8'));
    return outcome;
  }

  close(): void {
    rmSync(this.#dir, { recursive: true, force: true });
  }
}

/** Of what a run that failed says, the end. */
const MOST_SAID = 2000;
