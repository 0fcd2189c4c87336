import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});

const template = z.object({
  Resources: z.record(z.string(), resource).default({}),
  Outputs: z
    .record(
      z.string(),
      z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() }),
    )
    .default({}),
  Conditions: z.never({ error: 'Conditions are not modelled' }).optional(),
  Mappings: z.never({ error: 'Mappings are not modelled' }).optional(),
});

export type Template = z.output<typeof template>;

export interface Stack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly template: Template;
}

/** A synthesized app: what `cdk deploy` would deploy. */
export interface Assembly {
  /** In an order in which they can be deployed. */
  readonly stacks: readonly Stack[];
  /** Folder of each file asset, by its object key. */
  readonly assets: ReadonlyMap<string, string>;
}

const artifact = z.object({
  type: z.string(),
  environment: z.string().optional(),
  dependencies: z.array(z.string()).default([]),
  properties: z
    .object({ templateFile: z.string().optional(), file: z.string().optional() })
    .default({}),
});

const manifest = z.object({ artifacts: z.record(z.string(), artifact) });

const assetManifest = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string().optional() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

/** Stands in for the account of a stage that leaves it to the credentials. */
export const UNKNOWN_ACCOUNT = '000000000000';

const readJson = (dir: string, file: string): unknown =>
  JSON.parse(readFileSync(join(dir, file), 'utf8'));

/**
 * Some of an app's stacks, by the ends of their names, `Afterglow-prod-Data`: these, or all but these. What they refer
 * to has to be among them.
 */
export type StackChoice = readonly string[] | { readonly allBut: readonly string[] };

/**
 * For orders that are to be looked at one by one: scores, affinity and priors of offers follow from all orders together, and would have them
 * change each other's timing and offers.
 */
export const WITHOUT_LEARNING = {
  stacks: { allBut: ['Scores', 'Affinity', 'OfferPriors'] },
} as const;

/**
 * Reads a cloud assembly, such as `cdk.out`.
 *
 * @param choice which of its stacks. @default all
 * @throws {RangeError} when it has no such stack
 */
export const readAssembly = (dir: string, choice: StackChoice = { allBut: [] }): Assembly => {
  const { artifacts } = manifest.parse(readJson(dir, 'manifest.json'));
  const all = Object.keys(artifacts).filter(
    (name) => artifacts[name]?.type === 'aws:cloudformation:stack',
  );
  const names = chosen(all, choice);
  return {
    stacks: inDeploymentOrder(names, (name) => artifacts[name]?.dependencies ?? []).map((name) =>
      readStack(dir, name, artifacts[name]),
    ),
    assets: new Map(
      Object.values(artifacts).flatMap(({ type, properties: { file } }) =>
        type === 'cdk:asset-manifest' && file !== undefined ? readAssets(dir, file) : [],
      ),
    ),
  };
};

const chosen = (all: readonly string[], choice: StackChoice): readonly string[] => {
  if (!('allBut' in choice)) return choice.map((part) => stackOf(all, part));
  const without = choice.allBut.map((part) => stackOf(all, part));
  return all.filter((name) => !without.includes(name));
};

const stackOf = (names: readonly string[], part: string): string => {
  const found = names.find((name) => name.endsWith(`-${part}`));
  if (found === undefined)
    throw new RangeError(`stacks: got "${part}", expected the ends of ${names.join(', ')}`);
  return found;
};

const inDeploymentOrder = (
  names: readonly string[],
  dependenciesOf: (name: string) => readonly string[],
): readonly string[] => {
  const ordered = new Set<string>();
  const add = (name: string): void => {
    for (const dependency of dependenciesOf(name)) if (names.includes(dependency)) add(dependency);
    ordered.add(name);
  };
  names.forEach(add);
  return [...ordered];
};

const readStack = (
  dir: string,
  name: string,
  found: z.output<typeof artifact> | undefined,
): Stack => {
  const [account = '', region = ''] = (found?.environment ?? '').replace('aws://', '').split('/');
  return {
    name,
    account: account === 'unknown-account' ? UNKNOWN_ACCOUNT : account,
    region,
    template: template.parse(readJson(dir, found?.properties.templateFile ?? '')),
  };
};

const readAssets = (dir: string, file: string): readonly (readonly [string, string])[] =>
  Object.values(assetManifest.parse(readJson(dir, file)).files).flatMap(
    ({ source: { path }, destinations }) =>
      path === undefined
        ? []
        : Object.values(destinations).map(({ objectKey }) => [objectKey, join(dir, path)] as const),
  );
