import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { env, execPath } from 'node:process';
import { promisify } from 'node:util';
import { type Checkout, UnusableRevision } from './checkout.ts';

const execute = promisify(execFile);

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
  try {
    await execute(app, [], {
      cwd: root,
      shell: true,
      signal,
      maxBuffer: MOST_OUTPUT_BYTES,
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
  } catch (cause) {
    signal.throwIfAborted();
    throw new UnusableRevision(`${name} cannot be synthesized: ${complaintIn(cause)}`, { cause });
  }
};

const MOST_OUTPUT_BYTES = 64 * 1024 ** 2;

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

const complaintIn = (cause: unknown): string => {
  const { stderr }: { readonly stderr?: unknown } = Object(cause);
  return typeof stderr === 'string' && stderr !== ''
    ? stderr.slice(-MOST_COMPLAINT)
    : String(cause);
};
