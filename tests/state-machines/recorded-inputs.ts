import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';

const folder = fileURLToPath(new URL('../fixtures/recorded-inputs/', import.meta.url));

const howToRecord =
  'on no record, though an open execution may go on sending it: RECORD=1 npx vitest run tests/state-machines adds it';

/** Something that is sent, in words that name its file. */
export interface Recordable {
  /** Who reads it: the placeholder of a Lambda's ARN, the type of a fact, or a folder. */
  readonly to: string;
  /** Who sends it: `advocacy.SendSurvey`. */
  readonly from: string;
  readonly input: unknown;
}

export interface Recorded extends Recordable {
  readonly file: string;
  readonly number: number;
}

/** The folder of a reader: `DecideTouchArn` is decide-touch; stages that end are read by enrol-stage. */
const folderOf = (to: string): string =>
  to === 'StageCompleted'
    ? 'enrol-stage'
    : to
        .replace(/Arn$/, '')
        .replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`)
        .toLowerCase();

/** Members whose every value is a word that the code knows. */
const words = new Set(['touch', 'stage', 'outcome', 'priority']);

const kindOf = (value: unknown): string => (value === null ? 'null' : typeof value);

const pathsOf = (value: unknown, path: string): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((each) => pathsOf(each, `${path}[]`));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, each]) => [
      `${path}.${key}`,
      ...pathsOf(each, `${path}.${key}`),
    ]);
  const isWord = words.has(path.split('.').at(-1) ?? '');
  return [`${path}: ${isWord ? String(value) : kindOf(value)}`];
};

/** What a reader can tell two inputs apart by: their members, what kind each is of, and known words. */
export const shapeOf = (input: unknown): string =>
  [...new Set(pathsOf(input, ''))].toSorted().join('\n');

const fileName = /^(?<to>[\w-]+)\/(?<from>[\w.-]+)\.(?<number>\d+)\.json$/;

const readRecorded = (file: string): Recorded => {
  const { to = '', from = '', number } = fileName.exec(file)?.groups ?? {};
  if (number === undefined) throw new Error(`${file}: expected <reader>/<sender>.<number>.json`);
  const input: unknown = JSON.parse(readFileSync(folder + file, 'utf8'));
  return { file, to, from, number: Number(number), input };
};

export const recorded = (): readonly Recorded[] =>
  globSync('*/*.json', { cwd: folder })
    .map((file) => readRecorded(file.replaceAll('\\', '/')))
    .toSorted((a, b) => (a.file < b.file ? -1 : 1));

/** One of each shape that its sender has no file for. */
export const missingFrom = (
  known: readonly Recordable[],
  sent: readonly Recordable[],
): readonly Recordable[] => {
  const keyOf = ({ to, from, input }: Recordable) =>
    [folderOf(to), from, shapeOf(input)].join('\n');
  const keys = new Set(known.map(keyOf));
  return sent.filter((each) => {
    const isNew = !keys.has(keyOf(each));
    keys.add(keyOf(each));
    return isNew;
  });
};

/** Adds a file, and never writes to one that there is. */
const record = async ({ to, from, input }: Recordable): Promise<void> => {
  const numbers = recorded()
    .filter((each) => each.to === folderOf(to) && each.from === from)
    .map(({ number }) => number);
  const path = `${folder}${folderOf(to)}/${from}.${Math.max(0, ...numbers) + 1}.json`;
  const text = await format(JSON.stringify(input, null, 2), { parser: 'json', printWidth: 100 });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { flag: 'wx' });
};

/** What of it is on no record, and what to do; with RECORD=1 it is recorded instead. */
export const unrecorded = async (sent: readonly Recordable[]): Promise<readonly string[]> => {
  const missing = missingFrom(recorded(), sent);
  if (env['RECORD'] !== '1')
    return missing.map(({ from, input }) => `${from}: ${JSON.stringify(input)} is ${howToRecord}`);
  for (const each of missing) await record(each);
  return [];
};
