import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readScenarioFiles } from '#rehearsal/scenarios/scenario-files.ts';
import { page } from './notes.ts';

const known = {
  shops: { hearth: { currency: 'EUR', timeZone: 'Europe/Berlin' } },
  touches: ['order-confirmation'],
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scenarios-'));
  await mkdir(join(folder, 'inner'));
  await writeFile(join(folder, 'b.yaml'), page(''));
  await writeFile(join(folder, 'inner', 'a.yaml'), `${page('')}---\n${page('')}`);
  await writeFile(join(folder, 'inner', 'b.yml'), page(''));
  await writeFile(join(folder, 'inner', 'notes.md'), 'no scenario');
});
afterAll(() => rm(folder, { recursive: true }));

describe('a folder', () => {
  test('gives the scenarios of all its YAML files, each with ids of its own', async () => {
    const { scenarios, problems } = await readScenarioFiles([folder], known);

    expect(problems).toEqual([]);
    expect(scenarios.map(({ scope }) => scope)).toEqual([
      'b.1.a-page',
      'a.1.a-page',
      'a.2.a-page',
      'b-2.1.a-page',
    ]);
  });

  test('gives a scenario the ids that it has when its file is read alone', async () => {
    const file = join(folder, 'inner', 'a.yaml');

    const { scenarios } = await readScenarioFiles([file], known);

    expect(scenarios.map(({ scope }) => scope)).toEqual(['a.1.a-page', 'a.2.a-page']);
  });

  test('that is given beside one of its files gives each scenario once', async () => {
    const { scenarios } = await readScenarioFiles([folder, join(folder, 'b.yaml')], known);

    expect(scenarios).toHaveLength(4);
  });

  test('that is not there is a problem', async () => {
    const { problems } = await readScenarioFiles([join(folder, 'nowhere')], known);

    expect(problems).toMatchObject([{ problem: expect.stringContaining('.yaml file') }]);
  });
});
