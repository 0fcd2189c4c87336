import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { env, execPath } from 'node:process';
import { type Checkout, UnusableRevision } from './checkout.ts';

export interface SynthesizeOptions {
  readonly outdir: string;
  /** @default the first of the version's own configuration */
  readonly stage?: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Synthesizes a version by its own code, as the CDK's command line does: the command of its `cdk.json`, told the folder
 * and the context by the environment.
 *
 * @throws {UnusableRevision} with what the version's app complained about
 */
export const synthesizeCheckout = async (
  { name, root }: Checkout,
  { outdir, stage, signal }: SynthesizeOptions,
): Promise<void> => {
  const { app, context } = await readCdkFile(root, name);
  const told = stage === undefined ? context : { ...context, stage };
  signal.throwIfAborted();
  const child = spawn(app, [], {
    cwd: root,
    shell: true,
    // A group of its own, so that what the shell starts is ended with it.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...env,
      // The Node that runs this, which can run TypeScript; then what the version has installed.
      PATH: [dirname(execPath), join(root, 'node_modules', '.bin'), env['PATH']].join(delimiter),
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify(told),
      // The gate's `cdk synth` validates templates; here it would take seconds a side.
      CDK_VALIDATION: 'false',
    },
  });
  const endGroup = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  signal.addEventListener('abort', endGroup, { once: true });
  const complaints: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString('utf8')));
  const [code] = await once(child, 'close');
  signal.removeEventListener('abort', endGroup);
  signal.throwIfAborted();
  if (code !== 0)
    throw new UnusableRevision(
      `${name} cannot be synthesized: ${complaints.join('').slice(-MOST_COMPLAINT)}`,
    );
};

interface CdkFile {
  readonly app: string;
  readonly context: object;
}

const readCdkFile = async (root: string, name: string): Promise<CdkFile> => {
  const file = join(root, 'cdk.json');
  const { app, context = {} }: { readonly app?: unknown; readonly context?: object } = existsSync(
    file,
  )
    ? JSON.parse(await readFile(file, 'utf8'))
    : {};
  if (typeof app !== 'string')
    throw new UnusableRevision(
      `${name} has no cdk.json with an app that could be synthesized: is it a version of this project?`,
    );
  return { app, context };
};

const MOST_COMPLAINT = 2_000;
