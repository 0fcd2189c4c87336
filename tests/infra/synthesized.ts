import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import * as z from 'zod';
import ownConfig from '#config';
import type { AfterglowConfig, StageConfig } from '#core/contracts/config.ts';
import { AfterglowApp } from '#lib/afterglow-app.ts';
import { type Bundles, bundlesIn, type FunctionName } from '#lib/bundling/bundle-lambdas.ts';
import { readAssembly } from '#rehearsal/assembly/assembly.ts';
import { type Cloud, type Resource, resolveCloud } from '#rehearsal/assembly/cloud.ts';

const kept = z.object({
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});

export interface Synthesized {
  readonly stage: StageConfig;
  /** The templates' resources with their references resolved. */
  readonly cloud: Cloud;
  /** What becomes of a resource that leaves its template. */
  readonly policies: (resource: Resource) => z.output<typeof kept>;
  /** By the last part of their names: `Data`. */
  readonly terminationProtection: Readonly<Record<string, boolean>>;
}

/** A folder that is gone when the run of the tests is over. */
export const temporaryFolder = (): string => mkdtempSync(join(inject('sharedFolder'), 'app-'));

/** Folders as `bundleLambdas` makes them, with nothing of ours in them. */
export const standInBundles = (dir: string): Bundles => {
  const bundle = (name: FunctionName): string => {
    mkdirSync(join(dir, name), { recursive: true });
    writeFileSync(join(dir, name, 'index.mjs'), `export const handler = () => '${name}';\n`);
    return join(dir, name);
  };
  return bundlesIn(bundle);
};

/** Made once a process, since it takes seconds: nothing writes to them. */
const known = new Map<string, Synthesized>();

/** A stage of the repository's own configuration as it would be deployed, but for the code. */
export const synthesized = (name: string): Synthesized => {
  const stage = known.get(name) ?? synthesizedWith(name, ownConfig);
  known.set(name, stage);
  return stage;
};

/** The same of another configuration. */
export const synthesizedWith = (name: string, config: AfterglowConfig): Synthesized => {
  const stage = config.stages[name];
  if (stage === undefined) throw new Error(`there is no stage ${name}`);
  const dir = temporaryFolder();
  const bundles = standInBundles(dir);
  const outdir = join(dir, 'assembly');
  const { stacks } = new AfterglowApp({ config, bundles, outdir, stage: name }).synth();
  const templates = new Map(stacks.map((stack) => [stack.stackName, stack.template]));
  return {
    stage,
    cloud: resolveCloud(readAssembly(outdir), 'https://aws.example'),
    policies: ({ stack, logicalId }) =>
      kept.parse(Object(templates.get(stack)).Resources[logicalId]),
    terminationProtection: Object.fromEntries(
      stacks.map((stack) => [
        stack.stackName.split('-').at(-1) ?? '',
        stack.terminationProtection ?? false,
      ]),
    ),
  };
};

/** The name a construct has in our code: CDK adds a hash of eight digits. */
export const constructOf = ({ logicalId }: Resource): string =>
  logicalId.replace(/[0-9A-F]{8}$/, '');
