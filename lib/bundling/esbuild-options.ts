import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions, Plugin } from 'esbuild';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Some packages are CommonJS inside; an ES module gives them `require` by this banner. Its names are
 * long so that they cannot collide with minified ones.
 */
const banner =
  "import{createRequire as afterglowCreateRequire}from'node:module';const require=afterglowCreateRequire(import.meta.url);";

/** How code is bundled for Lambda, whatever it is. */
export const lambdaBundle = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minify: true,
  mainFields: ['module', 'main'],
  banner: { js: banner },
  logLevel: 'warning',
} as const satisfies BuildOptions;

/** What our functions never use, replaced by something small. */
export const smallStandIns = {
  // A Lambda's credentials are in its environment; the other sources are 110 KB and slow to load.
  '@aws-sdk/credential-provider-node': join(
    root,
    'lambdas/core/runtime/environment-credentials.ts',
  ),
};

/** Parts of nodemailer that only messages with attachments use; ours have none. */
const nodemailerParts = {
  '../fetch/index.js': 'lambdas/core/runtime/no-fetch.ts',
  './mime-types.js': 'lambdas/core/runtime/no-file-types.ts',
};

export const nodemailerWithoutFiles: Plugin = {
  name: 'nodemailer-without-files',
  setup: (build) => {
    for (const [part, standIn] of Object.entries(nodemailerParts))
      build.onResolve({ filter: /^\.\.?\// }, ({ path, importer }) =>
        path === part && importer.includes('/nodemailer/')
          ? { path: join(root, standIn) }
          : undefined,
      );
  },
};
