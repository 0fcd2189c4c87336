import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import config from '#config';
import { PROMPT_VERSION } from '#core/prompts/read-prompt.ts';
import { compileMessages } from '#lib/messages/compile-messages.ts';
import { lambdaBundle, root, smallStandIns, nodemailerWithoutFiles } from './esbuild-options.ts';

/** Every function, by its folder under `lambdas/`. */
export const functionNames = [
  'ingest-event',
  'enrol-stage',
  'await-milestone',
  'decide-touch',
  'deliver-email',
  'deliver-sms',
  'deliver-push',
  'deliver-inbox',
  'deliver-insert',
  'deliver-audience',
  'record-feedback',
  'request-support',
  'serve-pages',
  'serve-inbox',
  'serve-component',
  'rotate-link-keys',
  'record-facts',
  'erase-customer',
  'fit-scores',
  'load-scores',
  'load-affinity',
  'open-session',
  'record-interaction',
  'expire-acceptance',
  'fit-offer-priors',
  'plan-content',
  'collect-drafts',
  'report-content',
  'draft-content',
] as const;

/** Those that write messages: each has the compiled templates beside its code. */
const writers = [
  'deliver-email',
  'deliver-sms',
  'deliver-push',
  'deliver-inbox',
  'deliver-insert',
] as const satisfies readonly FunctionName[];

/** Those that make requests of models: each has the prompt beside its code. */
const askers = [
  'plan-content',
  'collect-drafts',
  'draft-content',
] as const satisfies readonly FunctionName[];

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
    plugins: [nodemailerWithoutFiles],
  });
  const compiled = join(outDir, 'messages');
  await compileMessages(compiled);
  for (const writer of writers)
    await cp(compiled, join(outDir, writer, 'messages'), { recursive: true });
  const releases = join(outDir, 'serve-component', 'releases');
  await cp(join(root, 'storefront/releases'), releases, { recursive: true });
  const prompt = `prompt.${PROMPT_VERSION}.md`;
  for (const asking of askers)
    await cp(join(root, 'lambdas/core/prompts', prompt), join(outDir, asking, prompt));
  return bundlesIn((name) => join(outDir, name));
};

/** The configuration as it was found valid: a function has no need to check it at each start. */
const writeConfig = async (outDir: string): Promise<string> => {
  const file = join(outDir, 'config.json');
  await writeFile(file, JSON.stringify(config));
  return file;
};

/** A folder for each function. */
export const bundlesIn = (folder: (name: FunctionName) => string): Bundles => ({
  'ingest-event': folder('ingest-event'),
  'enrol-stage': folder('enrol-stage'),
  'await-milestone': folder('await-milestone'),
  'decide-touch': folder('decide-touch'),
  'deliver-email': folder('deliver-email'),
  'deliver-sms': folder('deliver-sms'),
  'deliver-push': folder('deliver-push'),
  'deliver-inbox': folder('deliver-inbox'),
  'deliver-insert': folder('deliver-insert'),
  'deliver-audience': folder('deliver-audience'),
  'record-feedback': folder('record-feedback'),
  'request-support': folder('request-support'),
  'serve-pages': folder('serve-pages'),
  'serve-inbox': folder('serve-inbox'),
  'serve-component': folder('serve-component'),
  'rotate-link-keys': folder('rotate-link-keys'),
  'record-facts': folder('record-facts'),
  'fit-scores': folder('fit-scores'),
  'load-scores': folder('load-scores'),
  'load-affinity': folder('load-affinity'),
  'erase-customer': folder('erase-customer'),
  'open-session': folder('open-session'),
  'record-interaction': folder('record-interaction'),
  'expire-acceptance': folder('expire-acceptance'),
  'fit-offer-priors': folder('fit-offer-priors'),
  'plan-content': folder('plan-content'),
  'collect-drafts': folder('collect-drafts'),
  'report-content': folder('report-content'),
  'draft-content': folder('draft-content'),
});
