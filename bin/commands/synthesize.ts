import { join } from 'node:path';
import { env } from 'node:process';
import config from '#config';
import { bundleLambdas } from '#lib/bundling/bundle-lambdas.ts';

/** Synthesizes the stacks of a stage, as `cdk synth` does but for its validation; gives the assembly's folder. */
export const synthesize = async (dir: string, stage: string | undefined): Promise<string> => {
  // The validation of templates takes seconds a run; the gate's `cdk synth` does it.
  env['CDK_VALIDATION'] = 'false';
  const { AfterglowApp } = await import('#lib/afterglow-app.ts');
  const bundles = await bundleLambdas(join(dir, 'lambdas'));
  const outdir = join(dir, 'assembly');
  new AfterglowApp({
    config,
    bundles,
    outdir,
    ...(stage === undefined ? {} : { stage }),
  }).synth();
  return outdir;
};
