import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import config from '#config';
import { compileMessages } from '#lib/messages/compile-messages.ts';
import { lambdaBundle, smallStandIns, withoutNodemailerFetch } from './esbuild-options.ts';

/** Every function, by its folder under `lambdas/`. */
export const functionNames = [
  'ingest-event',
  'enrol-stage',
  'await-milestone',
  'decide-touch',
  'deliver-email',
  'deliver-insert',
  'request-support',
] as const;

export type FunctionName = (typeof functionNames)[number];

/** Where each function's code is, ready to be deployed. */
export type Bundles = Readonly<Record<FunctionName, string>>;

/** Bundles every function and compiles every message into `outDir`, a folder a function. */
export const bundleLambdas = async (outDir: string): Promise<Bundles> => {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  await build({
    ...lambdaBundle,
    entryPoints: functionNames.map((name) => ({
      in: `lambdas/${name}/handler.ts`,
      out: `${name}/index`,
    })),
    outdir: outDir,
    outExtension: { '.js': '.mjs' },
    sourcemap: 'linked',
    sourcesContent: false,
    alias: { ...smallStandIns, '#config': await writeConfig(outDir) },
    plugins: [withoutNodemailerFetch],
  });
  await compileMessages(join(outDir, 'deliver-email', 'messages'));
  await cp(join(outDir, 'deliver-email', 'messages'), join(outDir, 'deliver-insert', 'messages'), {
    recursive: true,
  });
  return bundlesIn(outDir);
};

/** The configuration as it was found valid: a function has no need to check it at each start. */
const writeConfig = async (outDir: string): Promise<string> => {
  const file = join(outDir, 'config.json');
  await writeFile(file, JSON.stringify(config));
  return file;
};

const bundlesIn = (outDir: string): Bundles => ({
  'ingest-event': join(outDir, 'ingest-event'),
  'enrol-stage': join(outDir, 'enrol-stage'),
  'await-milestone': join(outDir, 'await-milestone'),
  'decide-touch': join(outDir, 'decide-touch'),
  'deliver-email': join(outDir, 'deliver-email'),
  'deliver-insert': join(outDir, 'deliver-insert'),
  'request-support': join(outDir, 'request-support'),
});
