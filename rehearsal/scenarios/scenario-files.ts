import { readdir, readFile, stat } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { readNotebook } from './notebook.ts';
import { readScenario, type ReadingOptions, slug } from './read-scenario.ts';
import type { Problem, Scenario } from './scenario.ts';

export interface ScenarioFiles {
  readonly scenarios: readonly Scenario[];
  readonly problems: readonly Problem[];
}

type Known = Pick<ReadingOptions, 'shops' | 'touches' | 'arms' | 'views' | 'products'>;

/** The scenarios of files, and of all `.yaml` files of folders, with every mistake in them. */
export const readScenarioFiles = async (
  paths: readonly string[],
  known: Known,
): Promise<ScenarioFiles> => {
  const problems: Problem[] = [];
  const scenarios: Scenario[] = [];
  const prefixes = new Set<string>();
  for (const file of await filesIn(paths, problems)) {
    const prefix = unused(slug(parse(file).name), prefixes);
    prefixes.add(prefix);
    const read = readScenarios(await readFile(file, 'utf8'), { ...known, file, prefix });
    scenarios.push(...read.scenarios);
    problems.push(...read.problems);
  }
  return { scenarios, problems };
};

/** The scenarios of one file's text; a scenario with a mistake is left out. */
export const readScenarios = (
  text: string,
  { file, prefix, ...known }: Known & { readonly file: string; readonly prefix: string },
): ScenarioFiles => {
  const problems: Problem[] = [];
  const note = (line: number, problem: string): void => {
    problems.push({ file, line, problem });
  };
  const documents = readNotebook(text, note);
  if (documents.length === 0 && problems.length === 0)
    note(1, 'got an empty file, expected a scenario: see docs/scenarios.md');
  const scenarios = documents.flatMap(
    (document, at) =>
      readScenario(document, { ...known, file, note, number: `${prefix}.${at + 1}` }) ?? [],
  );
  return { scenarios, problems: problems.toSorted((a, b) => a.line - b.line) };
};

/**
 * Sets a file's ids apart. It depends on the file's name, not on which others are read: what is drawn
 * by an id, such as the minute of a touch, stays the same when a scenario is run alone.
 */
const unused = (name: string, taken: ReadonlySet<string>, copy = 1): string => {
  const prefix = copy === 1 ? name : `${name}-${copy}`;
  return taken.has(prefix) ? unused(name, taken, copy + 1) : prefix;
};

const filesIn = async (paths: readonly string[], problems: Problem[]): Promise<string[]> => {
  const files: string[] = [];
  for (const path of paths) {
    const found = await filesAt(path).catch(() => []);
    if (found.length === 0)
      problems.push({
        file: path,
        line: 1,
        problem: 'expected a .yaml file, or a folder with some',
      });
    files.push(...found);
  }
  return [...new Set(files)];
};

const filesAt = async (path: string): Promise<readonly string[]> => {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted()
    .map((name) => join(path, name));
};
