import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { lambdaBundle, root } from '#lib/bundling/esbuild-options.ts';

export interface BundleFigures {
  readonly name: string;
  readonly kilobytes: number;
  /** Median of fresh processes. */
  readonly importMs: number;
  /** Import time as a multiple of the bare client's, measured in turn with it. */
  readonly timesBare: number;
}

const RUNS = 9;

/** Prints how long a module takes to import, in a process that has done nothing else. */
const timer = `const start = performance.now();
await import(process.argv[1]);
console.log(performance.now() - start);`;

/**
 * Size and import time of each bundle beside those of a bundle that has a DynamoDB client and
 * nothing else. Bare and other imports alternate, so that a slower moment of the machine hits both.
 *
 * @param env variables that the functions read when they are loaded
 */
export const measureBundles = async (
  bundles: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
  workDir: string,
): Promise<readonly BundleFigures[]> => {
  const bare = await bareClient(workDir);
  const figures: BundleFigures[] = [];
  for (const [name, dir] of [['bare DynamoDB client', bare] as const, ...Object.entries(bundles)]) {
    const file = join(dir, 'index.mjs');
    const own: number[] = [];
    const ratios: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const bareMs = await importMs(join(bare, 'index.mjs'), env);
      own.push(await importMs(file, env));
      ratios.push((own.at(-1) ?? 0) / bareMs);
    }
    const kilobytes = (await stat(file)).size / 1024;
    figures.push({ name, kilobytes, importMs: median(own), timesBare: median(ratios) });
  }
  return figures;
};

const bareClient = async (workDir: string): Promise<string> => {
  const dir = join(workDir, 'bare-client');
  await build({
    ...lambdaBundle,
    stdin: {
      contents:
        "import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';\nexport const client = new DynamoDBClient(); export const command = GetItemCommand;",
      resolveDir: root,
    },
    outfile: join(dir, 'index.mjs'),
  });
  return dir;
};

const run = promisify(execFile);

const importMs = async (file: string, env: Readonly<Record<string, string>>): Promise<number> => {
  const args = ['--input-type=module', '-e', timer, pathToFileURL(file).href];
  const { stdout } = await run(process.execPath, args, { env: { ...env } });
  return Number(stdout);
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
