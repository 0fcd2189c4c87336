import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readAssembly, UNKNOWN_ACCOUNT } from '#rehearsal/assembly/assembly.ts';

const stackArtifact = (name: string, dependencies: readonly string[] = []) => ({
  type: 'aws:cloudformation:stack',
  environment: 'aws://unknown-account/eu-central-1',
  dependencies,
  properties: { templateFile: `${name}.template.json` },
});

/** A folder with these files, each as JSON. */
const folderOf = (files: Readonly<Record<string, unknown>>): string => {
  const dir = mkdtempSync(join(tmpdir(), 'afterglow-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  for (const [name, value] of Object.entries(files))
    writeFileSync(join(dir, name), JSON.stringify(value));
  return dir;
};

const empty = { Resources: {} };

describe('readAssembly', () => {
  test('gives the stacks in an order in which they can be deployed', () => {
    const dir = folderOf({
      'manifest.json': {
        artifacts: {
          C: stackArtifact('C', ['B', 'C.assets']),
          A: stackArtifact('A'),
          B: stackArtifact('B', ['A']),
          Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
        },
      },
      'A.template.json': empty,
      'B.template.json': empty,
      'C.template.json': empty,
    });

    const { stacks } = readAssembly(dir);

    expect(stacks.map(({ name }) => name)).toEqual(['A', 'B', 'C']);
  });

  test('gives only the stacks that are asked for, by the ends of their names', () => {
    const dir = folderOf({
      'manifest.json': {
        artifacts: {
          'App-Data': stackArtifact('App-Data'),
          'App-Ingestion': stackArtifact('App-Ingestion', ['App-Data']),
          'App-Pages': stackArtifact('App-Pages', ['App-Ingestion']),
        },
      },
      'App-Data.template.json': empty,
      'App-Ingestion.template.json': empty,
    });

    const { stacks } = readAssembly(dir, ['Ingestion', 'Data']);

    expect(stacks.map(({ name }) => name)).toEqual(['App-Data', 'App-Ingestion']);
    expect(() => readAssembly(dir, ['Lake'])).toThrow('stacks: got "Lake", expected the ends of');
  });

  test('puts an account of zeros where the stage leaves it to the credentials', () => {
    const dir = folderOf({
      'manifest.json': {
        artifacts: {
          Unknown: stackArtifact('Unknown'),
          Known: { ...stackArtifact('Known'), environment: 'aws://111122223333/us-east-1' },
        },
      },
      'Unknown.template.json': empty,
      'Known.template.json': empty,
    });

    const places = readAssembly(dir).stacks.map(({ account, region }) => `${account}/${region}`);

    expect(places).toEqual([`${UNKNOWN_ACCOUNT}/eu-central-1`, '111122223333/us-east-1']);
  });

  test('finds the folder of an asset by the key that templates name', () => {
    const dir = folderOf({
      'manifest.json': {
        artifacts: {
          'A.assets': { type: 'cdk:asset-manifest', properties: { file: 'A.assets.json' } },
        },
      },
      'A.assets.json': {
        files: {
          1: {
            source: { path: 'asset.1', packaging: 'zip' },
            destinations: { here: { bucketName: 'b', objectKey: '1.zip' } },
          },
          2: { source: {}, destinations: { here: { objectKey: '2.zip' } } },
        },
      },
    });

    expect([...readAssembly(dir).assets]).toEqual([['1.zip', join(dir, 'asset.1')]]);
  });

  test.each(['Conditions', 'Mappings'])('refuses a template with %s', (section) => {
    const dir = folderOf({
      'manifest.json': { artifacts: { A: stackArtifact('A') } },
      'A.template.json': { ...empty, [section]: { IsProd: true } },
    });

    expect(() => readAssembly(dir)).toThrow(`${section} are not modelled`);
  });

  test('says which file is missing where nothing was synthesized', () => {
    expect(() => readAssembly(folderOf({}))).toThrow('manifest.json');
  });
});
