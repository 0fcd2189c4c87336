import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { functionNames } from '#lib/bundling/bundle-lambdas.ts';
import { touches } from '#touches/registry.ts';

const foldersIn = (folder: string): readonly string[] =>
  globSync(`${folder}/*`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

const lambdas = foldersIn('lambdas').filter((name) => name !== 'core');

describe('a Lambda', () => {
  test.each(lambdas)('%s is a contract, a use case of its name and a handler', (name) => {
    const parts = ['contract.ts', `${name}.ts`, 'handler.ts'];

    expect(parts.filter((part) => !existsSync(`lambdas/${name}/${part}`))).toEqual([]);
  });

  test('that has a folder is bundled', () => {
    expect([...functionNames].toSorted()).toEqual(lambdas.toSorted());
  });
});

/** Names of tasks, within a Map too. */
const tasksOf = (workflow: unknown): readonly string[] =>
  Object.entries(Object(Object(workflow).States)).flatMap(([name, state]) => [
    ...(Object(state).Type === 'Task' ? [name] : []),
    ...tasksOf(Object(state).ItemProcessor),
  ]);

describe('a state machine', () => {
  const definitions = globSync('state-machines/*.asl.json');

  test('is in a file', () => {
    expect(definitions.length).toBeGreaterThan(0);
  });

  test.each(definitions)('%s has a contract', (file) => {
    expect(existsSync(file.replace('.asl.json', '.contract.ts'))).toBe(true);
  });

  test.each(definitions)('%s names its tasks by a verb', (file) => {
    const tasks = tasksOf(JSON.parse(readFileSync(file, 'utf8')));

    expect(
      tasks.filter(
        (name) =>
          !/^(Send|Await|Request|Complete|Query|Read|Compute|Record|Fit|Load|Plan|Draft|Report|Create|Get|Collect)[A-Z]/.test(
            name,
          ),
      ),
    ).toEqual([]);
  });
});

describe('a touch', () => {
  test('that has a folder is registered', () => {
    const defined = globSync('touches/*/touch.ts').map((file) => basename(file.slice(0, -9)));

    expect(Object.keys(touches).toSorted()).toEqual(defined.toSorted());
  });
});

test('no file leaves work for later', () => {
  const unfinished = /\bTO[D]O\b|\bFIX[M]E\b|\bX[X]X\b/;
  const files = globSync([
    '*.{md,ts,json}',
    '{analytics,bin,docs,lambdas,lib,rehearsal,offers,samples,state-machines,storefront,tests,touches}/**/*.{asl.json,css,liquid,md,mjml,sql,ts,yaml}',
  ]);

  expect(files.length).toBeGreaterThan(200);
  expect(files.filter((file) => unfinished.test(readFileSync(file, 'utf8')))).toEqual([]);
});
