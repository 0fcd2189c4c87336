import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
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

const root = mkdtempSync(join(tmpdir(), 'afterglow-'));
afterAll(() => rmSync(root, { recursive: true }));

/** A folder that is gone when the tests of the file have run. */
export const temporaryFolder = (): string => mkdtempSync(join(root, 'app-'));

/** Folders as `bundleLambdas` makes them, with nothing of ours in them. */
export const standInBundles = (dir: string): Bundles => {
  const bundle = (name: FunctionName): string => {
    mkdirSync(join(dir, name), { recursive: true });
    writeFileSync(join(dir, name, 'index.mjs'), `export const handler = () => '${name}';\n`);
    return join(dir, name);
  };
  return bundlesIn(bundle);
};

/** A stage as it would be deployed, but for the code. @param config @default the repository's own */
export const synthesized = (name: string, config: AfterglowConfig = ownConfig): Synthesized => {
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
