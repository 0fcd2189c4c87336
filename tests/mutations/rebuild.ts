import config from '#config';
import { cpSync, existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import {
  lambdaBundle,
  nodemailerWithoutFiles,
  smallStandIns,
} from '#lib/bundling/esbuild-options.ts';
import { synthesize } from '../../bin/commands/synthesize.ts';

/**
 * The app with a changed file: where only functions have it in them, those are bundled anew into a copy of the
 * synthesized app, which takes a second instead of twenty.
 *
 * @param baseDir where the app lies synthesized as it was; made if it does not
 * @param changed nothing: the app as it was
 * @returns the assembly's folder; nothing where the stacks themselves may be others now
 */
export const rebuild = async (
  baseDir: string,
  stateDir: string,
  changed: string | undefined,
): Promise<string | undefined> => {
  const base = join(baseDir, 'assembly');
  if (!existsSync(base)) await synthesize(baseDir, undefined);
  if (changed === undefined) return base;
  const isPolicy = changed === 'afterglow.policy.ts';
  const isCode = /^(lambdas|touches)\/.*\.ts$/.test(changed) && !changed.includes('contract');
  if (!isPolicy && !isCode) return undefined;
  const assembly = join(stateDir, 'assembly');
  cpSync(base, assembly, { recursive: true });
  const bundles = globSync(`${baseDir}/lambdas/*/index.mjs.map`).filter((map) =>
    sourcesOf(map).some((source) => source.endsWith(isPolicy ? 'config.json' : changed)),
  );
  if (bundles.length === 0)
    throw new Error(`${changed}: got a file that no function has in it, expected one that counts`);
  const names = bundles.map((map) => basename(dirname(map)));
  const outDir = join(stateDir, 'lambdas');
  const configFile = join(stateDir, 'config.json');
  writeFileSync(configFile, JSON.stringify(config));
  await bundle(names, configFile, outDir);
  for (const name of names) replace(name, { baseDir, outDir, assembly });
  return assembly;
};

const sourcesOf = (map: string): readonly string[] => {
  const { sources }: { readonly sources: readonly string[] } = JSON.parse(
    readFileSync(map, 'utf8'),
  );
  return sources;
};

const bundle = (names: readonly string[], configFile: string, outdir: string) =>
  build({
    ...lambdaBundle,
    entryPoints: names.map((name) => ({ in: `lambdas/${name}/handler.ts`, out: `${name}/index` })),
    outdir,
    outExtension: { '.js': '.mjs' },
    alias: { ...smallStandIns, '#config': configFile },
    plugins: [nodemailerWithoutFiles],
  });

interface Place {
  readonly baseDir: string;
  readonly outDir: string;
  readonly assembly: string;
}

/** An asset's folder is named by a hash: it is known by what it holds. */
const replace = (name: string, { baseDir, outDir, assembly }: Place): void => {
  const before = readFileSync(join(baseDir, 'lambdas', name, 'index.mjs'), 'utf8');
  const assets = globSync(`${assembly}/asset.*/index.mjs`).filter(
    (file) => readFileSync(file, 'utf8') === before,
  );
  for (const file of assets)
    writeFileSync(file, readFileSync(join(outDir, name, 'index.mjs'), 'utf8'));
};
