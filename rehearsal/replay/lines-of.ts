import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Files that cannot be used, with the first mistakes in them. */
export class UnusableArchive extends Error {
  override readonly name = 'UnusableArchive';
}

export interface Line {
  readonly file: string;
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
}

/** What AWS puts beside the files of an export. */
const NOT_DATA = /^(manifest-.*|_started|.*\.md5)$/;

/**
 * The lines of a file, or of all files of a folder and those in it, in the order of their names, which is that of time
 * where Firehose named them. Files may be packed (`.gz`); empty lines are passed over.
 *
 * @throws {UnusableArchive} when there is no such file
 */
export async function* linesOf(path: string): AsyncGenerator<Line> {
  for (const file of await filesOf(path)) {
    let number = 0;
    for await (const text of createInterface({ input: bytesOf(file), crlfDelay: Infinity })) {
      number += 1;
      if (text.trim() !== '') yield { file, number, text };
    }
  }
}

const bytesOf = (file: string): NodeJS.ReadableStream => {
  const source = createReadStream(file);
  if (!file.endsWith('.gz')) return source;
  const unpacked = createGunzip();
  // The reader of `unpacked` gets the error; the callback only keeps it from being thrown twice.
  pipeline(source, unpacked, () => undefined);
  return unpacked;
};

const filesOf = async (path: string): Promise<readonly string[]> => {
  const found = await stat(path).catch((cause: unknown) => {
    throw new UnusableArchive(`there is no file or folder ${path}`, { cause });
  });
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => !NOT_DATA.test(name)).toSorted();
  const inner: string[] = [];
  for (const name of names) inner.push(...(await filesOf(join(path, name))));
  return inner;
};
