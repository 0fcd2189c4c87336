import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Rehearsal } from '#rehearsal/rehearsal.ts';
import { type Resources, START_MS } from './stage.ts';

export const temporaryFolder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'afterglow-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

/** A cloud assembly of one stack, with one bundle: that of the function `id`. */
export const assemblyOf = (resources: Resources, bundle: string, id: string): string => {
  const dir = temporaryFolder();
  const write = (file: string, value: unknown) =>
    writeFileSync(join(dir, file), JSON.stringify(value));
  write('manifest.json', {
    artifacts: {
      App: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://111122223333/eu-central-1',
        properties: { templateFile: 'App.template.json' },
      },
      'App.assets': { type: 'cdk:asset-manifest', properties: { file: 'App.assets.json' } },
    },
  });
  write('App.template.json', { Resources: resources });
  write('App.assets.json', {
    files: {
      1: { source: { path: 'bundle' }, destinations: { here: { objectKey: `${id}.zip` } } },
    },
  });
  mkdirSync(join(dir, 'bundle'));
  writeFileSync(join(dir, 'bundle', 'index.mjs'), bundle);
  return dir;
};

/** A rehearsal of hand-made templates with the function `id`, which prints to `printed`. */
export const bootedWith = async (resources: Resources, bundle: string, id: string) => {
  const stateDir = temporaryFolder();
  const assemblyDir = assemblyOf(resources, bundle, id);
  const rehearsal = await Rehearsal.boot({ assemblyDir, stateDir, startMs: START_MS, seed: '1' });
  onTestFinished(() => rehearsal.stop());
  const printed = () => readFileSync(join(stateDir, 'logs', `${id}.log`), 'utf8').split('\n');
  return { rehearsal, stateDir, printed };
};
