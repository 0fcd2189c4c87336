import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin, transform } from 'esbuild';
import { COMPONENT_VERSION } from './version.ts';

/** Browsers with constructed style sheets and container queries; older ones show nothing. */
const browsers = ['chrome105', 'firefox110', 'safari16.4'];

/** What a shop needs of a release, as it is in `releases.json`. */
export interface Release {
  readonly version: string;
  readonly file: string;
  /** Of a script element: https://www.w3.org/TR/sri-2/ */
  readonly integrity: string;
  readonly bytes: number;
  readonly gzipped: number;
}

const minifiedCss: Plugin = {
  name: 'minified-css',
  setup: (bundling) =>
    bundling.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const css = await readFile(path, 'utf8');
      const { code } = await transform(css, { loader: 'css', minify: true });
      return { contents: code.trim(), loader: 'text' };
    }),
};

/** The component as one minified ES module, and what there is to say of it. */
export const bundleComponent = async (): Promise<{ code: string; release: Release }> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('afterglow-confirmation.ts', import.meta.url))],
    absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: browsers,
    charset: 'utf8',
    minify: true,
    legalComments: 'none',
    plugins: [minifiedCss],
    banner: { js: `/*! afterglow-confirmation ${COMPONENT_VERSION} | Apache-2.0 */` },
    logLevel: 'warning',
  });
  const code = outputFiles.map(({ text }) => text).join('');
  return { code, release: releaseOf(code) };
};

const releaseOf = (code: string): Release => ({
  version: COMPONENT_VERSION,
  file: `afterglow-confirmation-${COMPONENT_VERSION}.js`,
  integrity: `sha384-${createHash('sha384').update(code).digest('base64')}`,
  bytes: Buffer.byteLength(code),
  gzipped: gzipSync(code, { level: 9 }).byteLength,
});
