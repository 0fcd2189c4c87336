import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { env, execPath } from 'node:process';
import { promisify } from 'node:util';
import * as z from 'zod';
import { type Checkout, UnusableRevision } from './checkout.ts';

const execute = promisify(execFile);

const cdkFile = z.object({
  app: z.string().min(1),
  context: z.record(z.string(), z.unknown()).default({}),
});

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

const readCdkFile = async (root: string, name: string): Promise<z.output<typeof cdkFile>> => {
  try {
    return cdkFile.parse(JSON.parse(await readFile(join(root, 'cdk.json'), 'utf8')));
  } catch (cause) {
    throw new UnusableRevision(
      `${name} has no cdk.json with an app that could be synthesized: is it a version of this project?`,
      { cause },
    );
  }
};

const MOST_COMPLAINT = 2_000;

const complaintIn = (cause: unknown): string => {
  const said = z.object({ stderr: z.string().min(1) }).safeParse(cause);
  return said.success ? said.data.stderr.slice(-MOST_COMPLAINT) : String(cause);
};
