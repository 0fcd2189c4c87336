import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compileMessages } from '#lib/messages/compile-messages.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every function, by its folder under `lambdas/`. */
export const functionNames = [
  'ingest-event',
  'enrol-stage',
  'await-milestone',
  'decide-touch',
  'deliver-email',
] as const;

export type FunctionName = (typeof functionNames)[number];

/** Where each function's code is, ready to be deployed. */
export type Bundles = Readonly<Record<FunctionName, string>>;

/**
 * Some packages are CommonJS inside; an ES module gives them `require` by this banner. Its names are
 * long so that they cannot collide with minified ones.
 */
const banner =
  "import{createRequire as afterglowCreateRequire}from'node:module';const require=afterglowCreateRequire(import.meta.url);";

/** Bundles every function and compiles every message into `outDir`, a folder a function. */
export const bundleLambdas = async (outDir: string): Promise<Bundles> => {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: functionNames.map((name) => ({
      in: `lambdas/${name}/handler.ts`,
      out: `${name}/index`,
    })),
    outdir: outDir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    mainFields: ['module', 'main'],
    banner: { js: banner },
    logLevel: 'warning',
    alias: {
      // A Lambda's credentials are in its environment; the other sources are 110 KB and slow to load.
      '@aws-sdk/credential-provider-node': join(
        root,
        'lambdas/core/runtime/environment-credentials.ts',
      ),
    },
  });
  await compileMessages(join(outDir, 'deliver-email', 'messages'));
  return bundlesIn(outDir);
};

const bundlesIn = (outDir: string): Bundles => ({
  'ingest-event': join(outDir, 'ingest-event'),
  'enrol-stage': join(outDir, 'enrol-stage'),
  'await-milestone': join(outDir, 'await-milestone'),
  'decide-touch': join(outDir, 'decide-touch'),
  'deliver-email': join(outDir, 'deliver-email'),
});
