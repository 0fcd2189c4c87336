import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writeOutbox } from '../report/state-files.ts';
import { writeTexts } from '../report/write-texts.ts';
import { inOrderOfTime, linesByTime } from './lines-by-time.ts';
import { mergedItems } from './merge-items.ts';
import { type PackedMails, unpackedMails } from '../services/packed-mail.ts';
import { isForEveryPart, mayBeForEveryPart } from './share-events.ts';

/** Where a part leaves its state before it is put together with the others'. */
export const partFolder = (stateDir: string, part: number): string =>
  join(stateDir, 'parts', String(part));

/**
 * Puts what parts left in their folders together in the state's, where it is as one rehearsal would have left it, and
 * removes theirs. Of what several have, such as the catalogue and its texts, the first part's stays; counters are added.
 * Files are read line by line or not at all, so that the memory it takes is that of the tables' keys.
 *
 * @param parts how many
 * @throws for a table that is not among the contracts'
 */
export const mergeStates = async (stateDir: string, parts: number): Promise<void> => {
  const folders = Array.from({ length: parts }, (_, part) => partFolder(stateDir, part));
  const filesOf = (name: string): readonly string[] =>
    folders.map((folder) => join(folder, name)).filter((file) => existsSync(file));
  const write = async (name: string, lines: AsyncIterable<string>): Promise<void> => {
    const file = join(stateDir, name);
    await mkdir(dirname(file), { recursive: true });
    await writeTexts(file, lines);
  };
  for (const table of await namesIn(filesOf('tables')))
    await write(join('tables', table), mergedItems(filesOf(join('tables', table)), table));
  await write('executions.jsonl', linesByTime(filesOf('executions.jsonl'), endOf));
  for (const name of ['dead-letters.jsonl', 'refused.jsonl'])
    await moveInto(filesOf(name), join(stateDir, name));
  const archives = filesOf('archive.jsonl');
  if (archives.length > 0)
    await write('archive.jsonl', linesByTime(archives, ingestionTimeOf, isNews));
  for (const log of await namesIn(filesOf('logs')))
    await moveInto(filesOf(join('logs', log)), join(stateDir, 'logs', log));
  for (const folder of [...filesOf('messages'), ...filesOf('s3')])
    await cp(folder, join(stateDir, basename(folder)), {
      recursive: true,
      force: false,
    });
  for (const lake of filesOf('lake')) await moveLake(lake, join(stateDir, 'lake'));
  await rm(join(stateDir, 'parts'), { recursive: true });
};

/** Writes what parts have sent to the state's outbox, in order of time: as `mergeStates` does what lies in files. */
export const mergeOutboxes = (stateDir: string, parts: readonly PackedMails[]): Promise<void> =>
  writeOutbox(
    stateDir,
    inOrderOfTime(parts.map(unpackedMails), ({ at }) => at),
  );

const namesIn = async (folders: readonly string[]): Promise<readonly string[]> => {
  const names = await Promise.all(folders.map((folder) => readdir(folder)));
  return [...new Set(names.flat())].toSorted();
};

/** One file of several, in their order: the first becomes it. */
const moveInto = async ([first, ...others]: readonly string[], file: string): Promise<void> => {
  if (first === undefined) return;
  await mkdir(dirname(file), { recursive: true });
  await rename(first, file);
  for (const other of others)
    await pipeline(createReadStream(other), createWriteStream(file, { flags: 'a' }));
};

/**
 * Of a line of JSON the first text of a name, without reading the rest: lines have forty thousand characters. In a text
 * a name would have escapes before its quotation marks.
 */
const firstText = (name: string) => {
  const member = new RegExp(`"${name}":"([^"]*)"`);
  return (line: string): string => {
    const [, text] = member.exec(line) ?? [];
    if (text !== undefined) return text;
    throw new Error(`expected a line with "${name}", got ${line.slice(0, 200)}`);
  };
};

/** Those that run come last, by when they began. */
const endOf = (line: string): string => {
  const { startDate, stopDate }: { readonly startDate: string; readonly stopDate?: string } =
    JSON.parse(line);
  return stopDate ?? `running since ${startDate}`;
};

const ingestionTimeOf = firstText('ingestionTime');

const detailTypeOf = firstText('detail-type');

interface Archived {
  readonly event: {
    readonly 'detail-type': string;
    readonly detail: Readonly<Record<string, unknown>>;
  };
}

/** What every part was told came from outside once. */
const isNews = (line: string, part: number): boolean => {
  if (part === 0) return true;
  if (!mayBeForEveryPart(detailTypeOf(line))) return true;
  const { event }: Archived = JSON.parse(line);
  return !isForEveryPart({ detailType: event['detail-type'], detail: event.detail });
};

/** Files of a table's day are numbered on from those that it has. */
const moveLake = async (from: string, to: string): Promise<void> => {
  const files = await readdir(from, { recursive: true });
  for (const file of files.filter((each) => each.endsWith('.parquet')).toSorted()) {
    const day = join(to, dirname(file));
    await mkdir(day, { recursive: true });
    const number = (await readdir(day)).length;
    await rename(join(from, file), join(day, `part-${number}.parquet`));
  }
};
